using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>Both promised times of a case.</summary>
/// <param name="ResolveBy">Resolved by.</param>
/// <param name="CloseBy">Closed by.</param>
internal readonly record struct PromisedTimes(DateTimeOffset ResolveBy, DateTimeOffset CloseBy);

/// <summary>
/// Counts the clock of a case. A promise runs from its start, stands still while the case is suspended, and ends where an
/// extension says; after that, a pause moves the named time by what of it the pause took. A result that is sent back moves
/// nothing: the promise was given to the reporter, and a false "done" must not lengthen it.
/// </summary>
internal static class CaseClocks
{
    /// <summary>A clock that begins.</summary>
    /// <param name="start">The report, or the reopening.</param>
    /// <param name="rule">What is promised.</param>
    /// <param name="calendar">Edition by which it is counted.</param>
    public static CaseClock Begin(DateTimeOffset start, PromiseRule rule, IPromiseClock calendar) =>
        new() { Start = start, Resolve = rule.Resolve, Close = rule.Close, Calendar = calendar.Edition };

    /// <summary>
    /// The clock of a case. One that is older than the record of clocks gets its stored times as if they had been extended
    /// at the start: what it was promised still holds.
    /// </summary>
    /// <param name="incident">The case.</param>
    /// <param name="rule">What its policy promises.</param>
    /// <param name="calendar">Edition by which it is counted from now on.</param>
    /// <param name="zone">The zone whose days count.</param>
    public static CaseClock Of(Incident incident, PromiseRule rule, IPromiseClock calendar, TimeZoneInfo zone)
    {
        if (incident.Clock is { } kept)
        {
            return kept;
        }

        var clock = Begin(incident.ReportedAt, rule, calendar);
        return Count(clock, calendar, zone) == new PromisedTimes(incident.ResolveBy, incident.CloseBy)
            ? clock
            : clock with { Extensions = [new CaseExtension(incident.ReportedAt, incident.ResolveBy, incident.CloseBy)] };
    }

    /// <summary>The promised times that a clock comes to.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="calendar">Edition to count by; another one than the clock's tells what it would come to.</param>
    /// <param name="zone">The zone whose days count.</param>
    public static PromisedTimes Count(CaseClock clock, IPromiseClock calendar, TimeZoneInfo zone) => new(
        Count(clock, clock.Resolve, extension => extension.ResolveBy, calendar, zone),
        Count(clock, clock.Close, extension => extension.CloseBy, calendar, zone));

    /// <summary>The part of a pause that stops a promise: one in working days does not run yet on the day of its start.</summary>
    /// <param name="pause">The pause.</param>
    /// <param name="start">Start of the clock.</param>
    /// <param name="unit">How the promise is counted.</param>
    /// <param name="zone">The zone whose days count.</param>
    public static TimeInterval Effective(TimeInterval pause, DateTimeOffset start, PromiseUnit unit, TimeZoneInfo zone)
    {
        var runs = unit == PromiseUnit.WorkingDays ? zone.StartOf(zone.DayOf(start).AddDays(1)).ToUniversalTime() : start;
        var from = pause.From < runs ? runs : pause.From;
        return new TimeInterval(from, pause.To < from ? from : pause.To);
    }

    private static DateTimeOffset Count(
        CaseClock clock, Promise promise, Func<CaseExtension, DateTimeOffset> named, IPromiseClock calendar, TimeZoneInfo zone)
    {
        if (clock.Extensions is not [.., var last])
        {
            return calendar.Explain(clock.Start, promise, clock.Pauses, zone).Due;
        }

        return clock.Pauses.Where(pause => pause.From >= last.At).Aggregate(
            named(last), (due, pause) => calendar.Postpone(due, promise.Unit, Effective(pause, clock.Start, promise.Unit, zone), zone));
    }
}
