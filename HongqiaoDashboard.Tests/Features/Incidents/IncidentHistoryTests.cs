using CsCheck;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class IncidentHistoryTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Reported = new(2023, 6, 1, 9, 30, 0, TimeSpan.FromHours(8));
    private static readonly GeoPoint Place = GridSamples.Shipped.Units.First(unit => unit.Tier == GridTier.Basic).Centre;
    private static readonly Actor Importer = new("import:old", "old", Roles.Admin, null);

    private readonly TestDatabase _database = new();

    private IIncidentHistory History => _database.Get<IIncidentHistory>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Store_OfACaseThatWasClosed_LogsTheReportAndTheClosingAndNothingElse()
    {
        var incident = await StoreAsync(Case() with { Result = "已清理", Department = "chengguan", Steps = [At(Kind.Closed, 5)] });

        var log = await _database.LogAsync(incident.Number);
        Assert.Equal([(Kind.Reported, Reported), (Kind.Closed, Reported.AddHours(5))], log.Select(entry => (entry.Kind, entry.At)));
        Assert.All(log, entry => Assert.Equal(("import:old", "old"), (entry.ActorId, entry.ActorName)));
        Assert.Equal(
            (IncidentState.Closed, Reported.AddHours(5), null, null, "已清理", "chengguan", "old:1", "import"),
            (incident.State, incident.ClosedAt!.Value, incident.AcceptedAt, incident.ResolvedAt, incident.StatusNotes, incident.Department, incident.ExternalId, incident.Source));
        Assert.Equal("HQ20230601-000001", incident.Number);
        AssertSound();
    }

    [Fact]
    public async Task Store_OfACaseReportedBeforeMidnightInTheDistrict_NumbersItByThatDay()
    {
        var incident = await StoreAsync(Case() with { ReportedAt = new DateTimeOffset(2023, 5, 31, 17, 0, 0, TimeSpan.Zero) });

        Assert.StartsWith("HQ20230601-", incident.Number, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_OfTheSameCaseAgainAndAtOnce_MakesOneCase()
    {
        var draft = Draft(Case());
        var both = await Task.WhenAll(History.StoreAsync([draft, draft], Importer, Cancellation), History.StoreAsync([draft], Importer, Cancellation));
        var later = await History.StoreAsync([Draft(Case() with { Description = "again" })], Importer, Cancellation);

        Assert.Single(both.SelectMany(stored => stored), isNew => isNew);
        Assert.Equal([false], later);
        Assert.Equal(["old:1"], History.Known(["old:1", "old:2"]));
        using var read = _database.Door.Open(Actor.System);
        Assert.Equal("", Assert.Single(read.Query<Incident>().ToList()).Description);
        AssertSound();
    }

    [Fact]
    public async Task Store_OfAllSteps_KeepsThemInOrderOfTimeAndEqualTimesInOrderOfTheLifecycle()
    {
        Kind[] steps = [Kind.Closed, Kind.Verified, Kind.Resolved, Kind.HandlingStarted, Kind.CheckedIn, Kind.Dispatched, Kind.Accepted];
        var incident = await StoreAsync(Case() with { Department = "jiaojing", Steps = [.. steps.Select(kind => At(kind, 1))] });

        var log = await _database.LogAsync(incident.Number);
        Assert.Equal([Kind.Reported, .. steps.Reverse()], log.Select(entry => entry.Kind));
        Assert.Equal("jiaojing", log.Single(entry => entry.Kind == Kind.Dispatched).Detail.Department);
        Assert.Null(log[0].After.Department);
        AssertSound();
    }

    [Fact]
    public async Task Store_OfAReworkAndItsResult_KeepsTheLastResult()
    {
        var incident = await StoreAsync(Case() with { Result = "done", Steps = [At(Kind.Resolved, 9), At(Kind.Reworked, 4), At(Kind.Closed, 9)] });

        Assert.Equal((1, Reported.AddHours(4), Reported.AddHours(9)), (incident.Reworks, incident.ReworkedAt!.Value, incident.ResolvedAt!.Value));
        Assert.Equal("done", (await _database.LogAsync(incident.Number)).Single(entry => entry.Kind == Kind.Resolved).Detail.Text);
        AssertSound();
    }

    [Fact]
    public async Task Store_OfASuspension_StopsTheClockForAsLongAsItLasted()
    {
        var incident = await StoreAsync(Case() with { Steps = [At(Kind.Suspended, 1), At(Kind.Resumed, 49)] });

        // Two hours are promised, one was used up when the clock stopped.
        Assert.Equal(Reported.AddHours(50), incident.ResolveBy);
        AssertSound();
    }

    [Fact]
    public async Task Store_OfASuspensionWithAnEndDate_StopsTheClockNoLongerThanThat()
    {
        var incident = await StoreAsync(Case() with { Steps = [At(Kind.Suspended, 1) with { Until = Reported.AddHours(11) }, At(Kind.Resumed, 49)] });

        Assert.Equal(Reported.AddHours(12), incident.ResolveBy);
    }

    [Fact]
    public async Task Store_OfAnExtension_MovesThePromiseAndCounts()
    {
        var moved = await StoreAsync(Case() with { Steps = [At(Kind.Extended, 1) with { Until = Reported.AddHours(30) }] });
        var counted = await StoreAsync(Case("2") with { Steps = [At(Kind.Extended, 1)] });

        Assert.Equal((1, Reported.AddHours(30)), (moved.Extensions, moved.ResolveBy));
        Assert.Equal((1, Reported.AddHours(2)), (counted.Extensions, counted.ResolveBy));
        AssertSound();
    }

    [Fact]
    public async Task Store_OfNamedDueTimes_KeepsThemInTheClockWithoutCountingAnExtension()
    {
        var both = await StoreAsync(Case() with { ResolveBy = Reported.AddDays(3), CloseBy = Reported.AddDays(4) });
        var close = await StoreAsync(Case("2") with { CloseBy = Reported.AddHours(1) });
        var resolve = await StoreAsync(Case("3") with { ResolveBy = Reported.AddDays(30) });

        Assert.Equal((Reported.AddDays(3), Reported.AddDays(4), 0), (both.ResolveBy, both.CloseBy, both.Extensions));
        Assert.Equal(new CaseExtension(both.ReportedAt, both.ResolveBy, both.CloseBy), Assert.Single(both.Clock!.Extensions));
        Assert.Equal((Reported.AddHours(1), Reported.AddHours(1)), (close.ResolveBy, close.CloseBy));
        Assert.Equal((Reported.AddDays(30), Reported.AddDays(30)), (resolve.ResolveBy, resolve.CloseBy));
        AssertSound();
    }

    [Fact]
    public async Task Store_WithoutDueTimes_PromisesByThePolicyInForce()
    {
        var incident = await StoreAsync(Case() with { Severity = IncidentSeverity.Major });

        // Friday the 2nd, then Monday to Wednesday: the end of the fourth working day, and of the fifth.
        Assert.Equal(new DateTimeOffset(2023, 6, 8, 0, 0, 0, TimeSpan.FromHours(8)).AddMilliseconds(-1), incident.ResolveBy);
        Assert.Equal(new DateTimeOffset(2023, 6, 9, 0, 0, 0, TimeSpan.FromHours(8)).AddMilliseconds(-1), incident.CloseBy);
    }

    [Fact]
    public async Task Store_PlacesWhatIsOverInTheGridsOfItsDay_AndWhatIsOpenInThoseInForce()
    {
        var first = GridSamples.Sound(GridSamples.Square("first", "410101", 36.80, -1.32, from: "2020-01-01"));
        var second = GridSamples.Sound(GridSamples.Square("second", "410101", 36.79, -1.31, from: "2024-01-01"));
        await using var database = new TestDatabase(services => services.AddSingleton<IGridDirectory>(new TwoEditions(first, second)));
        var point = new GeoPoint(-1.305, 36.815);
        HistoricCase[] cases =
        [
            Case("over") with { Point = point, Steps = [At(Kind.Closed, 1)] },
            Case("rejected") with { Point = point, Steps = [At(Kind.Rejected, 1)] },
            Case("open") with { Point = point, Steps = [At(Kind.Accepted, 1)] },
            Case("old") with { Point = point, ReportedAt = Reported.AddYears(-9), Steps = [At(Kind.Closed, 1)] },
        ];
        var history = database.Get<IIncidentHistory>();
        await history.StoreAsync([.. cases.Select(historic => Draft(historic, history))], Importer, Cancellation);

        using var read = database.Door.Open(Actor.System);
        var codes = read.Query<Incident>().ToDictionary(incident => incident.ExternalId![4..], incident => incident.GridCode);
        var (before, now) = (first.Locate(point)!.Code, second.Locate(point)!.Code);
        Assert.NotEqual(before, now);
        Assert.Equal((before, before, now, before), (codes["over"], codes["rejected"], codes["open"], codes["old"]));
    }

    public static TheoryData<string, string, Kind?> Refusals => new()
    {
        { "ExternalIdBad", "id", null },
        { "UnknownType", "type", null },
        { "UnknownDepartment", "department", null },
        { "PointOutside", "point", null },
        { "TextTooLong", "text", null },
        { "TextTooLong", "result", null },
        { "ReportInFuture", "future", Kind.Reported },
        { "StepInFuture", "stepFuture", Kind.Closed },
        { "StepBeforeReport", "early", Kind.Accepted },
        { "StepsOutOfOrder", "order", Kind.Resolved },
        { "StepsOutOfOrder", "twice", Kind.Accepted },
        { "StepAfterEnd", "afterEnd", Kind.Verified },
        { "StepAfterEnd", "rejectedLate", Kind.Accepted },
        { "StepWhileSuspended", "suspended", Kind.Closed },
        { "NotSuspended", "resumed", Kind.Resumed },
        { "DueBeforeReport", "dueEarly", null },
        { "DueOutOfOrder", "dueOrder", null },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Judge_OfWhatCannotBe_RefusesWithTheReason(string code, string what, Kind? step)
    {
        var historic = Case();
        historic = what switch
        {
            "id" => historic with { ExternalId = new string('x', 201) },
            "type" => historic with { Type = "9999" },
            "department" => historic with { Department = "nobody" },
            "point" => historic with { Point = new GeoPoint(0, 0) },
            "text" => historic with { Description = new string('x', 4001) },
            "result" => historic with { Result = new string('x', 4001) },
            "future" => historic with { ReportedAt = TestDatabase.Start.AddSeconds(1) },
            "stepFuture" => historic with { Steps = [new(Kind.Closed, TestDatabase.Start.AddSeconds(1))] },
            "early" => historic with { Steps = [At(Kind.Accepted, -1), At(Kind.Closed, 1)] },
            "order" => historic with { Steps = [At(Kind.Accepted, 2), At(Kind.Resolved, 1)] },
            "twice" => historic with { Steps = [At(Kind.Accepted, 2), At(Kind.Accepted, 3)] },
            "afterEnd" => historic with { Steps = [At(Kind.Closed, 2), At(Kind.Verified, 3)] },
            "rejectedLate" => historic with { Steps = [At(Kind.Accepted, 2), At(Kind.Rejected, 3)] },
            "suspended" => historic with { Steps = [At(Kind.Suspended, 2), At(Kind.Closed, 3)] },
            "resumed" => historic with { Steps = [At(Kind.Resumed, 2)] },
            "dueEarly" => historic with { CloseBy = Reported.AddHours(-1) },
            _ => historic with { ResolveBy = Reported.AddHours(2), CloseBy = Reported.AddHours(1) },
        };

        var fault = History.Judge(historic, out var draft);

        Assert.Null(draft);
        Assert.Equal((code, step), (fault!.Refusal.Code, fault.Step));
    }

    [Fact]
    public void Store_OfAnyHistoriesThatAreNotRefused_LeavesRowsThatAreTheFoldOfTheirLog()
    {
        Kind[] kinds = [.. Enum.GetValues<Kind>().Where(kind => kind is >= Kind.Accepted and <= Kind.Extended and not Kind.Merged)];
        var step = Gen.Select(Gen.Int[0, kinds.Length - 1], Gen.Int[0, 400], Gen.Int[-1, 900],
            (kind, hours, until) => new HistoricStep(kinds[kind], Reported.AddHours(hours), until < 0 ? null : Reported.AddHours(until)));
        var number = 0;
        var stored = 0;
        Gen.Select(step.Array[0, 6], Gen.Int[0, 3], Gen.Int[0, 500], Gen.Int[0, 500]).Sample(
            (steps, due, resolve, close) =>
            {
                var historic = Case($"p{Interlocked.Increment(ref number)}") with
                {
                    Steps = steps, ResolveBy = due % 2 == 0 ? null : Reported.AddHours(resolve), CloseBy = due / 2 == 0 ? null : Reported.AddHours(close),
                };
                if (History.Judge(historic, out var draft) is null)
                {
                    stored += History.StoreAsync([draft!], Importer, Cancellation).GetAwaiter().GetResult().Count(isNew => isNew);
                }
            },
            iter: 400, threads: 1);

        Assert.True(stored > 40, $"Only {stored} histories were possible.");
        AssertSound();
    }

    private static HistoricCase Case(string id = "1") => new() { ExternalId = "old:" + id, Type = "0401", Point = Place, ReportedAt = Reported };

    private static HistoricStep At(Kind kind, double hours) => new(kind, Reported.AddHours(hours));

    private static HistoricDraft Draft(HistoricCase historic, IIncidentHistory history)
    {
        Assert.Null(history.Judge(historic, out var draft));
        return draft!;
    }

    private HistoricDraft Draft(HistoricCase historic) => Draft(historic, History);

    private async Task<Incident> StoreAsync(HistoricCase historic)
    {
        Assert.Equal([true], await History.StoreAsync([Draft(historic)], Importer, Cancellation));
        using var read = _database.Door.Open(Actor.System);
        return read.Query<Incident>().Single(incident => incident.ExternalId == historic.ExternalId);
    }

    private void AssertSound()
    {
        using var read = _database.Door.Open(Actor.System);
        read.BeginSnapshot();
        Assert.Empty(_database.Get<IIncidentIntegrity>().Differences(read));
    }

    private sealed class TwoEditions(GridEdition first, GridEdition second) : IGridDirectory
    {
        public event Action? EditionsChanged
        {
            add { }
            remove { }
        }

        public GridEdition Current => second;

        public IReadOnlyList<GridEdition> Editions => [first, second];

        public GridEdition At(DateOnly day) => day < second.EffectiveFrom ? first : second;
    }
}
