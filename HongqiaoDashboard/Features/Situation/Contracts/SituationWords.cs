using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>
/// The picture's codes in words, in the language of the current user: one place for the overview and for every board.
/// </summary>
internal sealed class SituationWords(
    IStringLocalizer<SituationTexts> text, IStringLocalizer<KpiTexts> kpiText, IIncidentCatalog catalog, IGridDirectory grids)
{
    private static bool IsChinese => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "zh";

    /// <summary>Name of the district that the platform serves.</summary>
    public string District => grids.Current.Root.Name;

    /// <summary>IANA name of the zone whose days count.</summary>
    public string TimeZone => grids.Current.TimeZone.Id;

    /// <summary>Name of a figure.</summary>
    /// <param name="key">Key of the figure.</param>
    public string Kpi(string key) => kpiText["Kpi." + key];

    /// <summary>What the numerator of a rate counts.</summary>
    /// <param name="key">Key of the figure.</param>
    public string Numerator(string key) => kpiText["Numerator." + key];

    /// <summary>What the denominator of a rate counts.</summary>
    /// <param name="key">Key of the figure.</param>
    public string Denominator(string key) => kpiText["Denominator." + key];

    /// <summary>Name of a period.</summary>
    /// <param name="period">Name on the wire, not one of the previous ones.</param>
    public string Period(string period) => text["Period_" + period];

    /// <summary>Name of a state.</summary>
    /// <param name="state">State as in the card.</param>
    public string State(string state) => text["State_" + state];

    /// <summary>Name of a type; its code when the catalogue no longer has it.</summary>
    /// <param name="code">Code of the type.</param>
    public string Type(string code) => catalog.Type(code) is { } type ? IsChinese ? type.Name : type.NameEn : code;

    /// <summary>Name of a category; its code when the catalogue no longer has it.</summary>
    /// <param name="code">Code of the category.</param>
    public string Category(string code) => catalog.Category(code) is { } category ? IsChinese ? category.Name : category.NameEn : code;

    /// <summary>Name of a grid of the present edition; its code when it has none.</summary>
    /// <param name="code">Grid code of any tier.</param>
    public string Grid(string code) => grids.Current.Find(code)?.Name ?? code;

    /// <summary>Name of a grid for where there is little room: a community without the committee that serves it.</summary>
    /// <param name="unit">The grid.</param>
    public string Brief(GridUnit unit) => unit.Tier == GridTier.Community ? Without(unit.Name, text["CommitteeSuffix"]) : unit.Name;

    /// <summary>Name of a grid for where its tier goes without saying, as on a map.</summary>
    /// <param name="unit">The grid.</param>
    public string Shortest(GridUnit unit) => unit.Tier == GridTier.Community ? Without(Brief(unit), text["CommunitySuffix"]) : unit.Name;

    private static string Without(string name, string suffix) =>
        name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal) ? name[..^suffix.Length] : name;

    /// <summary>Street and community of a grid, as far as the present edition knows them.</summary>
    /// <param name="gridCode">Code of a basic grid of any edition.</param>
    /// <param name="brief">Whether there is little room.</param>
    public string Place(string gridCode, bool brief = false)
    {
        var edition = grids.Current;
        // A case keeps the code that it had; where an edition has dropped that grid, its street may still be there.
        var names = Enumerable.Range(1, gridCode.Length)
            .Select(length => edition.Find(gridCode[..length]))
            .Where(unit => unit?.Tier is GridTier.Street or GridTier.Community)
            .Select(unit => brief ? Brief(unit!) : unit!.Name);
        return string.Join(" · ", names) is { Length: > 0 } place ? place : gridCode;
    }

    /// <summary>An instant by the district's clock: the time if it is of today, otherwise with the day.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="now">The instant that counts as now.</param>
    public string Time(DateTimeOffset instant, DateTimeOffset now)
    {
        var zone = grids.Current.TimeZone;
        return zone.At(instant).ToString(zone.DayOf(instant) == zone.DayOf(now) ? "HH:mm" : "MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    /// <summary>Hours since the day of an instant began, by the district's clock.</summary>
    /// <param name="instant">The instant.</param>
    public double HourOf(DateTimeOffset instant) => grids.Current.TimeZone.At(instant).TimeOfDay.TotalHours;

    /// <summary>The day of an instant by the district's calendar.</summary>
    /// <param name="instant">The instant.</param>
    public DateOnly Day(DateTimeOffset instant) => grids.Current.TimeZone.DayOf(instant);

    /// <summary>A figure as text with its unit; a dash without a value.</summary>
    /// <param name="kpi">The figure; null is fine.</param>
    public static string Value(SituationKpi? kpi) => kpi?.Value is not { } value ? "—" : kpi.Denominator is null
        ? value.ToString("N0", CultureInfo.CurrentCulture)
        : value.ToString("N2", CultureInfo.CurrentCulture) + " %";

    /// <summary>How a figure compares with the same span of the period before; null for a period without one.</summary>
    /// <param name="snapshot">The picture.</param>
    /// <param name="key">Key of the figure.</param>
    /// <param name="period">Its period.</param>
    public string? Compare(SituationSnapshot snapshot, string key, string period)
    {
        if (snapshot.Kpi(key, period) is not { } kpi || snapshot.Kpi(key, period + "Previous") is not { } before)
        {
            return null;
        }

        var difference = kpi.Value - before.Value;
        var shown = difference switch
        {
            null => "—",
            0 => text["Same"].Value,
            _ when kpi.Denominator is null => difference.Value.ToString("+#,0;−#,0", CultureInfo.CurrentCulture),
            _ => difference.Value.ToString("+0.00;−0.00", CultureInfo.CurrentCulture) + " " + text["Points"],
        };
        return $"{text["Previous_" + period]} {shown}";
    }
}

/// <summary>Questions to a picture that more than one page asks.</summary>
internal static class SituationLookups
{
    /// <summary>A figure of a period, or null.</summary>
    /// <param name="snapshot">The picture.</param>
    /// <param name="key">Key of the figure.</param>
    /// <param name="period">Its period.</param>
    public static SituationKpi? Kpi(this SituationSnapshot snapshot, string key, string period)
    {
        foreach (var kpi in snapshot.Kpis)
        {
            if (kpi.Key == key && kpi.Period == period)
            {
                return kpi;
            }
        }

        return null;
    }
}
