using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>The same call many times at once, and a server that is killed right after its answer.</summary>
public sealed class Open311DurabilityTests(Open311Server server) : IClassFixture<Open311Server>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Update_FortyAtOnce_IsThereOnce()
    {
        var number = await server.ReportAsync("0401");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.PostAsync("/v2/servicerequestupdates.json", Open311Server.Key, Update(number, "at-once", $"第 {i} 次"))));

        Assert.All(answers, answer => Assert.Equal((200, """[{"update_id":"at-once"}]"""), (answer.Status, answer.Body)));
        Assert.Single(await UpdatesOfAsync(server.App.Http, number), u => (string?)u["update_id"] == "at-once");
    }

    [Fact]
    public async Task Updates_ManyOfOneCaseAtOnce_AreAllThereInOrder()
    {
        var number = await server.ReportAsync("0401");

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.PostAsync("/v2/servicerequestupdates.xml", Open311Server.Key, Update(number, $"many-{i}", $"第 {i} 条"))));

        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        var updates = await UpdatesOfAsync(server.App.Http, number);
        Assert.Equal(Enumerable.Range(0, 40).Select(i => $"many-{i}").Order(StringComparer.Ordinal), updates.Select(u => (string)u["update_id"]!).Order(StringComparer.Ordinal));
        Assert.All(updates, u => Assert.Equal(((string)u["update_id"]!)[5..], ((string)u["description"]!).Split(' ')[1]));
    }

    [Fact]
    public async Task Acknowledged_UpdatesAndTokens_SurviveAKillAndAreStillTheSame()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-");
        try
        {
            string number;
            string token;
            await using (var first = await AppServer.StartAsync(data.FullName))
            {
                number = (string)(await PostAsync(first, "requests", ("service_code", "0401"), ("lat", "39.167"), ("long", "117.15")))["service_request_id"]!;
                token = (string)(await PostAsync(first, "requests", TokenReport))["token"]!;
                await PostAsync(first, "servicerequestupdates", Update(number, "before-the-kill", "断电前"));
                await first.KillAsync();
            }

            await using var second = await AppServer.StartAsync(data.FullName);
            Assert.Equal("before-the-kill", (string?)Assert.Single(await UpdatesOfAsync(second.Http, number))["update_id"]);
            await PostAsync(second, "servicerequestupdates", Update(number, "before-the-kill", "断电后"));
            var update = Assert.Single(await UpdatesOfAsync(second.Http, number));
            Assert.Equal("断电前", (string?)update["description"]);
            Assert.Equal(token, (string?)(await PostAsync(second, "requests", TokenReport))["token"]);
            var found = JsonNode.Parse(await second.Http.GetStringAsync($"/open311/v2/tokens/{token}.json", Cancellation))!;
            Assert.Matches(@"^HQ\d{8}-\d{6}$", (string?)found[0]!["service_request_id"]);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    private static readonly (string, string)[] TokenReport =
        [("service_code", "0306"), ("lat", "39.167"), ("long", "117.15"), ("attribute[company]", "某厂"), ("attribute[hazard]", "灭火器过期"), ("device_id", "phone-7")];

    private static (string Name, string Value)[] Update(string number, string id, string description) =>
        [("service_request_id", number), ("update_id", id), ("status", "OPEN"), ("updated_datetime", "2026-01-05T08:30:00Z"), ("description", description)];

    private static async Task<JsonNode> PostAsync(AppServer to, string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("api_key", "test-key"), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]);
        using var response = await to.Http.PostAsync($"/open311/v2/{path}.json", form, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, body);
        return JsonNode.Parse(body)![0]!;
    }

    private static async Task<List<JsonNode>> UpdatesOfAsync(HttpClient http, string number)
    {
        var all = JsonNode.Parse(await http.GetStringAsync("/open311/v2/servicerequestupdates.json?api_key=test-key", Cancellation))!.AsArray();
        return [.. all.Select(u => u!).Where(u => (string?)u["service_request_id"] == number)];
    }
}
