using System.Diagnostics;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.Features.Intake;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Peers;

/// <summary>Open311 through a client that nobody here wrote: found by discovery, posted to, read back, in both formats.</summary>
[Collection(ServerCollection.Name)]
public sealed class Open311PeerTests(SharedServer shared)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ForeignClient_WholeWalk_UnderstandsBothFormatsAlike()
    {
        var walks = await WalkAsync();

        foreach (var (format, walk) in walks)
        {
            Assert.Equal(new Uri(shared.Server.Address, "/open311/v2/").ToString(), (string?)walk!["endpoint"]);
            Assert.Equal(IntakeSamples.Catalog.Categories.Sum(c => c.Types.Count), walk["services"]!.AsArray().Count);
            Assert.Equal(["width", "traffic"], walk["definition"]!["attributes"]!.AsArray().Select(a => (string?)a!["code"]));
            var (plain, asked, batch) = (Only(walk["plain"]), Only(walk["asked"]), Only(walk["batch"]));
            Assert.Matches(@"^HQ\d{8}-\d{6}$", (string?)plain["service_request_id"]);
            Assert.False(batch.AsObject().ContainsKey("service_request_id"));
            Assert.Equal((string?)batch["token"], (string?)Only(walk["token"])["token"]);
            var (one, named) = (Only(walk["one"]), walk["named"]!.AsArray());
            Assert.Equal(((string?)plain["service_request_id"], "open", "0401"), ((string?)one["service_request_id"], (string?)one["status"], (string?)one["service_code"]));
            Assert.Null((string?)one["description"]);
            // The client makes dates of what it read; no date would be null.
            Assert.Equal(TimeSpan.FromHours(2), (DateTimeOffset)one["expected_datetime"]! - (DateTimeOffset)one["requested_datetime"]!);
            Assert.Equal(
                [(string?)Only(walk["token"])["service_request_id"], (string?)asked["service_request_id"], (string?)plain["service_request_id"]],
                named.Select(r => (string?)r!["service_request_id"]));
            Assert.All(named, r => Assert.Equal($"<垃圾> & \"{format}\" 😀", (string?)r!["description"]));
            Assert.Equal("""{"width":"1.5","traffic":"yes"}""", named[1]!["attributes"]!.ToJsonString());
            Assert.Equal("reported", (string?)Only(named[1]!["notes"])["type"]);
            Assert.Equal(2, walk["listed"]!.AsArray().Count);
            Assert.Collection(
                walk["refused"]!.AsArray().Select(r => (string?)r),
                told => Assert.Contains("400", told, StringComparison.Ordinal),
                told => Assert.Contains("404", told, StringComparison.Ordinal),
                told => Assert.Contains("403", told, StringComparison.Ordinal),
                told => Assert.Contains("404", told, StringComparison.Ordinal));
        }

        foreach (var same in (string[])["discovery", "services", "definition"])
        {
            Assert.Equal(WireLeaves.Of(walks["json"]![same]), WireLeaves.Of(walks["xml"]![same]));
        }
    }

    private static JsonNode Only(JsonNode? list) => Assert.Single(list!.AsArray())!;

    private async Task<JsonObject> WalkAsync()
    {
        // Run where it is written: Node then finds the packages that the build installed at the working copy's root.
        using var node = Process.Start(new ProcessStartInfo("node",
            ["--no-deprecation", Repository.File("HongqiaoDashboard.Tests", "Peers", "open311-client.mjs"), new Uri(shared.Server.Address, "/open311/discovery").ToString(), "test-key", "hongqiao.tianjin.cn"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (said, failed) = (node.StandardOutput.ReadToEndAsync(Cancellation), node.StandardError.ReadToEndAsync(Cancellation));
        await node.WaitForExitAsync(Cancellation);
        Assert.True(node.ExitCode == 0, await failed);
        return JsonNode.Parse(await said)!.AsObject();
    }
}
