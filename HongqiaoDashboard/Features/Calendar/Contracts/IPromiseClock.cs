namespace HongqiaoDashboard.Features.Calendar.Contracts;

/// <summary>
/// One edition of the calendar, which says when a promise falls due. Immutable; all its answers are pure. Clock hours run
/// always. Working hours run within the edition's hours of working days. A promise in working days runs over all 24 hours
/// of each working day after the day of the start (23 or 25 where the clock changes) and is due in the last millisecond of
/// the last of them. Instants are taken in whole milliseconds, as they are stored.
/// </summary>
public interface IPromiseClock
{
    /// <summary>Id of the edition, for example <c>calendar@3</c>; every case keeps the one by which it was counted.</summary>
    string Edition { get; }

    /// <summary>The last instant at which a promise is kept.</summary>
    /// <param name="start">When the clock began.</param>
    /// <param name="promise">What was promised.</param>
    /// <param name="zone">The zone whose days count.</param>
    DateTimeOffset Due(DateTimeOffset start, Promise promise, TimeZoneInfo zone);

    /// <summary>When a promise falls due if the clock stood still at times, with what was counted until then.</summary>
    /// <param name="start">When the clock began.</param>
    /// <param name="promise">What was promised.</param>
    /// <param name="pauses">When it stood still, in any order; they may overlap or lie outside of what matters.</param>
    /// <param name="zone">The zone whose days count.</param>
    DueTime Explain(DateTimeOffset start, Promise promise, IReadOnlyList<TimeInterval> pauses, TimeZoneInfo zone);

    /// <summary>
    /// Moves a due time by a pause: what of the promise was left when the clock stopped is left when it goes on. A pause
    /// that takes nothing of the promise moves nothing: at a weekend, or one that begins at or after the due time.
    /// </summary>
    /// <param name="due">The due time before the pause.</param>
    /// <param name="unit">How the promise is counted.</param>
    /// <param name="pause">When the clock stood still.</param>
    /// <param name="zone">The zone whose days count.</param>
    DateTimeOffset Postpone(DateTimeOffset due, PromiseUnit unit, TimeInterval pause, TimeZoneInfo zone);

    /// <summary>Countable time between two instants.</summary>
    /// <param name="from">First instant.</param>
    /// <param name="to">First instant after it; an earlier one counts nothing.</param>
    /// <param name="unit">How it is counted; of working days all 24 hours count.</param>
    /// <param name="zone">The zone whose days count.</param>
    TimeSpan Between(DateTimeOffset from, DateTimeOffset to, PromiseUnit unit, TimeZoneInfo zone);

    /// <summary>Whether a day is worked: weekdays but public holidays, and the weekend days that are worked in their stead (调休).</summary>
    /// <param name="day">The day.</param>
    bool IsWorkingDay(DateOnly day);

    /// <summary>Whether nobody has published the schedule of a year yet: only weekends are known of it.</summary>
    /// <param name="year">The year.</param>
    bool IsProvisional(int year);
}

/// <summary>The editions of the calendar. An edition never changes and is never removed.</summary>
public interface ICalendarBook
{
    /// <summary>The edition in force.</summary>
    IPromiseClock Current { get; }

    /// <summary>An edition by its id, or null for one that does not exist here.</summary>
    /// <param name="edition">For example <c>calendar@3</c>.</param>
    IPromiseClock? Find(string edition);
}
