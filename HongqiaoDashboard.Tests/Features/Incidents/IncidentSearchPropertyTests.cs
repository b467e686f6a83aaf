using CsCheck;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>Which way a list takes to its cases depends on how many they are; what it shows does not.</summary>
public sealed class IncidentSearchPropertyTests : IAsyncLifetime
{
    private static readonly string[] Words = ["井盖", "路灯", "号", "1", "丢失", "井 号", "盖丢", "勤俭道"];
    private static readonly string[] Descriptions = ["井盖丢失", "路灯不亮 井盖", "垃圾成堆1", "", "井盖丢失，1号"];
    private static readonly string?[] Addresses = [null, "勤俭道1号", "西马路22号"];

    private readonly TestDatabase _database = new();
    private List<Incident> _cases = [];

    public async ValueTask InitializeAsync()
    {
        Kind[][] lives =
        [
            [], [Kind.Accepted], [Kind.Accepted, Kind.Dispatched], [Kind.Accepted, Kind.Suspended], [Kind.Rejected],
            [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed],
        ];
        var numbers = new List<string>();
        for (var n = 0; n < 72; n++)
        {
            _database.Clock.Advance(TimeSpan.FromMinutes(n % 4 == 0 ? 0 : 47));
            var reported = await _database.ReportAsync(n * 31 % 1000, n % 3 == 0 ? "0402" : "0401", Descriptions[n % Descriptions.Length], Addresses[n % Addresses.Length]);
            numbers.Add((await _database.MoveAsync(reported, lives[n % lives.Length])).Number);
        }

        _cases = [.. await Task.WhenAll(numbers.Select(_database.RowAsync))];
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void Page_WhateverIsMany_ShowsWhatAPlainLookThroughAllCasesShows()
    {
        var grids = _cases.Select(c => c.GridCode).SelectMany(code => (string[])[code, code[..12], code[..9]]).Distinct().ToArray();
        var departments = _cases.Select(c => c.Department).OfType<string>().Distinct().ToArray();
        var limits = Gen.Select(Among(2, 7, 20, 1000), Among(0, 3, 1000), Among(0, 10, 1000), (reach, rare, most) => new ListLimits(reach, rare, most));
        var query =
            from text in Among<string?>([null, null, .. Words])
            from narrow in Gen.Int[0, 9]
            from grid in Among(grids)
            from department in Among(departments)
            from key in Gen.Enum<IncidentOrder>()
            from falling in Gen.Bool
            from size in Gen.Int[1, 9]
            from page in Gen.Int[1, 12]
            select Narrow(new IncidentQuery { Text = text, Order = key, Descending = falling, PageSize = size, Page = page }, narrow, grid, department);

        Gen.Select(query, limits).Sample(
            (asked, limit) =>
            {
                using var read = _database.Door.Open(Actor.System);
                read.BeginSnapshot();
                var now = _database.Clock.GetUtcNow();
                var page = IncidentSearch.Page(read, asked, Actor.System, _database.Grids.Current.TimeZone, now, limit);

                var all = InOrder(_cases.Where(c => Fits(c, asked, now)), asked).Select(c => c.Number).ToList();
                var reach = page.IsTotalExact ? all.Count : limit.Reach;
                Assert.Equal(reach, page.Total);
                Assert.True(page.IsTotalExact || all.Count > limit.Reach, "A list that could be counted was not.");
                Assert.Equal(Math.Clamp(asked.Page, 1, page.PageCount), page.Page);
                Assert.Equal(all.Skip((page.Page - 1) * asked.PageSize).Take(asked.PageSize), page.Items.Select(item => item.Number));
            },
            iter: 800, threads: 1);
    }

    private static Gen<T> Among<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static IncidentQuery Narrow(IncidentQuery query, int how, string grid, string department) => how switch
    {
        0 => query with { OpenOnly = true },
        1 => query with { OverdueOnly = true },
        2 => query with { States = [IncidentState.Closed, IncidentState.Dispatched] },
        3 => query with { GridCode = grid },
        4 => query with { Department = department },
        5 => query with { Type = "0402" },
        6 => query with { Category = "04", Severity = IncidentSeverity.Ordinary },
        7 => query with { Category = "04", GridCode = grid, OpenOnly = true },
        _ => query,
    };

    private static bool Fits(Incident one, IncidentQuery query, DateTimeOffset now) =>
        (query.States.Count == 0 || query.States.Contains(one.State))
        && (!query.OpenOnly || one.State.IsOpen())
        && (!query.OverdueOnly || (one.State.IsOpen() && one.DueAt < now))
        && (query.Category is null || one.Category == query.Category)
        && (query.Type is null || one.Type == query.Type)
        && (query.Severity is null || one.Severity == query.Severity)
        && (query.Department is null || one.Department == query.Department)
        && (query.GridCode is null || one.GridCode.StartsWith(query.GridCode, StringComparison.Ordinal))
        && (query.Text is null || query.Text.Split(' ').All(word => (one.Description + "\n" + one.Address).Contains(word, StringComparison.Ordinal)));

    private static IEnumerable<Incident> InOrder(IEnumerable<Incident> cases, IncidentQuery query)
    {
        var way = query.Descending ? -1 : 1;
        return query.Order switch
        {
            IncidentOrder.Due => cases.OrderBy(c => c.DueAt is null ? 1 : 0).ThenBy(c => c.DueAt is { } due ? way * due.Ticks : -c.ReportedAt.Ticks).ThenBy(c => c.DueAt is null ? -c.Id : way * c.Id),
            IncidentOrder.Updated => cases.OrderBy(c => way * c.UpdatedAt.Ticks).ThenBy(c => way * c.Id),
            _ => cases.OrderBy(c => way * c.ReportedAt.Ticks).ThenBy(c => way * c.Id),
        };
    }
}
