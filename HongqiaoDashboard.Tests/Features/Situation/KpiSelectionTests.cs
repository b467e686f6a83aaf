using System.Globalization;
using CsCheck;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Situation;

public sealed class KpiSelectionTests : IAsyncLifetime
{
    // Up to five weeks between two moves: histories cross days, months and the end of 2024.
    private static readonly Gen<(int Case, int Choice, int Minutes)[]> History =
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 1_000], Gen.OneOf(Gen.Int[0, 90], Gen.Int[0, 3_000], Gen.Int[0, 50_000])).Array[60, 120];

    private readonly TestDatabase _database = new();

    private ICaseSelection Selection => _database.Get<ICaseSelection>();

    public ValueTask InitializeAsync()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        _database.Clock.Advance(new DateTimeOffset(2024, 11, 20, 3, 0, 0, TimeSpan.Zero) - _database.Clock.GetUtcNow());
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Selection_OfEveryFigure_HoldsExactlyTheCasesThatItCounts()
    {
        var cases = new Dictionary<int, Incident>();
        await History.SampleAsync(
            async steps =>
            {
                foreach (var (number, choice, minutes) in steps)
                {
                    _database.Clock.Advance(TimeSpan.FromMinutes(minutes));
                    if (!cases.TryGetValue(number, out var known))
                    {
                        cases[number] = await _database.ReportAsync(number * 61);
                        continue;
                    }

                    // Forward moves more often than not, so that cases get somewhere.
                    var legal = _database.Desk.LegalMoves(known).Where(move => move != Kind.Reopened || known.Reopenings == 0).ToList();
                    cases[number] = await _database.MoveAsync(known, legal[choice % 3 == 0 ? choice % legal.Count : 0]);
                }

                foreach (var later in (int[])[0, 47, 60 * 30, 60 * 24 * 35])
                {
                    _database.Clock.Advance(TimeSpan.FromMinutes(later));
                    AssertAgrees();
                }

                cases.Clear();
            },
            iter: 3, threads: 1);
    }

    [Fact]
    public async Task Selection_AtTheVeryMillisecond_BreaksWhereTheFigureDoes()
    {
        var incident = await _database.ReportAsync();
        _database.Clock.Advance(incident.ResolveBy - _database.Clock.GetUtcNow());
        AssertAgrees();
        Assert.Equal(0, Count("overdue", "now", null));
        Assert.Equal(1, Count("resolutionInTimeRate", "today", "denominator"));

        _database.Clock.Advance(TimeSpan.FromTicks(1));
        AssertAgrees();
        _database.Clock.Advance(TimeSpan.FromMilliseconds(1));
        AssertAgrees();
        Assert.Equal(1, Count("overdue", "now", null));
    }

    [Theory]
    [InlineData("closureRate", "month", null, "denominator", "结案率 · 本月")]
    [InlineData("closureRate", "all", "numerator", "numerator", "结案率 · 累计")]
    [InlineData("reported", "todayPrevious", null, null, "上报案件 · 昨日同时段")]
    [InlineData("overdue", "now", "numerator", null, "超期案件 · 当前")]
    public void Selection_OfAKnownFigure_TellsItsTitleAndSides(string kpi, string period, string? part, string? side, string title)
    {
        Assert.True(Selection.TrySelect(kpi, period, part, _database.Clock.GetUtcNow(), out var selection));
        Assert.Equal((title, side), (selection.Title, selection.Part));
        Assert.Equal(side is null ? 0 : 2, selection.Parts.Count);
        Assert.Equal(side == "denominator", selection.Counted is not null && selection.MissLabel is not null);
    }

    [Theory]
    [InlineData("nothing", "month", null)]
    [InlineData("closureRate", "now", null)]
    [InlineData("closureRate", "decade", null)]
    [InlineData("closureRate", "month", "both")]
    [InlineData("open", "month", null)]
    [InlineData("reported", "month", "denominator")]
    public void Selection_OfWhatIsNoFigure_IsRefused(string kpi, string period, string? part) =>
        Assert.False(Selection.TrySelect(kpi, period, part, _database.Clock.GetUtcNow(), out _));

    [Fact]
    public async Task List_BehindADenominator_MarksThoseThatMissTheNumerator()
    {
        var (done, undone) = (await _database.ReportAsync(1), await _database.ReportAsync(2));
        await _database.MoveAsync(done, [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed]);
        await _database.MoveAsync(undone, Kind.Accepted);
        Assert.True(Selection.TrySelect("completionRate", "today", null, _database.Clock.GetUtcNow(), out var selection));

        var page = await _database.Reader.SearchAsync(new IncidentQuery { Selection = selection }, TestDatabase.Operator, TestContext.Current.CancellationToken);

        Assert.Equal([(undone.Number, true), (done.Number, false)], page.Items.Select(item => (item.Number, item.Misses)));
    }

    private void AssertAgrees()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(_database.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        using var read = _database.Door.Open(Actor.System);
        var facts = read.Query<Incident>().Select(IncidentRows.Facts).ToList();
        foreach (var figure in SlowCount.Figures(facts, "120106", now, _database.Grids.Current.TimeZone))
        {
            Assert.Equal((figure.Key, figure.Period, figure.Numerator), (figure.Key, figure.Period, Count(figure.Key, figure.Period, "numerator")));
            if (figure.Denominator is { } denominator)
            {
                Assert.Equal((figure.Key, figure.Period, denominator), (figure.Key, figure.Period, Count(figure.Key, figure.Period, "denominator")));
            }
        }
    }

    private int Count(string kpi, string period, string? part)
    {
        Assert.True(Selection.TrySelect(kpi, period, part, _database.Clock.GetUtcNow(), out var selection));
        using var read = _database.Door.Open(Actor.System);
        return read.Query<Incident>().Count(selection.Cases);
    }
}
