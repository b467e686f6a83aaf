using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>What an item must be.</summary>
internal static partial class ItemFaults
{
    /// <summary>Longest name.</summary>
    public const int LongestName = 80;

    /// <summary>Longest kind.</summary>
    public const int LongestKind = 40;

    /// <summary>Most corners of an outline.</summary>
    public const int MostCorners = 500;

    /// <summary>Most in all of a measure.</summary>
    public const long MostTotal = 1_000_000_000_000;

    /// <summary>All faults of an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="definition">Its campaign.</param>
    /// <param name="edition">The grids in force.</param>
    /// <param name="knowsDepartment">Whether a code is a department.</param>
    public static IEnumerable<Refusal> Of(CampaignItem item, CampaignDefinition definition, GridEdition edition, Func<string, bool> knowsDepartment)
    {
        if (!Code().IsMatch(item.Code))
        {
            yield return new("ItemCode");
        }

        if (string.IsNullOrWhiteSpace(item.Name) || item.Name.Length > LongestName)
        {
            yield return new("ItemName", LongestName);
        }

        if (item.Kind.Length > LongestKind)
        {
            yield return new("ItemKind", LongestKind);
        }

        if (edition.Find(item.GridCode) is not { } grid || grid.Tier == GridTier.District)
        {
            yield return new("ItemGrid", item.GridCode);
        }

        if (!GeoPoint.TryCreate(item.Point.Latitude, item.Point.Longitude, out _) || edition.Locate(item.Point) is null)
        {
            yield return new("ItemPoint");
        }

        if (item.Outline.Count is 1 or 2 or > MostCorners || item.Outline.Any(corner => !GeoPoint.TryCreate(corner.Latitude, corner.Longitude, out _)))
        {
            yield return new("ItemOutline", MostCorners);
        }

        foreach (var department in item.Helpers.Append(item.Lead ?? "").Where(code => code.Length > 0 && !knowsDepartment(code)))
        {
            yield return new("ItemDepartment", department);
        }

        if (item.PlannedFrom > item.PlannedTo)
        {
            yield return new("ItemPlan");
        }

        foreach (var fault in TotalsOf(item, definition))
        {
            yield return fault;
        }
    }

    private static IEnumerable<Refusal> TotalsOf(CampaignItem item, CampaignDefinition definition)
    {
        foreach (var (code, total) in item.Totals)
        {
            if (definition.Measure(code) is not { } measure)
            {
                yield return new("ItemMeasure", code);
            }
            else if (total is < 0 or > MostTotal)
            {
                yield return new("ItemTotal", measure.Name, MostTotal);
            }
            else if (definition.WholeItems && total != 1)
            {
                yield return new("ItemNotWhole", measure.Name);
            }
        }

        if (item.Total(definition.Leading.Code) == 0)
        {
            yield return new("ItemNothing", definition.Leading.Name);
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9\-]{0,31}\z")]
    private static partial Regex Code();
}
