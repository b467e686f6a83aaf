using System.Text.Json.Nodes;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>Types that answer with a token; in the shipped catalogue it is one.</summary>
public sealed class Open311TokenTests(Open311Server server) : IClassFixture<Open311Server>
{
    private const string Service = "0306";

    private static readonly (string, string)[] Answers = [("service_code", Service), ("attribute[company]", "某厂"), ("attribute[hazard]", "灭火器过期")];

    [Fact]
    public async Task Services_TypeThatAnswersByToken_IsBatchAndAllOthersRealtime()
    {
        var services = (await server.GetAsync("/v2/services.json")).Json.AsArray();

        Assert.Equal(Service, (string?)Assert.Single(services, s => (string?)s!["type"] == "batch")!["service_code"]);
        Assert.All(services.Where(s => (string?)s!["service_code"] != Service), s => Assert.Equal("realtime", (string?)s!["type"]));
    }

    [Theory]
    [InlineData("json")]
    [InlineData("xml")]
    public async Task Post_TypeThatAnswersByToken_GivesATokenThatLeadsToItsCase(string format)
    {
        var posted = await server.PostAsync($"/v2/requests.{format}", Open311Server.Key, Answers);
        Assert.True(posted.Status == 200, posted.Body);
        var given = format == "json"
            ? posted.Json[0]!.AsObject().ToDictionary(m => m.Key, m => (string?)m.Value)
            : posted.Xml.Element("request")!.Elements().ToDictionary(e => e.Name.LocalName, e => (string?)e.Value);

        Assert.Equal(["token", "service_notice", "account_id"], given.Keys);
        Assert.Matches("^[0-9a-f]{32}$", given["token"]);
        var json = await server.GetAsync($"/v2/tokens/{given["token"]}.json");
        var xml = await server.GetAsync($"/v2/tokens/{given["token"]}.xml");
        var number = (string)json.Json[0]!["service_request_id"]!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($$"""[{"service_request_id":"{{number}}","token":"{{given["token"]}}"}]"""), json.Json));
        Assert.Equal($"<service_requests><request><service_request_id>{number}</service_request_id><token>{given["token"]}</token></request></service_requests>", xml.Xml.ToString(System.Xml.Linq.SaveOptions.DisableFormatting));
        Assert.Equal(Service, (string?)(await server.GetAsync($"/v2/requests/{number}.json")).Json[0]!["service_code"]);
        Assert.DoesNotContain(given["token"]!, server.App.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_TwentyAtOnceWithOneIdempotencyKey_GiveOneToken()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.PostAsync("/v2/requests.json", Open311Server.Key, Answers, "one-token")));

        Assert.Single(answers.Select(answer => answer.Body).Distinct());
        var other = await server.PostAsync("/v2/requests.json", Open311Server.Key, Answers, "another-token");
        Assert.NotEqual((string?)answers[0].Json[0]!["token"], (string?)other.Json[0]!["token"]);
    }

    [Fact]
    public async Task Post_RepeatOfAPlainReport_KeepsItsNumber()
    {
        var first = await server.PostAsync("/v2/requests.json", Open311Server.Key, [("service_code", "0401")], "plain-first");
        var again = await server.PostAsync("/v2/requests.json", Open311Server.Key, Answers, "plain-first");

        Assert.Equal((string?)first.Json[0]!["service_request_id"], (string?)again.Json[0]!["service_request_id"]);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("%01%27")]
    [InlineData("'%20OR%201=1")]
    [InlineData("HQ20260101-000001")]
    public async Task Token_Unknown_IsNotFoundAlikeInBothFormats(string token)
    {
        var json = await server.GetAsync($"/v2/tokens/{token}.json");
        var xml = await server.GetAsync($"/v2/tokens/{token}.xml");

        Assert.Equal((404, 404), (json.Status, xml.Status));
        Assert.Equal(WireLeaves.Of(json.Json), WireLeaves.Of(xml.Xml));
    }
}
