using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>A span of time that figures are given for.</summary>
/// <param name="Name">Name on the wire.</param>
/// <param name="Length">Which slots of paired metrics count.</param>
/// <param name="From">First local day; null for since the start.</param>
/// <param name="Start">First instant; the minimum for since the start.</param>
/// <param name="Cutoff">Last instant that counts.</param>
/// <param name="CutoffDay">Local day of the cutoff.</param>
internal sealed record Period(string Name, PeriodLength Length, DateOnly? From, DateTimeOffset Start, DateTimeOffset Cutoff, DateOnly CutoffDay);

/// <summary>
/// Today, this month, this year and since the start, and the same elapsed span of the day, month and year before: as much
/// time after its beginning as has passed of the present one, and no further than its own end.
/// </summary>
internal static class Periods
{
    /// <summary>Names of the periods that follow the clock of today.</summary>
    public static readonly string[] Names = ["today", "todayPrevious", "month", "monthPrevious", "year", "yearPrevious", "all"];

    /// <summary>The periods at an instant, in the order of <see cref="Names"/>.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="zone">The zone whose days count.</param>
    public static Period[] At(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = zone.DayOf(now);
        var month = new DateOnly(today.Year, today.Month, 1);
        var year = new DateOnly(today.Year, 1, 1);
        return
        [
            Current("today", PeriodLength.Day, today, now, today, zone),
            Previous("todayPrevious", PeriodLength.Day, today.AddDays(-1), today, now, zone),
            Current("month", PeriodLength.Month, month, now, today, zone),
            Previous("monthPrevious", PeriodLength.Month, month.AddMonths(-1), month, now, zone),
            Current("year", PeriodLength.Year, year, now, today, zone),
            Previous("yearPrevious", PeriodLength.Year, year.AddYears(-1), year, now, zone),
            new Period("all", PeriodLength.All, null, DateTimeOffset.MinValue, now, today),
        ];
    }

    private static Period Current(string name, PeriodLength length, DateOnly from, DateTimeOffset now, DateOnly today, TimeZoneInfo zone) =>
        new(name, length, from, zone.StartOf(from), now, today);

    private static Period Previous(string name, PeriodLength length, DateOnly from, DateOnly next, DateTimeOffset now, TimeZoneInfo zone)
    {
        var start = zone.StartOf(from);
        var end = zone.StartOf(next).AddMilliseconds(-1);
        var cutoff = start + (now - zone.StartOf(next));
        cutoff = cutoff > end ? end : cutoff;
        return new Period(name, length, from, start, cutoff, zone.DayOf(cutoff));
    }
}
