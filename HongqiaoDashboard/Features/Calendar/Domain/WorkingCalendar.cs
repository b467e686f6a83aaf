using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Calendar.Domain;

/// <summary>
/// Counts by walking along countable time: all of it, that of working days, or that of working hours, less the pauses.
/// Time is conserved: a promise is used up by exactly as much countable time as it holds, however often it is stopped.
/// Everything is counted in whole milliseconds, as instants are stored, so that a case comes to the same due time before
/// and after it is written down.
/// </summary>
internal sealed class WorkingCalendar : IPromiseClock
{
    /// <summary>Where counting ends: what is not used up by then falls due then. No case will see it.</summary>
    public static readonly DateTimeOffset Horizon = new(9999, 12, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset Dawn = new(1, 2, 1, 0, 0, 0, TimeSpan.Zero);

    // The last stored instant of a day: midnight would belong to the next day, and at a month's end to the next month.
    private static readonly TimeSpan Instant = TimeSpan.FromMilliseconds(1);

    private readonly Dictionary<DateOnly, bool> _special;
    private readonly HashSet<int> _published;
    private readonly IReadOnlyList<WorkingPeriod> _hours;

    public WorkingCalendar(string edition, CalendarDocument document)
    {
        Edition = edition;
        Document = document;
        _special = document.Years.SelectMany(year => year.Days).ToDictionary(day => day.Date, day => day.IsWorked);
        _published = [.. document.Years.Where(year => !year.IsProvisional).Select(year => year.Year)];
        _hours = document.Hours;
    }

    public string Edition { get; }

    /// <summary>What it is made of.</summary>
    public CalendarDocument Document { get; }

    public bool IsWorkingDay(DateOnly day) => _special.TryGetValue(day, out var worked) ? worked : !IsWeekend(day);

    public bool IsProvisional(int year) => !_published.Contains(year);

    /// <summary>Whether a day is a Saturday or a Sunday, worked or not.</summary>
    /// <param name="day">The day.</param>
    public static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    public DateTimeOffset Due(DateTimeOffset start, Promise promise, TimeZoneInfo zone) => Explain(start, promise, [], zone).Due;

    public DueTime Explain(DateTimeOffset start, Promise promise, IReadOnlyList<TimeInterval> pauses, TimeZoneInfo zone)
    {
        var from = CountsFrom(Whole(start), promise.Unit, zone);
        var budget = promise.Unit == PromiseUnit.WorkingDays
            ? Countable(new(from, Horizon), promise.Unit, zone).Take(promise.Amount).Aggregate(TimeSpan.Zero, (sum, day) => sum + day.Length)
            : TimeSpan.FromHours(promise.Amount);
        return Walk(Running(from, pauses).SelectMany(span => Countable(span, promise.Unit, zone)), budget, promise.Unit);
    }

    public DateTimeOffset Postpone(DateTimeOffset due, PromiseUnit unit, TimeInterval pause, TimeZoneInfo zone)
    {
        // What counts is what the pause takes of the promise; a due time that somebody named may itself lie in time that nobody counts.
        var (stopped, goesOn) = (Whole(pause.From), Whole(pause.To));
        var end = unit == PromiseUnit.WorkingDays ? Whole(due) + Instant : Whole(due);
        if (Between(stopped, goesOn < end ? goesOn : end, unit, zone) == TimeSpan.Zero)
        {
            return due;
        }

        var left = Between(stopped, end, unit, zone);
        return Walk(Countable(new(goesOn, Horizon), unit, zone), left, unit).Due;
    }

    public TimeSpan Between(DateTimeOffset from, DateTimeOffset to, PromiseUnit unit, TimeZoneInfo zone) =>
        Countable(new(Whole(from), Whole(to)), unit, zone).Aggregate(TimeSpan.Zero, (sum, piece) => sum + piece.Length);

    private static DueTime Walk(IEnumerable<TimeInterval> countable, TimeSpan budget, PromiseUnit unit)
    {
        var counted = new List<TimeInterval>();
        foreach (var piece in countable)
        {
            if (piece.Length < budget)
            {
                counted.Add(piece);
                budget -= piece.Length;
                continue;
            }

            var due = piece.From + budget;
            due = unit == PromiseUnit.WorkingDays ? due - Instant : due;
            counted.Add(new TimeInterval(piece.From, due));
            return new DueTime(due, counted);
        }

        return new DueTime(Horizon, counted);
    }

    // A promise in working days begins with the day after that of the start.
    private static DateTimeOffset CountsFrom(DateTimeOffset start, PromiseUnit unit, TimeZoneInfo zone) =>
        unit == PromiseUnit.WorkingDays ? StartOf(zone.DayOf(start).AddDays(1), zone) : start;

    // The spans between pauses, which may overlap and come in any order. Counting within them skips a long pause in one step.
    private static IEnumerable<TimeInterval> Running(DateTimeOffset from, IReadOnlyList<TimeInterval> pauses)
    {
        foreach (var pause in pauses.Where(pause => pause.To > pause.From).OrderBy(pause => pause.From))
        {
            var (stopped, goesOn) = (Whole(pause.From), Whole(pause.To));
            if (stopped > from)
            {
                yield return new TimeInterval(from, stopped);
            }

            from = goesOn > from ? goesOn : from;
        }

        yield return new TimeInterval(from, Horizon);
    }

    private IEnumerable<TimeInterval> Countable(TimeInterval span, PromiseUnit unit, TimeZoneInfo zone)
    {
        if (span.To <= span.From)
        {
            yield break;
        }

        if (unit == PromiseUnit.ClockHours)
        {
            yield return span;
            yield break;
        }

        for (var day = zone.DayOf(span.From); ; day = day.AddDays(1))
        {
            var begins = StartOf(day, zone);
            if (begins >= span.To)
            {
                yield break;
            }

            if (!IsWorkingDay(day))
            {
                continue;
            }

            foreach (var piece in unit == PromiseUnit.WorkingDays ? [new(begins, StartOf(day.AddDays(1), zone))] : _hours.Select(period => Part(day, period, zone)))
            {
                var cut = new TimeInterval(piece.From < span.From ? span.From : piece.From, piece.To > span.To ? span.To : piece.To);
                if (cut.To > cut.From)
                {
                    yield return cut;
                }
            }
        }
    }

    private static TimeInterval Part(DateOnly day, WorkingPeriod period, TimeZoneInfo zone) =>
        new(At(day, period.From, zone), period.To == TimeOnly.MinValue ? StartOf(day.AddDays(1), zone) : At(day, period.To, zone));

    // The first instant of the day at which its clock shows the time or a later one. Where a change of the clock leaves the
    // time out, that is the change; where it shows it twice, the first. So periods never overlap, and none is lost between two.
    private static DateTimeOffset At(DateOnly day, TimeOnly time, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(time);
        if (zone.IsInvalidTime(local))
        {
            local = day.ToDateTime(new TimeOnly(time.Hour, time.Minute / 15 * 15));
            while (zone.IsInvalidTime(local))
            {
                local = local.AddMinutes(15);
            }
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => zone.StartOf(day).ToUniversalTime();

    // UTC, in whole milliseconds, and far enough from both ends of what can be said that a day more can be said.
    private static DateTimeOffset Whole(DateTimeOffset instant) =>
        instant <= Dawn ? Dawn : instant >= Horizon ? Horizon : DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
