using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class IncidentReaderTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly Dictionary<string, Incident> _cases = [];

    // Six cases on three days: a case in each of the ways that a filter tells apart.
    public async ValueTask InitializeAsync()
    {
        _cases["closed"] = await _database.MoveAsync(await _database.ReportAsync(0), [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed]);
        _cases["suspended"] = await _database.MoveAsync(await _database.ReportAsync(1), [Kind.Accepted, Kind.Suspended]);
        _database.Clock.Advance(TimeSpan.FromDays(1));
        _cases["late"] = await _database.ReportAsync(2, description: "井盖_丢失，电话13812345678", address: "丁字沽一号路50%处");
        _database.Clock.Advance(TimeSpan.FromDays(1));
        _cases["dispatched"] = await _database.MoveAsync(await _database.ReportAsync(400), [Kind.Accepted, Kind.Dispatched]);
        _cases["major"] = await _database.MoveAsync(await _database.ReportAsync(900), new IncidentMove(Kind.Accepted) { Severity = IncidentSeverity.Major });
        var other = _database.Catalog.Categories.First(category => category.Code != "04").Types[0];
        _cases["other"] = await _database.ReportAsync(901, other.Code);
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Search_WithoutConditions_GivesAllNewestFirst() =>
        await AssertFindsAsync(new IncidentQuery(), "other", "major", "dispatched", "late", "suspended", "closed");

    [Fact]
    public async Task Search_ByState_GivesThoseInAnyOfThem()
    {
        await AssertFindsAsync(new IncidentQuery { States = [IncidentState.Closed, IncidentState.Dispatched] }, "dispatched", "closed");
        await AssertFindsAsync(new IncidentQuery { OpenOnly = true }, "other", "major", "dispatched", "late", "suspended");
        await AssertFindsAsync(new IncidentQuery { OpenOnly = true, States = [IncidentState.Closed] });
        await AssertFindsAsync(new IncidentQuery { OverdueOnly = true }, "late");
    }

    [Fact]
    public async Task Search_ByWhatACaseIs_GivesThoseThatAreIt()
    {
        await AssertFindsAsync(new IncidentQuery { Category = _cases["other"].Category }, "other");
        await AssertFindsAsync(new IncidentQuery { Type = "0401", Severity = IncidentSeverity.Major }, "major");
        await AssertFindsAsync(new IncidentQuery { Department = _cases["dispatched"].Department }, "dispatched");
    }

    [Fact]
    public async Task Search_ByGrid_TakesACodeOfAnyTierOrItsBeginning()
    {
        var late = _cases["late"];
        foreach (var length in (int[])[15, 13, 12, 9, 6])
        {
            var code = late.GridCode[..length];
            var expected = _cases.Where(c => c.Value.GridCode.StartsWith(code, StringComparison.Ordinal)).OrderByDescending(c => c.Value.Id).Select(c => c.Key);
            await AssertFindsAsync(new IncidentQuery { GridCode = code }, [.. expected]);
        }

        await AssertFindsAsync(new IncidentQuery { GridCode = "999" });
    }

    [Fact]
    public async Task Search_ByDayOfReport_CountsLocalDays()
    {
        await AssertFindsAsync(new IncidentQuery { ReportedFrom = new DateOnly(2024, 5, 7), ReportedTo = new DateOnly(2024, 5, 7) }, "late");
        await AssertFindsAsync(new IncidentQuery { ReportedTo = new DateOnly(2024, 5, 6) }, "suspended", "closed");
        await AssertFindsAsync(new IncidentQuery { ReportedFrom = new DateOnly(2024, 5, 9) });

        // 16:30 UTC is half past midnight of the next local day.
        _database.Clock.Advance(new DateTimeOffset(2024, 5, 20, 16, 30, 0, TimeSpan.Zero) - _database.Clock.GetUtcNow());
        _cases["night"] = await _database.ReportAsync(3);
        await AssertFindsAsync(new IncidentQuery { ReportedFrom = new DateOnly(2024, 5, 21) }, "night");
    }

    [Fact]
    public async Task Search_ByText_TakesNumbersAndPlainWords()
    {
        foreach (var text in (string[])["井盖_", "50%处", " 一号路 ", "HQ20240507-", "hq20240507", "20240507-0", "HQ20240507-000001"])
        {
            await AssertFindsAsync(new IncidentQuery { Text = text }, "late");
        }

        foreach (var text in (string[])["井盖%失", "井_丢失", "HQ2023", "20240507", "HQ20240507-1"])
        {
            await AssertFindsAsync(new IncidentQuery { Text = text });
        }
    }

    [Fact]
    public async Task Search_InAnyOrder_GivesEachCaseOnceWithUndatedOnesLast()
    {
        await AssertFindsAsync(new IncidentQuery { Order = IncidentOrder.Due, Descending = false }, "late", "dispatched", "other", "major", "suspended", "closed");
        await AssertFindsAsync(new IncidentQuery { Descending = false }, "closed", "suspended", "late", "dispatched", "major", "other");
        await AssertFindsAsync(new IncidentQuery { Order = IncidentOrder.Updated }, "other", "major", "dispatched", "late", "suspended", "closed");
        foreach (var order in Enum.GetValues<IncidentOrder>())
        {
            foreach (var descending in (bool[])[true, false])
            {
                var query = new IncidentQuery { Order = order, Descending = descending };
                var whole = await SearchAsync(query);
                foreach (var size in (int[])[1, 4, 5])
                {
                    var pages = new List<string>();
                    for (var page = 1; page <= (6 + size - 1) / size; page++)
                    {
                        pages.AddRange((await SearchAsync(query with { Page = page, PageSize = size })).Items.Select(item => item.Number));
                    }

                    Assert.Equal(whole.Items.Select(item => item.Number), pages);
                }
            }
        }
    }

    [Fact]
    public async Task Search_BehindTheLastPage_GivesTheLast()
    {
        var page = await SearchAsync(new IncidentQuery { Page = 99, PageSize = 4 });

        Assert.Equal((6, 2, 2, 2), (page.Total, page.Page, page.PageCount, page.Items.Count));
        Assert.Equal((0, 1, 1), await SearchAsync(new IncidentQuery { GridCode = "9", Page = 3 }) is var none ? (none.Total, none.Page, none.PageCount) : default);
    }

    [Fact]
    public async Task Search_BySomebodyWithAScope_GivesOnlyWhatLiesInIt()
    {
        var late = _cases["late"];
        var own = TestDatabase.Operator with { ScopeCode = late.GridCode };

        var page = await _database.Reader.SearchAsync(new IncidentQuery(), own, TestContext.Current.CancellationToken);

        Assert.Equal((late.Number, 1), (Assert.Single(page.Items).Number, page.Total));
    }

    [Fact]
    public async Task List_OfACaseWithAPhoneNumber_ShowsItMasked()
    {
        var long1 = new string('字', 117) + "13987654321 后续";
        await _database.ReportAsync(5, description: long1, address: "电话 022-27312345");

        var items = (await SearchAsync(new IncidentQuery())).Items;

        Assert.Equal("井盖_丢失，电话138****5678", items.Single(item => item.Number == _cases["late"].Number).Summary);
        Assert.DoesNotContain("139876", items[0].Summary, StringComparison.Ordinal);
        Assert.EndsWith("…", items[0].Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("27312345", items[0].Address, StringComparison.Ordinal);
    }

    private Task<IncidentPage> SearchAsync(IncidentQuery query) => _database.Reader.SearchAsync(query, TestDatabase.Operator, TestContext.Current.CancellationToken);

    private async Task AssertFindsAsync(IncidentQuery query, params string[] names)
    {
        var page = await SearchAsync(query);
        Assert.Equal(names, page.Items.Select(item => _cases.Single(c => c.Value.Number == item.Number).Key));
        Assert.Equal(names.Length, page.Total);
    }
}
