using HongqiaoDashboard.Features.Calendar.Contracts;

namespace HongqiaoDashboard.Tests.Features.Calendar;

/// <summary>
/// Counts time the slow way: it looks at every minute on the wall clock of the zone, and at every millisecond of a minute in
/// which something begins or ends. It shares nothing with the program but the names of what it is asked.
/// </summary>
/// <param name="off">Public holidays.</param>
/// <param name="worked">Weekend days that are worked.</param>
/// <param name="hours">Working hours in minutes of the day, the end not among them; 1440 for midnight.</param>
/// <param name="zone">Whose days count.</param>
internal sealed class SlowCalendar(HashSet<DateOnly> off, HashSet<DateOnly> worked, (int From, int To)[] hours, TimeZoneInfo zone)
{
    private const long Minute = 60_000;

    private DateOnly _day;
    private int _latest;

    public bool IsWorked(DateOnly day) => worked.Contains(day) || (!off.Contains(day) && day.DayOfWeek is >= DayOfWeek.Monday and <= DayOfWeek.Friday);

    /// <summary>The last instant at which a promise is kept, in milliseconds of the Unix era, and how much was counted in each hour until then.</summary>
    public long Due(DateTimeOffset start, Promise promise, IReadOnlyList<TimeInterval> pauses)
    {
        var first = start.ToUnixTimeMilliseconds();
        var stopped = pauses.Select(p => (From: p.From.ToUnixTimeMilliseconds(), To: p.To.ToUnixTimeMilliseconds())).ToList();
        var startDay = DayOf(first);
        var left = promise.Unit == PromiseUnit.WorkingDays ? LengthOfDaysAfter(startDay, promise.Amount) : promise.Amount * 60 * Minute;
        bool Runs(long at) => at >= first && !stopped.Exists(p => p.From <= at && at < p.To) && (promise.Unit != PromiseUnit.WorkingDays || DayOf(at) > startDay);

        // The day so far must have been seen for the latest time that its clock has shown.
        for (var minute = Floor(first) - 1500 * Minute; ; minute += Minute)
        {
            var counts = Counts(minute, promise.Unit);
            if (!counts || minute < Floor(first))
            {
                continue;
            }

            if (minute >= first && !stopped.Exists(p => (p.From > minute && p.From < minute + Minute) || (p.To > minute && p.To < minute + Minute)))
            {
                if (!Runs(minute))
                {
                    continue;
                }

                if (left > Minute)
                {
                    left -= Minute;
                    continue;
                }
            }

            for (var at = minute; at < minute + Minute; at++)
            {
                if (Runs(at) && --left == 0)
                {
                    return promise.Unit == PromiseUnit.WorkingDays ? at : at + 1;
                }
            }
        }
    }

    /// <summary>Countable minutes between two whole minutes.</summary>
    public int Between(DateTimeOffset from, DateTimeOffset to, PromiseUnit unit)
    {
        var count = 0;
        for (var minute = from.ToUnixTimeMilliseconds() - 1500 * Minute; minute < to.ToUnixTimeMilliseconds(); minute += Minute)
        {
            count += Counts(minute, unit) && minute >= from.ToUnixTimeMilliseconds() ? 1 : 0;
        }

        return count;
    }

    // Minutes are asked in order: a time that the clock shows for the second time on a day is as late as the latest it has shown.
    private bool Counts(long minute, PromiseUnit unit)
    {
        var wall = Wall(minute);
        var (day, time) = (DateOnly.FromDateTime(wall), wall.Hour * 60 + wall.Minute);
        _latest = day == _day ? Math.Max(_latest, time) : time;
        _day = day;
        return unit switch
        {
            PromiseUnit.ClockHours => true,
            PromiseUnit.WorkingDays => IsWorked(day),
            _ => IsWorked(day) && hours.Any(period => period.From <= _latest && _latest < period.To),
        };
    }

    private long LengthOfDaysAfter(DateOnly day, int amount)
    {
        var length = 0L;
        var seen = new HashSet<DateOnly>();
        for (var minute = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds() - 1440 * Minute; ; minute += Minute)
        {
            var today = DayOf(minute);
            if (today <= day || !IsWorked(today))
            {
                continue;
            }

            if (seen.Add(today) && seen.Count > amount)
            {
                return length;
            }

            length += Minute;
        }
    }

    private DateOnly DayOf(long at) => DateOnly.FromDateTime(Wall(at));

    private DateTime Wall(long at) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), zone).DateTime;

    private static long Floor(long at) => at / Minute * Minute;
}
