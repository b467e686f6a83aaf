using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Pages;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>How campaigns are spoken of, in the language of the current user and by the district's calendar.</summary>
internal sealed class PageWords(IStringLocalizer<CampaignPageTexts> text, IIncidentCatalog catalog, IGridDirectory grids)
{
    private static bool English => CultureInfo.CurrentUICulture.Name == "en";

    /// <summary>IANA name of the zone whose days count.</summary>
    public string TimeZone => grids.Current.TimeZone.Id;

    /// <summary>Name of a campaign.</summary>
    public static string Name(CampaignDefinition definition) => English ? definition.NameEn : definition.Name;

    /// <summary>Name of a stage; its code where the definition has dropped it.</summary>
    public static string Stage(CampaignDefinition definition, string code) => definition.Stages.FirstOrDefault(stage => stage.Code == code)?.Name.Here ?? code;

    /// <summary>Name of a measure; its code where the definition has dropped it.</summary>
    public static string Measure(CampaignDefinition definition, string code) => definition.Measures.FirstOrDefault(measure => measure.Code == code)?.Name.Here ?? code;

    /// <summary>A whole number.</summary>
    public static string Count(long amount) => amount.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>An amount with its unit.</summary>
    public static string Amount(long amount, CampaignMeasure measure) => $"{Count(amount)} {measure.Unit.Here}";

    /// <summary>A speed, with a decimal where it is low.</summary>
    public static string Speed(double perDay) => perDay.ToString(Math.Abs(perDay) < 100 ? "N1" : "N0", CultureInfo.CurrentCulture);

    /// <summary>A share in per cent, cut to two decimals and never rounded up: 100 only when nothing is missing. Null of nothing.</summary>
    public static double? Share(long done, long total) => total <= 0 ? null : Math.Floor(done * 10_000m / total) is var cut ? (double)(cut / 100) : null;

    /// <summary>A share as text; a dash of nothing.</summary>
    public static string ShareText(long done, long total) => Share(done, total) is { } share ? share.ToString("N2", CultureInfo.CurrentCulture) + " %" : "—";

    /// <summary>A length of a bar in CSS.</summary>
    public static string Length(double part, double whole) => string.Create(CultureInfo.InvariantCulture, $"{Ratio(part, whole) * 100:0.###}%");

    /// <summary>The same as a number.</summary>
    public static string Part(double part, double whole) => Ratio(part, whole).ToString("0.####", CultureInfo.InvariantCulture);

    private static double Ratio(double part, double whole) => whole <= 0 ? 0 : Math.Clamp(part / whole, 0, 1);

    /// <summary>A day.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day, or a dash.</summary>
    public static string Day(DateOnly? day) => day is { } known ? Day(known) : "—";

    /// <summary>Between which days it will be clear, or that this is out of sight.</summary>
    public string Range(CampaignForecast forecast) => forecast.Earliest is { } earliest
        ? text["Span", Day(earliest), Bound(forecast.Latest, forecast)]
        : Bound(null, forecast);

    /// <summary>A day of a forecast; beyond its horizon it is only known to be later.</summary>
    public string Bound(DateOnly? day, CampaignForecast forecast) => day is { } known ? Day(known) : text["After", Day(forecast.Horizon)];

    /// <summary>A day by month and weekday.</summary>
    public string LongDay(DateOnly day) => day.ToString(text["LongDay"], CultureInfo.CurrentCulture);

    /// <summary>An instant by the district's clock.</summary>
    public string When(DateTimeOffset instant) => grids.Current.TimeZone.At(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The street that answers for an item: the code of its grid, cut to nine digits.</summary>
    public static string StreetCode(CampaignItem item) => item.GridCode.Length > 9 ? item.GridCode[..9] : item.GridCode;

    /// <summary>Name of that street.</summary>
    public string Street(CampaignItem item) => Grid(StreetCode(item));

    /// <summary>Street and community of an item.</summary>
    public string Place(CampaignItem item) =>
        string.Join(" · ", grids.Current.Path(item.GridCode).Where(unit => unit.Tier is GridTier.Street or GridTier.Community).Select(unit => unit.Name)) is { Length: > 0 } place
            ? place
            : Grid(item.GridCode);

    /// <summary>Who leads the work on an item.</summary>
    public string Lead(CampaignItem item) => item.Lead is null ? Street(item) : Department(item.Lead);

    /// <summary>Name of a department.</summary>
    public string Department(string code) => catalog.Department(code) is { } known ? English ? known.NameEn : known.Name : code;

    /// <summary>Name of a type of cases.</summary>
    public string Type(string code) => catalog.Type(code) is { } known ? English ? known.NameEn : known.Name : code;

    /// <summary>What a day moved, as a list in the order of the stages; a phrase for nothing.</summary>
    public string Moved(CampaignDefinition definition, IEnumerable<StageAmount> amounts)
    {
        var said = from stage in definition.Stages
                   from amount in amounts
                   where amount.Stage == stage.Code && amount.Amount != 0
                   let measure = definition.Measures.FirstOrDefault(m => m.Code == amount.Measure)
                   select definition.WholeItems
                       ? stage.Name.Here
                       : text["MovedPart", stage.Name.Here, Count(amount.Amount), measure?.Unit.Here ?? amount.Measure].Value;
        return string.Join(text["Comma"], said.Distinct()) is { Length: > 0 } list ? list : text["MovedNothing"];
    }

    private string Grid(string code) => grids.Current.Find(code)?.Name ?? grids.Editions.Select(edition => edition.Find(code)?.Name).LastOrDefault(name => name is not null) ?? code;
}
