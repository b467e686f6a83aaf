using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Data;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;
using State = HongqiaoDashboard.Features.Incidents.Contracts.IncidentState;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>What moves do to the promised times. Reported Monday 2024-05-06 at 10:00 local unless said otherwise.</summary>
public sealed class IncidentDecisionTests : IAsyncLifetime
{
    private TestDatabase _database = default!;

    public ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Report_OfAnOrdinaryCase_PromisesTwoHoursAndTheNextWorkingDay()
    {
        var incident = await _database.ReportAsync();

        Assert.Equal(Local(6, 12, 0), incident.ResolveBy);
        Assert.Equal(EndOf(7), incident.CloseBy);
        Assert.Equal(incident.ResolveBy, incident.DueAt);
    }

    [Fact]
    public async Task Accept_WithAnotherSeverity_PromisesAnewFromTheTimeOfReport()
    {
        var incident = await _database.ReportAsync();
        _database.Clock.Advance(TimeSpan.FromMinutes(90));

        var accepted = await _database.MoveAsync(incident, new IncidentMove(Kind.Accepted) { Severity = IncidentSeverity.Major });

        Assert.Equal(IncidentSeverity.Major, accepted.Severity);
        // Saturday the 11th is worked in stead of the May holidays: four working days end on the 10th, five on the 11th.
        Assert.Equal(EndOf(10), accepted.ResolveBy);
        Assert.Equal(EndOf(11), accepted.CloseBy);
        Assert.Equal(incident.ReportedAt.AddMinutes(90), accepted.AcceptedAt);
    }

    [Fact]
    public async Task Accept_WithTheSameSeverity_KeepsThePromises()
    {
        var incident = await _database.ReportAsync();

        var accepted = await _database.MoveAsync(incident, new IncidentMove(Kind.Accepted) { Severity = incident.Severity });

        Assert.Equal((incident.ResolveBy, incident.CloseBy), (accepted.ResolveBy, accepted.CloseBy));
        Assert.Null((await _database.LogAsync(incident.Number))[^1].Detail.ResolveBy);
    }

    [Fact]
    public async Task Accept_WithAnotherType_TakesItsCategoryAndSeverity()
    {
        var major = _database.Catalog.Categories.SelectMany(category => category.Types).First(type => type.Severity == IncidentSeverity.Major);

        var accepted = await _database.MoveAsync(await _database.ReportAsync(), new IncidentMove(Kind.Accepted) { Type = major.Code });

        Assert.Equal((major.Code, major.Category, IncidentSeverity.Major), (accepted.Type, accepted.Category, accepted.Severity));
        Assert.Equal(EndOf(10), accepted.ResolveBy);
    }

    [Fact]
    public async Task Accept_WithAnUnknownType_IsRefused() =>
        Assert.Equal("UnknownType", await RefusalAsync(await _database.ReportAsync(), new IncidentMove(Kind.Accepted) { Type = "9999" }));

    [Fact]
    public async Task Resume_AfterAPause_MovesUnmetPromisesByIt()
    {
        var incident = await _database.BringToAsync(State.Accepted);
        _database.Clock.Advance(TimeSpan.FromMinutes(30));
        var suspended = await _database.MoveAsync(incident, Kind.Suspended);
        Assert.Null(suspended.DueAt);
        _database.Clock.Advance(TimeSpan.FromHours(26));

        var resumed = await _database.MoveAsync(suspended, Kind.Resumed);

        Assert.Equal(State.Accepted, resumed.State);
        Assert.Equal(incident.ResolveBy.AddHours(26), resumed.ResolveBy);
        // A promise in working days begins with Tuesday, of which the pause took twelve and a half hours.
        Assert.Equal(incident.CloseBy.AddHours(12.5), resumed.CloseBy);
        Assert.Equal(resumed.ResolveBy, resumed.DueAt);
    }

    [Fact]
    public async Task Resume_WhenAPromiseWasBrokenBeforeThePause_KeepsThatOneBroken()
    {
        var incident = await _database.BringToAsync(State.Accepted);
        _database.Clock.Advance(TimeSpan.FromHours(3));
        var suspended = await _database.MoveAsync(incident, Kind.Suspended);
        _database.Clock.Advance(TimeSpan.FromHours(10));

        var resumed = await _database.MoveAsync(suspended, Kind.Resumed);

        Assert.Equal(incident.ResolveBy, resumed.ResolveBy);
        Assert.Equal(incident.CloseBy, resumed.CloseBy);
    }

