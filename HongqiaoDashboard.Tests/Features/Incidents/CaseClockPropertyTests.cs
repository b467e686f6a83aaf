using CsCheck;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Hosting;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>Random sequences of moves against a count minute by minute: no sequence makes time from nothing, and none loses any.</summary>
public sealed class CaseClockPropertyTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly IncidentCatalog Catalog = IncidentCatalog.Read(ReferenceData.File("incidents", "catalog.json"));
    private static readonly WorkingCalendar Calendar = new(
        "calendar@1", new CalendarDocument(CalendarDocument.UsualHours, HolidayTable.Read(File.ReadLines(ReferenceData.File("reference", "holidays-cn.csv")))));

    // Around National Day 2024: seven days off, two weekend days worked, ordinary weekends on both sides.
    private static readonly DateTimeOffset Earliest = new(2024, 9, 19, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Promise> Promises = Gen.OneOf(
        Gen.Int[1, 72].Select(n => new Promise(n, PromiseUnit.ClockHours)),
        Gen.Int[1, 6].Select(n => new Promise(n, PromiseUnit.WorkingDays)),
        Gen.Int[1, 40].Select(n => new Promise(n, PromiseUnit.WorkingHours)));

    private static readonly Gen<(PromiseRule Ordinary, PromiseRule Major)> Rules = Gen.Select(Promises, Promises, Promises, Promises, (a, b, c, d) => (
        new PromiseRule { Severity = IncidentSeverity.Ordinary, Resolve = a, Close = b },
        new PromiseRule { Severity = IncidentSeverity.Major, Resolve = c, Close = d }));

    private static readonly Gen<Step> Steps = Gen.Select(
        Gen.OneOf(Gen.Int[1, 90], Gen.Int[1, 4000]), Gen.Int[0, 99], Gen.OneOf(Gen.Int[1, 60], Gen.Int[1, 6000]), (wait, choice, length) => new Step(wait, choice, length));

    [Fact]
    public void Clocks_AfterAnySequenceOfMoves_EndWhereTheMinutesDo() =>
        Gen.Select(Rules, Gen.Int[0, 15 * 1440], Steps.Array[1, 14]).Sample((rules, offset, steps) => Play(rules, Earliest.AddMinutes(offset), steps), iter: 400, threads: 1);

    private static void Play((PromiseRule Ordinary, PromiseRule Major) rules, DateTimeOffset start, Step[] steps)
    {
        var decision = new IncidentDecision(Catalog, new Policies(new PromisePolicy([rules.Ordinary, rules.Major])), new Calendars());
        var type = Catalog.Categories.SelectMany(c => c.Types).First(t => t is { Severity: IncidentSeverity.Ordinary, PhotosToResolve: 0 });
        var incident = Begin(decision.Promise(type, IncidentSeverity.Ordinary, start, Zone), type, start);
        var resolve = new CaseClockReference(rules.Ordinary.Resolve, start, Calendar.IsWorkingDay);
        var close = new CaseClockReference(rules.Ordinary.Close, start, Calendar.IsWorkingDay);
        var now = start;
        foreach (var step in steps)
        {
            now += TimeSpan.FromMinutes(step.Wait);
            var running = Running(incident);
            resolve.Pass(now, running);
            close.Pass(now, running);
            var legal = IncidentLifecycle.From(incident.State).Where(kind => kind is not (Kind.Noted or Kind.Rejected or Kind.Merged) && !(kind == Kind.Reopened && incident.Reopenings > 0)).ToList();
            if (legal.Count == 0)
            {
                break;
            }

            var move = Move(incident, legal[step.Choice % legal.Count], step, now);
            var detail = decision.Judge(incident, move, now, Zone);
            Follow(resolve, close, rules, incident, move, detail);
            incident = IncidentFold.Apply(incident, move.Kind, now, detail, incident.LastSeq + 1);
        }

        // What still stands still goes on at the end of the suspension.
        if (incident.SuspendedUntil is { } until)
        {
            now = until > now ? until : now;
            var running = Running(incident);
            resolve.Pass(now, running);
            close.Pass(now, running);
            incident = IncidentFold.Apply(incident, Kind.Resumed, now, decision.Judge(incident, new IncidentMove(Kind.Resumed), now, Zone), incident.LastSeq + 1);
        }

        Assert.Equal(resolve.End(), Last(incident.ResolveBy), TimeSpan.FromMilliseconds(1));
        Assert.Equal(close.End(), Last(incident.CloseBy), TimeSpan.FromMilliseconds(1));
    }

    private static Func<DateTimeOffset, bool> Running(Incident incident) =>
        incident.SuspendedUntil is { } until ? at => at >= until : _ => true;

    private static IncidentMove Move(Incident incident, Kind kind, Step step, DateTimeOffset now) => new(kind)
    {
        Text = "t", ApprovedBy = "b", Department = Catalog.Departments[0].Code,
        Severity = kind == Kind.Accepted && step.Length % 2 == 0 ? IncidentSeverity.Major : null,
        Until = kind switch
        {
            Kind.Suspended => now.AddMinutes(step.Length),
            // To a whole minute that is worked, so that the promise ends where it was named.
            Kind.Extended => Worked(Whole((incident.ResolvedAt is null ? incident.ResolveBy : incident.CloseBy).AddMinutes(step.Length))),
            _ => null,
        },
    };

    private static void Follow(
        CaseClockReference resolve, CaseClockReference close, (PromiseRule Ordinary, PromiseRule Major) rules, Incident incident, IncidentMove move, IncidentEventDetail detail)
    {
        var rule = incident.Severity == IncidentSeverity.Major ? rules.Major : rules.Ordinary;
        switch (move.Kind)
        {
            case Kind.Accepted when detail.Severity is not null && (rule.Resolve, rule.Close) != (rules.Major.Resolve, rules.Major.Close):
                resolve.Correct(rules.Major.Resolve);
                close.Correct(rules.Major.Close);
                break;
            case Kind.Extended:
                if (detail.ResolveBy != incident.ResolveBy)
                {
                    resolve.Name(detail.ResolveBy!.Value);
                }

                if (detail.CloseBy != incident.CloseBy)
                {
                    close.Name(detail.CloseBy!.Value);
                }

                break;
            case Kind.Reopened:
                resolve.Renew(rule.Resolve);
                close.Renew(rule.Close);
                break;
        }
    }

    private static Incident Begin(IncidentEventDetail promised, IncidentType type, DateTimeOffset start) => new()
    {
        Id = 1, Number = "HQ20240919-000001", Version = 1, State = IncidentState.Reported, Category = type.Category, Type = type.Code, Severity = IncidentSeverity.Ordinary,
        GridCode = "120106001001001", Latitude = 39, Longitude = 117, Description = "", Source = "desk", ReportedAt = start, ResolveBy = promised.ResolveBy!.Value,
        CloseBy = promised.CloseBy!.Value, Policy = promised.Policy!, Clock = promised.Clock, UpdatedAt = start, LastSeq = 1,
    };

    // The last millisecond of a day stands for its end.
    private static DateTimeOffset Last(DateTimeOffset due) => due.Millisecond == 999 ? due.AddMilliseconds(1) : due;

    private static DateTimeOffset Whole(DateTimeOffset at) => new(at.Ticks - (at.Ticks % TimeSpan.TicksPerMinute) + TimeSpan.TicksPerMinute, at.Offset);

    private static DateTimeOffset Worked(DateTimeOffset at)
    {
        while (!Calendar.IsWorkingDay(DateOnly.FromDateTime(at.ToOffset(TimeSpan.FromHours(8)).DateTime)) || at.ToOffset(TimeSpan.FromHours(8)).Hour is < 9 or >= 11)
        {
            at += TimeSpan.FromMinutes(1);
        }

        return at;
    }

    private sealed record Step(int Wait, int Choice, int Length);

    private sealed class Policies(PromisePolicy policy) : IPromisePolicies
    {
        public (string Id, PromisePolicy Policy) Current => ("promise@1", policy);

        public PromisePolicy? Find(string id) => policy;
    }

    private sealed class Calendars : ICalendarBook
    {
        public IPromiseClock Current => Calendar;

        public IPromiseClock? Find(string edition) => Calendar;
    }
}
