using HongqiaoDashboard.Features.Incidents.Contracts;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Intake;

/// <summary>A catalogue that changes while the server runs.</summary>
public sealed class Open311EndedTests
{
    [Fact]
    public async Task Service_ThatHasEnded_IsNoLongerOfferedAndItsCasesStayReadable()
    {
        var catalog = new Changing();
        await using var house = await Open311House.StartAsync(catalog);
        var number = await house.ReportAsync("0401");

        catalog.Change(c => c.Code == "04" ? c with { Types = [.. c.Types.Select(t => t.Code == "0401" ? t with { Ended = true } : t)] } : c);

        Assert.DoesNotContain("\"0401\"", (await house.GetAsync("/services.json")).Body, StringComparison.Ordinal);
        Assert.Contains("\"0402\"", (await house.GetAsync("/services.json")).Body, StringComparison.Ordinal);
        Assert.Equal(404, (await house.GetAsync("/services/0401.xml")).Status);
        await RefusedAsync(house, "0401");
        await ReadableAsync(house, number, "0401");
    }

    [Fact]
    public async Task Category_ThatHasEnded_TakesItsServicesWithItAndItsCasesStayReadable()
    {
        var catalog = new Changing();
        await using var house = await Open311House.StartAsync(catalog);
        var number = await house.ReportAsync("0402");

        catalog.Change(c => c.Code == "04" ? c with { Ended = true } : c);

        Assert.DoesNotContain("市容环境", (await house.GetAsync("/services.xml")).Body, StringComparison.Ordinal);
        await RefusedAsync(house, "0402");
        await ReadableAsync(house, number, "0402");
        await house.MoveAsync(number, Kind.Accepted);
        Assert.Single(await house.UpdatesAsync(number));
    }

    [Fact]
    public async Task Category_ThatIsOnlyCountedFromNowOn_IsListedForNobodyAtOnce()
    {
        var catalog = new Changing();
        await using var house = await Open311House.StartAsync(catalog);
        var number = await house.ReportAsync("0402");
        await house.MoveAsync(number, Kind.Accepted);

        catalog.Change(c => c.Code == "04" ? c with { CountsOnly = true } : c);

        Assert.Equal(404, (await house.GetAsync($"/requests/{number}.json")).Status);
        Assert.Empty((await house.GetAsync("/requests.json", Open311House.Key)).Json.AsArray());
        Assert.Empty(await house.UpdatesAsync(number));
        Assert.Equal(200, (await house.GetAsync($"/requests/{number}.json", Open311House.Key)).Status);
    }

    [Fact]
    public async Task Token_OfAReportBeforeItsTypeAnsweredByNumber_IsAnsweredAgain()
    {
        var catalog = new Changing();
        catalog.Change(c => c with { Types = [.. c.Types.Select(t => t with { AnswersByToken = true })] });
        await using var house = await Open311House.StartAsync(catalog);
        (string, string)[] report = [("service_code", "0401"), ("lat", "39.167"), ("long", "117.15"), ("device_id", "phone-1")];
        var first = await house.PostAsync("/requests.json", Open311House.Key, report);

        catalog.Change(c => c with { Types = [.. c.Types.Select(t => t with { AnswersByToken = false })] });
        var again = await house.PostAsync("/requests.json", Open311House.Key, report);

        Assert.NotNull((string?)first.Json[0]!["token"]);
        Assert.Equal(first.Body, again.Body);
    }

    private static async Task RefusedAsync(Open311House house, string service)
    {
        var refused = await house.PostAsync("/requests.json?locale=en", Open311House.Key, ("service_code", service), ("lat", "39.167"), ("long", "117.15"));
        Assert.Equal(404, refused.Status);
        Assert.Contains($"Service {service} (", (string?)refused.Json[0]!["description"], StringComparison.Ordinal);
        Assert.Contains("has ended", (string?)refused.Json[0]!["description"], StringComparison.Ordinal);
    }

    private static async Task ReadableAsync(Open311House house, string number, string service)
    {
        Assert.Equal(service, (string?)(await house.GetAsync($"/requests/{number}.json")).Json[0]!["service_code"]);
        Assert.Equal(number, (string?)Assert.Single((await house.GetAsync($"/requests.json?service_code={service}")).Json.AsArray())!["service_request_id"]);
    }

    private sealed class Changing : IIncidentCatalog
    {
        public IReadOnlyList<IncidentCategory> Categories { get; private set; } = IntakeSamples.Catalog.Categories;

        public IReadOnlyList<Department> Departments => IntakeSamples.Catalog.Departments;

        public void Change(Func<IncidentCategory, IncidentCategory> change) => Categories = [.. Categories.Select(change)];

        public IncidentCategory? Category(string code) => Categories.FirstOrDefault(c => c.Code == code);

        public IncidentType? Type(string code) => Categories.SelectMany(c => c.Types).FirstOrDefault(t => t.Code == code);

        public Department? Department(string code) => IntakeSamples.Catalog.Department(code);
    }
}
