using System.Globalization;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Calendar.Domain;

/// <summary>What keeps a document from being an edition of the calendar.</summary>
internal static class CalendarFaults
{
    /// <summary>Years that a schedule can be for.</summary>
    public const int FirstYear = 2000;

    /// <inheritdoc cref="FirstYear"/>
    public const int LastYear = 2199;

    /// <summary>Longest name of a holiday, in characters.</summary>
    public const int LongestName = 20;

    /// <summary>All faults; none when it can be published.</summary>
    /// <param name="document">The document.</param>
    public static IEnumerable<Refusal> Of(CalendarDocument document)
    {
        if (document.Hours.Count == 0)
        {
            yield return new("HoursMissing");
        }

        foreach (var (period, index) in document.Hours.Select((period, index) => (period, index)))
        {
            // Midnight as an end is the end of the day.
            if (period.To != TimeOnly.MinValue && period.To <= period.From)
            {
                yield return new("HoursReversed", Words(period));
            }

            if (index > 0 && document.Hours[index - 1] is var before && (before.To == TimeOnly.MinValue || before.To > period.From))
            {
                yield return new("HoursOverlap", Words(before), Words(period));
            }
        }

        foreach (var year in document.Years.GroupBy(year => year.Year).Where(year => year.Count() > 1))
        {
            yield return new("YearTwice", year.Key);
        }

        foreach (var (year, day) in document.Years.SelectMany(year => year.Days.Select(day => (year, day))))
        {
            if (day.Date.Year != year.Year)
            {
                yield return new("DayInAnotherYear", Words(day.Date), year.Year);
            }

            if (Of(day) is { } fault)
            {
                yield return fault;
            }
        }

        foreach (var twice in document.Years.SelectMany(year => year.Days).GroupBy(day => day.Date).Where(day => day.Count() > 1))
        {
            yield return new("DayTwice", Words(twice.Key));
        }
    }

    /// <summary>What is wrong with a day, or null.</summary>
    /// <param name="day">The day.</param>
    public static Refusal? Of(SpecialDay day) => day switch
    {
        { Date.Year: < FirstYear or > LastYear } => new("DayFar", Words(day.Date), FirstYear, LastYear),
        { IsWorked: true } when !WorkingCalendar.IsWeekend(day.Date) => new("WeekdayWorked", Words(day.Date)),
        { Name.Length: > LongestName } => new("NameLong", Words(day.Date), LongestName),
        _ => null,
    };

    private static string Words(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Words(WorkingPeriod period) => $"{period.From:HH\\:mm}–{(period.To == TimeOnly.MinValue ? "24:00" : period.To.ToString("HH\\:mm", CultureInfo.InvariantCulture))}";
}