    [Fact]
    public async Task Resume_LongAfterTheEndOfTheSuspension_CountsThePauseUntilThatEndOnly()
    {
        var incident = await _database.BringToAsync(State.Accepted);
        var suspended = await _database.MoveAsync(
            incident, new IncidentMove(Kind.Suspended) { Text = "t", ApprovedBy = "b", Until = _database.Clock.GetUtcNow().AddHours(5) });
        _database.Clock.Advance(TimeSpan.FromDays(4));

        var resumed = await _database.MoveAsync(suspended, Kind.Resumed);

        Assert.Equal(incident.ResolveBy.AddHours(5), resumed.ResolveBy);
    }

    [Fact]
    public async Task Resume_OverAWeekend_GivesNoWorkingTimeForIt()
    {
        // Friday the 17th of May at 20:00 to Monday at 08:00: of working days, four hours of Friday and eight of Monday.
        _database.Clock.Advance(TimeSpan.FromDays(11) + TimeSpan.FromHours(10));
        var incident = await _database.BringToAsync(State.Accepted);
        Assert.Equal(EndOf(20), incident.CloseBy);
        var suspended = await _database.MoveAsync(incident, Kind.Suspended);
        _database.Clock.Advance(TimeSpan.FromHours(60));

        var resumed = await _database.MoveAsync(suspended, Kind.Resumed);

        Assert.Equal(incident.CloseBy.AddHours(8), resumed.CloseBy);
    }

    [Fact]
    public async Task Accept_AfterThePolicyChanged_PromisesByThePolicyThatTheCaseWasGiven()
    {
        var incident = await _database.ReportAsync();
        var policies = _database.Get<PolicyBook>();
        var (_, policy) = policies.Current;
        await policies.PublishAsync(
            new PromisePolicy([.. policy.Rules.Select(rule => rule with { Resolve = new Promise(9, PromiseUnit.WorkingDays), Close = new Promise(9, PromiseUnit.WorkingDays) })]),
            1, "test", TestDatabase.Operator, TestContext.Current.CancellationToken);

        var accepted = await _database.MoveAsync(incident, new IncidentMove(Kind.Accepted) { Severity = IncidentSeverity.Major });
        var later = await _database.ReportAsync();

        Assert.Equal((EndOf(10), "promise@1"), (accepted.ResolveBy, accepted.Policy));
        Assert.Equal((EndOf(16), "promise@2"), (later.ResolveBy, later.Policy));
    }

    [Fact]
    public async Task Accept_AfterTheCalendarChanged_CountsByTheEditionThatTheCaseWasGiven()
    {
        var incident = await _database.ReportAsync();
        var calendars = _database.Get<CalendarBook>();
        var document = calendars.InForce.Value;
        // The 8th, a Wednesday, becomes a holiday.
        await calendars.PublishAsync(
            document with { Years = [.. document.Years.Select(year => year.Year == 2024 ? year with { Days = [.. year.Days, new SpecialDay(new(2024, 5, 8), false, "t")] } : year)] },
            1, "test", TestDatabase.Operator, TestContext.Current.CancellationToken);

        var accepted = await _database.MoveAsync(incident, new IncidentMove(Kind.Accepted) { Severity = IncidentSeverity.Major });
        var later = await _database.MoveAsync(await _database.ReportAsync(), new IncidentMove(Kind.Accepted) { Severity = IncidentSeverity.Major });

        Assert.Equal((EndOf(10), "calendar@1"), (accepted.ResolveBy, accepted.Clock!.Calendar));
        Assert.Equal((EndOf(11), "calendar@2"), (later.ResolveBy, later.Clock!.Calendar));
    }

    [Fact]
    public async Task Suspend_WithoutALaterEnd_IsRefused()
    {
        var incident = await _database.BringToAsync(State.Accepted);

        Assert.Equal("UntilMissing", await RefusalAsync(incident, new IncidentMove(Kind.Suspended) { Text = "t", Until = _database.Clock.GetUtcNow() }));
        Assert.Equal("ReasonMissing", await RefusalAsync(incident, new IncidentMove(Kind.Suspended) { Text = " ", Until = _database.Clock.GetUtcNow().AddDays(1) }));
        Assert.Equal("ApprovalMissing", await RefusalAsync(incident, new IncidentMove(Kind.Suspended) { Text = "t", Until = _database.Clock.GetUtcNow().AddDays(1) }));
    }

