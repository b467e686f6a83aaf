using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Peers;

/// <summary>The situation hub as a client sees it that was written in another language by its contract alone.</summary>
[Collection(ServerCollection.Name)]
public sealed class SituationPeerTests(SharedServer shared)
{
    private const string District = "120106";

    [Fact]
    public async Task Snapshot_InBothProtocols_IsTheSamePictureWithTheSameNames()
    {
        await Reporting.ReportManyAsync(shared.Server.Http, 5);
        await using var peer = SituationClient.Start(shared.Server);
        await peer.OpenAsync("json", "json");
        await peer.OpenAsync("msgpack", "msgpack");
        foreach (var client in (string[])["json", "msgpack"])
        {
            // Both protocols against a snapshot of the other one's version would race: each against its own, then both.
            var compared = await peer.CompareAsync(client);
            Assert.Null(compared.Difference);
            Assert.Null(compared.Order);
        }

        var (json, msgpack) = await SameVersionAsync(peer, "json", "msgpack");
        Assert.True(JsonNode.DeepEquals(json.Copy, msgpack.Copy), "The two protocols show different pictures.");
        Assert.Equal(GridSamples.Shipped.Units.Length, json.Copy!["heat"]!.AsArray().Count);
        json.AssertUnbroken();
        msgpack.AssertUnbroken();
    }

    [Fact]
    public async Task Stream_OfTwoThousandReportsAMinute_HasNoGap()
    {
        await using var peer = SituationClient.Start(shared.Server);
        var before = OpenCases(await OpenedAsync(peer, "json", "json"));
        await OpenedAsync(peer, "msgpack", "msgpack");

        var posted = await Reporting.ReportSteadilyAsync(shared.Server.Http, 2_000, TimeSpan.FromSeconds(10));

        foreach (var client in (string[])["json", "msgpack"])
        {
            var state = await peer.UntilOpenAsync(client, before + posted);
            state.AssertUnbroken();
            Assert.InRange(state.Deltas, 10, posted);
            Assert.Equal(0, state.Resyncs);
            var compared = await peer.CompareAsync(client);
            Assert.Null(compared.Difference);
            Assert.Null(compared.Order);
        }
    }

    [Fact]
    public async Task Watch_OfScopesAndUnknownOnes_SwitchesAndRefuses()
    {
        await Reporting.ReportManyAsync(shared.Server.Http, 3);
        await using var peer = SituationClient.Start(shared.Server);
        var all = (await OpenedAsync(peer, "a", "json")).Copy!;
        var codes = all["heat"]!.AsArray().Select(cell => (string)cell!["code"]!).ToList();

        foreach (var scope in (string[])[District, codes.First(c => c.Length == 9), codes.First(c => c.Length == 12), codes.First(c => c.Length == 15)])
        {
            await peer.WatchAsync("a", scope);
            var state = await peer.StateAsync("a");
            Assert.Equal(scope, state.Scope);
            Assert.Equal(codes.Where(c => c.StartsWith(scope, StringComparison.Ordinal)), state.Copy!["heat"]!.AsArray().Select(cell => (string)cell!["code"]!));
        }

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => peer.WatchAsync("a", "999999"));
        Assert.Contains("UnknownScope", refused.Message, StringComparison.Ordinal);

        // A refusal leaves what was watched before as it was.
        var kept = await peer.StateAsync("a");
        await Reporting.ReportManyAsync(shared.Server.Http, 5);
        await peer.WatchAsync("a", null);
        await Reporting.ReportManyAsync(shared.Server.Http, 1);
        Assert.Equal(15, kept.Scope!.Length);
        (await peer.UntilOpenAsync("a", OpenCases(all) + 6)).AssertUnbroken();
    }

    [Fact]
    public async Task Watch_HammeredWhileEventsStream_AnswersBeforeItsDeltas()
    {
        await using var peer = SituationClient.Start(shared.Server);
        var codes = (await OpenedAsync(peer, "json", "json")).Copy!["heat"]!.AsArray().Select(cell => (string)cell!["code"]!).ToList();
        await OpenedAsync(peer, "msgpack", "msgpack");
        string?[] scopes = [null, District, .. codes.Where(c => c.Length == 9).Take(4), null];

        var posting = Reporting.ReportSteadilyAsync(shared.Server.Http, 3_000, TimeSpan.FromSeconds(5));
        var hammered = new Dictionary<string, int> { ["json"] = 0, ["msgpack"] = 0 };
        while (!posting.IsCompleted)
        {
            foreach (var client in (string[])["json", "msgpack"])
            {
                var answer = await peer.HammerAsync(client, scopes, 14);
                Assert.Empty(answer.Refused);
                hammered[client] += answer.Answered;
            }
        }

        await posting;
        foreach (var client in (string[])["json", "msgpack"])
        {
            await peer.WatchAsync(client, null);
            var state = (await peer.StateAsync(client)).AssertUnbroken();
            Assert.Equal(hammered[client] + 2, state.Snapshots);
            Assert.Null((await peer.CompareAsync(client)).Difference);
        }
    }

    [Fact]
    public async Task Heartbeat_WhileNothingChanges_ComesEveryFiveSecondsWithVersionAndAsOf()
    {
        await using var peer = SituationClient.Start(shared.Server);
        var opened = await OpenedAsync(peer, "a", "msgpack");
        var state = (await peer.UntilAsync("a", new { heartbeats = 2 })).AssertUnbroken();

        Assert.NotEmpty(state.HeartbeatGaps);
        Assert.All(state.HeartbeatGaps, gap => Assert.InRange(gap, 4_000, 7_000));
        Assert.Equal(opened.Epoch, (string?)state.LastHeartbeat!["epoch"]);
        Assert.Equal(state.Version, (long?)state.LastHeartbeat["version"]);
        Assert.True((DateTimeOffset?)state.LastHeartbeat["asOf"] > opened.AsOf, "The time that the picture holds does not move on.");
    }

    internal static int OpenCases(SituationClientState state) => OpenCases(state.Copy!);

    internal static async Task<SituationClientState> OpenedAsync(SituationClient peer, string client, string protocol, string? scope = null)
    {
        await peer.OpenAsync(client, protocol, scope);
        return await peer.StateAsync(client);
    }

    private static int OpenCases(JsonObject copy) =>
        (int)(double)copy["kpis"]!.AsArray().Single(kpi => (string?)kpi!["key"] == "open" && (string?)kpi["period"] == "now")!["value"]!;

    // A new day or a broken promise may come between two looks; a common version comes soon.
    private static async Task<(SituationClientState A, SituationClientState B)> SameVersionAsync(SituationClient peer, string a, string b)
    {
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var (first, second) = (await peer.StateAsync(a), await peer.StateAsync(b));
            if (first.Version == second.Version)
            {
                return (first, second);
            }
        }

        throw new InvalidOperationException("Two watchers of one scope never had the same version.");
    }
}
