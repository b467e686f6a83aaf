using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Calendar.Domain;

/// <summary>Weekdays, less public holidays, plus the weekend days that are worked in their stead.</summary>
internal sealed class WorkingCalendar(IReadOnlySet<DateOnly> daysOff, IReadOnlySet<DateOnly> daysWorked) : IPromiseClock
{
    /// <summary>Reads <c>date,kind,name</c> rows, kind <c>off</c> or <c>work</c>.</summary>
    /// <param name="lines">The file's lines, header first.</param>
    /// <exception cref="FormatException">A row is not of that form.</exception>
    public static WorkingCalendar Read(IEnumerable<string> lines)
    {
        var off = new HashSet<DateOnly>();
        var worked = new HashSet<DateOnly>();
        foreach (var (line, index) in lines.Select((l, i) => (l, i)).Skip(1).Where(row => row.l.Length > 0))
        {
            var cells = line.Split(',');
            if (cells.Length < 2 || !DateOnly.TryParseExact(cells[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || cells[1] is not ("off" or "work"))
            {
                throw new FormatException($"Holiday table, line {index + 1}: expected 'yyyy-MM-dd,off|work,name' but found '{line}'.");
            }

            (cells[1] == "off" ? off : worked).Add(day);
        }

        return new WorkingCalendar(off, worked);
    }

    public bool IsWorkingDay(DateOnly day) =>
        daysWorked.Contains(day) || (day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !daysOff.Contains(day));

    public DateTimeOffset Due(DateTimeOffset start, Promise promise, TimeZoneInfo zone)
    {
        if (promise.Unit == PromiseUnit.ClockHours)
        {
            return start.ToUniversalTime().AddHours(promise.Amount);
        }

        var day = zone.DayOf(start);
        for (var left = promise.Amount; left > 0;)
        {
            day = day.AddDays(1);
            left -= IsWorkingDay(day) ? 1 : 0;
        }

        // The last stored instant of the day: midnight would belong to the next day, and at a month's end to the next month.
        return zone.StartOf(day.AddDays(1)).AddMilliseconds(-1).ToUniversalTime();
    }
}
