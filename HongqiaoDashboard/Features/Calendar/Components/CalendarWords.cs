using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Kernel;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Calendar.Components;

/// <summary>Says what a calendar says, in the reader's language.</summary>
internal sealed class CalendarWords(IStringLocalizer<CalendarTexts> text)
{
    private static DateTimeFormatInfo Format => CultureInfo.CurrentUICulture.DateTimeFormat;

    /// <summary>Names of the weekdays, Monday first.</summary>
    public static IReadOnlyList<string> Weekdays => [.. Enumerable.Range(1, 7).Select(day => IsChinese ? Format.GetShortestDayName((DayOfWeek)(day % 7)) : Format.GetAbbreviatedDayName((DayOfWeek)(day % 7)))];

    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>Column of a day in a sheet whose weeks begin with Monday, from 1.</summary>
    /// <param name="day">The day.</param>
    public static int Column(DateOnly day) => ((int)day.DayOfWeek + 6) % 7 + 1;

    /// <summary>A month's name.</summary>
    /// <param name="year">Its year.</param>
    /// <param name="month">From 1.</param>
    public static string Month(int year, int month) => new DateOnly(year, month, 1).ToString("MMMM", Format);

    /// <summary>A day and its weekday.</summary>
    /// <param name="day">The day.</param>
    public static string Date(DateOnly day) => $"{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} {Format.GetAbbreviatedDayName(day.DayOfWeek)}";

    /// <summary>A period of working hours.</summary>
    /// <param name="period">The period.</param>
    public static string Period(WorkingPeriod period) => $"{Time(period.From)}–{(period.To == TimeOnly.MinValue ? "24:00" : Time(period.To))}";

    /// <summary>Working hours.</summary>
    /// <param name="hours">The periods.</param>
    public static string Hours(IEnumerable<WorkingPeriod> hours) => string.Join(", ", hours.Select(Period));

    /// <summary>A time of the day.</summary>
    /// <param name="time">The time.</param>
    public static string Time(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>What a day is.</summary>
    /// <param name="day">The day.</param>
    /// <param name="special">What is said of it, or null.</param>
    public string Kind(DateOnly day, SpecialDay? special) => special switch
    {
        null => text[WorkingCalendar.IsWeekend(day) ? "KindWeekend" : "KindWork"],
        { IsWorked: true } => Named("KindWorked", special.Name),
        _ => Named("KindOff", special.Name),
    };

    /// <summary>A day and what it is.</summary>
    /// <param name="day">The day.</param>
    /// <param name="special">What is said of it, or null.</param>
    public string Day(DateOnly day, SpecialDay? special) => $"{Date(day)} {Kind(day, special)}";

    /// <summary>Why something is not possible.</summary>
    /// <param name="refusal">The reason.</param>
    public string Sentence(Refusal refusal) => text["Fault." + refusal.Code, refusal.Arguments];

    /// <summary>All that one document says differently from another.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public IReadOnlyList<string> Changes(CalendarDocument before, CalendarDocument after) =>
    [
        .. CalendarEdits.HoursChanged(before, after) ? [text["ChangeHours", Hours(before.Hours), Hours(after.Hours)].Value] : (string[])[],
        .. CalendarEdits.YearsChanged(before, after).Select(change => text[change.IsPublished ? "ChangePublished" : "ChangeProvisional", change.Year].Value),
        .. CalendarEdits.DaysChanged(before, after).Select(change => text["ChangeDay", Date(change.Date), Kind(change.Date, change.Before), Kind(change.Date, change.After)].Value),
    ];

    private string Named(string kind, string name) => name.Length == 0 ? text[kind] : text[kind + "Named", name];
}
