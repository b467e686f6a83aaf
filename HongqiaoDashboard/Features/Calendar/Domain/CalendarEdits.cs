namespace HongqiaoDashboard.Features.Calendar.Domain;

/// <summary>What a day is.</summary>
internal enum DayKind
{
    /// <summary>What its weekday says.</summary>
    AsWeekday,
    /// <summary>A public holiday.</summary>
    Off,
    /// <summary>A weekend day that is worked.</summary>
    Worked,
}

/// <summary>A day that another document says something else about.</summary>
/// <param name="Date">The day.</param>
/// <param name="Before">What it was, null for what its weekday says.</param>
/// <param name="After">What it is, null for what its weekday says.</param>
internal sealed record DayChange(DateOnly Date, SpecialDay? Before, SpecialDay? After);

/// <summary>A year whose schedule another document takes for published, or no longer.</summary>
/// <param name="Year">The year.</param>
/// <param name="IsPublished">Whether it is published now.</param>
internal sealed record YearChange(int Year, bool IsPublished);

/// <summary>Changes a document into another one; the first is never touched.</summary>
internal static class CalendarEdits
{
    /// <summary>What a day is.</summary>
    /// <param name="document">The document.</param>
    /// <param name="date">The day.</param>
    public static SpecialDay? Day(this CalendarDocument document, DateOnly date) =>
        document.Years.FirstOrDefault(year => year.Year == date.Year)?.Days.FirstOrDefault(day => day.Date == date);

    /// <summary>What a day is called.</summary>
    /// <param name="day">The day, or null.</param>
    public static DayKind Kind(this SpecialDay? day) => day is null ? DayKind.AsWeekday : day.IsWorked ? DayKind.Worked : DayKind.Off;

    /// <summary>Whether the schedule of a year is published.</summary>
    /// <param name="document">The document.</param>
    /// <param name="year">The year.</param>
    public static bool IsPublished(this CalendarDocument document, int year) => document.Years.Any(known => known.Year == year && !known.IsProvisional);

    /// <summary>Makes a day something else. A year that nobody has published stays provisional, whatever is expected of it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="date">The day.</param>
    /// <param name="kind">What it becomes.</param>
    /// <param name="name">Name of the holiday.</param>
    public static CalendarDocument With(this CalendarDocument document, DateOnly date, DayKind kind, string name)
    {
        var year = document.Years.FirstOrDefault(known => known.Year == date.Year) ?? new CalendarYear(date.Year, []) { IsProvisional = true };
        var others = year.Days.Where(day => day.Date != date);
        return document.With(year with
        {
            Days = [.. (kind == DayKind.AsWeekday ? others : others.Append(new SpecialDay(date, kind == DayKind.Worked, name.Trim()))).OrderBy(day => day.Date)],
        });
    }

    /// <summary>Takes a year's schedule in the place of what was known of it.</summary>
    /// <param name="document">The document.</param>
    /// <param name="year">The schedule.</param>
    public static CalendarDocument With(this CalendarDocument document, CalendarYear year) => document with
    {
        // A year of which nothing is known and nothing is said leaves no trace.
        Years = [.. document.Years.Where(known => known.Year != year.Year).Concat(year is { IsProvisional: true, Days: [] } ? [] : [year]).OrderBy(known => known.Year)],
    };

    /// <summary>Says that the schedule of a year is published, or that it is not.</summary>
    /// <param name="document">The document.</param>
    /// <param name="year">The year.</param>
    /// <param name="isPublished">Whether it is.</param>
    public static CalendarDocument With(this CalendarDocument document, int year, bool isPublished) =>
        document.With((document.Years.FirstOrDefault(known => known.Year == year) ?? new CalendarYear(year, [])) with { IsProvisional = !isPublished });

    /// <summary>Days that differ between two documents, in order.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static IReadOnlyList<DayChange> DaysChanged(CalendarDocument before, CalendarDocument after)
    {
        var was = before.Years.SelectMany(year => year.Days).ToDictionary(day => day.Date);
        var now = after.Years.SelectMany(year => year.Days).ToDictionary(day => day.Date);
        return [.. was.Keys.Union(now.Keys).Order().Select(date => new DayChange(date, was.GetValueOrDefault(date), now.GetValueOrDefault(date))).Where(change => change.Before != change.After)];
    }

    /// <summary>Years that one document takes for published and the other does not, in order.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static IReadOnlyList<YearChange> YearsChanged(CalendarDocument before, CalendarDocument after) =>
        [.. before.Years.Concat(after.Years).Select(year => year.Year).Distinct().Order().Where(year => before.IsPublished(year) != after.IsPublished(year))
            .Select(year => new YearChange(year, after.IsPublished(year)))];

    /// <summary>Whether the working hours differ.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static bool HoursChanged(CalendarDocument before, CalendarDocument after) => !before.Hours.SequenceEqual(after.Hours);
}
