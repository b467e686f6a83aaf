using System.Text.Json.Nodes;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class Open311PrivacyTests(Open311Server server) : IClassFixture<Open311Server>
{
    private const string Words = "planted-words 13912345678 身份证 120106199001011234";
    private const string Address = "planted-address 3号楼201";
    private const string Url = "https://example.org/planted-url.jpg";

    private static readonly (string, string)[] Planted =
    [
        ("description", Words), ("address_string", Address), ("media_url", Url), ("first_name", "planted-first"), ("last_name", "planted-last"),
        ("phone", "13700001111"), ("email", "planted@example.org"), ("device_id", "planted-device"), ("account_id", "planted-account"),
    ];

    private static readonly string[] Secrets = ["planted", "13912345678", "13700001111", "120106199001011234", Open311Server.Key, Open311Server.OtherKey];

    [Fact]
    public async Task Anonymous_AnyCase_SeesNothingThatItsReporterSaid()
    {
        var open = await server.ReportAsync("0401", Open311Server.Key, Planted);
        var sensitive = await server.ReportAsync("0501", Open311Server.Key, Planted);
        foreach (var path in (string[])[$"/v2/requests/{open}", $"/v2/requests/{sensitive}", "/v2/requests", $"/v2/requests.json?service_request_id={open},{sensitive}"])
        {
            foreach (var answer in (Answer[])[await Ask(path, "json", null), await Ask(path, "xml", null), await Ask(path, "json", Open311Server.OtherKey)])
            {
                Assert.Equal(200, answer.Status);
                Assert.Contains("HQ", answer.Body, StringComparison.Ordinal);
                Assert.All(Secrets, secret => Assert.DoesNotContain(secret, answer.Body, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task Reporter_OwnCase_SeesItsWordsMaskedAndNoContact()
    {
        var number = await server.ReportAsync("0501", Open311Server.Key, Planted);

        var request = (await server.GetAsync($"/v2/requests/{number}.json", Open311Server.Key)).Json[0]!;

        Assert.StartsWith("planted-words 139****5678 身份证 1201", (string?)request["description"], StringComparison.Ordinal);
        Assert.Equal((Address, Url), ((string?)request["address"], (string?)request["media_url"]));
        Assert.Equal((39.167, 117.15), ((double)request["lat"]!, (double)request["long"]!));
        Assert.All((string[])["planted-first", "planted-last", "13700001111", "planted@", "planted-device", "19900101", "13912345678"],
            secret => Assert.DoesNotContain(secret, request.ToJsonString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Anonymous_SensitiveCase_SeesTheCentreOfItsGrid()
    {
        var number = await server.ReportAsync("0501");
        var centre = IntakeSamples.Grids.Current.Locate(IntakeSamples.Inside)!.Centre;

        var request = (await server.GetAsync($"/v2/requests/{number}.json")).Json[0]!;

        Assert.Equal((centre.Latitude, centre.Longitude), ((double)request["lat"]!, (double)request["long"]!));
    }

    [Fact]
    public async Task CareVisit_ForEveryone_IsInNoListAndKnownToItsReporterByNumberOnly()
    {
        var number = await server.ReportAsync("0201", Open311Server.Key, Planted);

        foreach (var key in (string?[])[null, Open311Server.Key, Open311Server.OtherKey])
        {
            Assert.DoesNotContain(number, (await server.GetAsync("/v2/requests.json", key)).Body, StringComparison.Ordinal);
            Assert.DoesNotContain(number, (await server.GetAsync("/v2/requests.json?service_code=0201", key)).Body, StringComparison.Ordinal);
            Assert.Equal(key == Open311Server.Key ? 200 : 404, (await server.GetAsync($"/v2/requests/{number}.json", key)).Status);
            Assert.Equal(key == Open311Server.Key ? 1 : 0, (await server.GetAsync($"/v2/requests.json?service_request_id={number}", key)).Json.AsArray().Count);
        }
    }

    [Fact]
    public async Task ServerLog_AfterReportsAndRefusals_HoldsNothingThatWasSent()
    {
        await server.ReportAsync("0401", Open311Server.Key, Planted);
        await server.PostAsync("/v2/requests.json?api_key=planted-key&planted=1", null, [("service_code", "planted-service"), .. Planted]);
        await server.PostAsync("/v2/requests.json", Open311Server.Key, [("service_code", "0401"), ("description", "planted\0"), ("attribute[planted]", "planted")], "planted-idempotency");
        await server.GetAsync("/v2/requests/planted-number.json?api_key=" + Open311Server.Key);

        Assert.All(Secrets, secret => Assert.DoesNotContain(secret, server.App.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task DataFolder_AfterAReport_HoldsContactsAndMarksOnlyScrambled()
    {
        await server.PostAsync("/v2/requests.json", Open311Server.Key, [("service_code", "0401"), .. Planted], "planted-idempotency");

        foreach (var file in Directory.EnumerateFiles(server.App.DataDirectory, "hongqiao.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            var bytes = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.All((string[])["planted-first", "planted-last", "13700001111", "planted@example.org", "planted-device", "planted-account", "planted-idempotency", Open311Server.OtherKey],
                secret => Assert.DoesNotContain(secret, bytes, StringComparison.Ordinal));
        }
    }

    private Task<Answer> Ask(string path, string format, string? key) =>
        server.GetAsync(path.Contains('?', StringComparison.Ordinal) ? path.Replace(".json", "." + format, StringComparison.Ordinal) : $"{path}.{format}", key);
}