    [Fact]
    public async Task Extend_OfTheResolvingPromise_MovesTheClosingOneOnlyIfItWouldComeFirst()
    {
        var incident = await _database.BringToAsync(State.Accepted);

        var little = await _database.MoveAsync(incident, new IncidentMove(Kind.Extended) { Text = "t", ApprovedBy = "b", Until = incident.ResolveBy.AddHours(1) });
        Assert.Equal((incident.ResolveBy.AddHours(1), incident.CloseBy, 1), (little.ResolveBy, little.CloseBy, little.Extensions));

        var much = await _database.MoveAsync(little, new IncidentMove(Kind.Extended) { Text = "t", ApprovedBy = "b", Until = incident.CloseBy.AddDays(2) });
        Assert.Equal((incident.CloseBy.AddDays(2), incident.CloseBy.AddDays(2), 2), (much.ResolveBy, much.CloseBy, much.Extensions));
        Assert.Equal(little.ExtendedAt, much.ExtendedAt);
    }

    [Fact]
    public async Task Extend_NotBeyondThePromise_IsRefused()
    {
        var incident = await _database.BringToAsync(State.Accepted);

        Assert.Equal("UntilNotLater", await RefusalAsync(incident, new IncidentMove(Kind.Extended) { Text = "t", ApprovedBy = "b", Until = incident.ResolveBy }));
        Assert.Equal("UntilMissing", await RefusalAsync(incident, new IncidentMove(Kind.Extended) { Text = "t", ApprovedBy = "b" }));
    }

    [Fact]
    public async Task Reopen_OfAClosedCase_PromisesAnewAndHappensOnce()
    {
        var closed = await _database.BringToAsync(State.Closed);
        _database.Clock.Advance(TimeSpan.FromDays(1));

        var reopened = await _database.MoveAsync(closed, Kind.Reopened);

        Assert.Equal((State.Accepted, 1, (DateTimeOffset?)null, (DateTimeOffset?)null), (reopened.State, reopened.Reopenings, reopened.ResolvedAt, reopened.ClosedAt));
        Assert.Equal(_database.Clock.GetUtcNow().AddHours(2), reopened.ResolveBy);
        var again = await _database.MoveAsync(reopened, [Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed]);
        Assert.Equal("ReopenedBefore", await RefusalAsync(again, new IncidentMove(Kind.Reopened) { Text = "t" }));
    }

    [Fact]
    public async Task Rework_AfterTheResult_TakesTheResultBackAndIsCounted()
    {
        var resolved = await _database.BringToAsync(State.Resolved);
        _database.Clock.Advance(TimeSpan.FromMinutes(5));

        var reworked = await _database.MoveAsync(resolved, Kind.Reworked);

        Assert.Equal((State.Handling, 1, (DateTimeOffset?)null, resolved.ResolveBy), (reworked.State, reworked.Reworks, reworked.ResolvedAt, reworked.DueAt!.Value));
    }

    [Theory]
    [InlineData("2024-05-10T16:00", "2h", "2024-05-10T18:00")]
    [InlineData("2024-05-10T23:30", "2h", "2024-05-11T01:30")]
    // The eve of National Day: Saturday the 12th of October is worked, the week from the 1st is not.
    [InlineData("2024-09-30T09:00", "1wd", "2024-10-08T23:59:59.999")]
    [InlineData("2024-09-30T09:00", "5wd", "2024-10-12T23:59:59.999")]
    // Friday before a worked Sunday (29th): the Sunday counts, and so does Monday.
    [InlineData("2024-09-27T18:00", "1wd", "2024-09-29T23:59:59.999")]
    [InlineData("2024-09-27T18:00", "2wd", "2024-09-30T23:59:59.999")]
    [InlineData("2024-03-01T08:00", "5wd", "2024-03-08T23:59:59.999")]
    [InlineData("2024-10-01T00:00", "1wd", "2024-10-08T23:59:59.999")]
    public void Clock_WithTheChineseCalendar_CountsWhatIsWorked(string start, string promise, string due)
    {
        Assert.True(Promise.TryParse(promise, out var promised));
        var zone = _database.Grids.Current.TimeZone;

        var answer = _database.Get<ICalendarBook>().Current.Due(At(start), promised, zone);

        Assert.Equal(At(due), answer);
        DateTimeOffset At(string local) => new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));
    }

    private static DateTimeOffset Local(int day, int hour, int minute) => new(2024, 5, day, hour, minute, 0, TimeSpan.FromHours(8));

    private static DateTimeOffset EndOf(int day) => Local(day + 1, 0, 0).AddMilliseconds(-1);

    private async Task<string> RefusalAsync(Incident incident, IncidentMove move) =>
        (await Assert.ThrowsAsync<RefusedException>(() => _database.MoveAsync(incident, move))).Refusal.Code;
}
