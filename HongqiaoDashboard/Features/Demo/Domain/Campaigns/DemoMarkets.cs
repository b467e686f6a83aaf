using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Demo.Domain.Campaigns;

/// <summary>Made-up street markets: as many of each kind as were published, cleared in as many days.</summary>
internal static class DemoMarkets
{
    // Sites before this number are parcels.
    private const int FirstSite = 75;

    /// <summary>Makes items and days.</summary>
    /// <param name="seed">Seed of the demo.</param>
    /// <param name="plan">What is to come out.</param>
    /// <param name="sites">Where things lie.</param>
    /// <param name="days">Makes the entries.</param>
    public static IEnumerable<(CampaignItem Item, IReadOnlyList<CampaignEntry> Entries)> Make(int seed, MarketPlan plan, DemoSites sites, DemoDays days)
    {
        var random = StableRandom.Of(seed, "markets", 0);
        var last = days.Today.AddDays(-plan.EndedDaysAgo);
        var first = last.AddDays(1 - plan.Days);
        var kinds = Kinds(plan).ToList();
        // The order of the clearances is not that of the codes.
        var order = kinds.Select((_, i) => (Place: i, Draw: random.Unit())).OrderBy(pair => pair.Draw).Select((pair, rank) => (pair.Place, rank)).ToDictionary(pair => pair.Place, pair => pair.rank);
        for (var i = 0; i < kinds.Count; i++)
        {
            var (site, rank) = (sites.At(FirstSite + i), order[i]);
            var cleared = rank == kinds.Count - 1 ? last : first.AddDays(9 + ((plan.Days - 12) * rank / kinds.Count) + random.Below(3));
            var notified = rank == 0 ? first : Later(first, cleared.AddDays(-12 - random.Below(9)));
            var item = new CampaignItem
            {
                Code = "M" + (i + 1).ToString("00", CultureInfo.InvariantCulture),
                Name = kinds[i].ItemName.Replace(DemoCampaignFile.PlaceMark, site.Name, StringComparison.Ordinal),
                Kind = kinds[i].Kind,
                GridCode = site.GridCode,
                Point = site.Point,
                Lead = plan.Lead,
                Helpers = [.. plan.Helpers.Where(_ => random.Chance(0.7))],
                PlannedFrom = notified,
                PlannedTo = Earlier(last, cleared.AddDays(random.Below(9) - 3)),
                Totals = new Dictionary<string, long> { [plan.Measure] = 1 },
                Source = DemoCases.Source,
            };
            (string Stage, DateOnly Day)[] steps =
                [(plan.Notified, notified), (plan.Clearing, cleared.AddDays(-2 - random.Below(4))), (plan.Cleared, cleared), (plan.Restored, cleared.AddDays(8 + random.Below(22)))];
            yield return (item, [.. steps.Where(step => step.Day < days.Today).Select(step => days.Entry(item.Code, step.Day, [new StageAmount(step.Stage, plan.Measure, 1)]))]);
        }
    }

    /// <summary>Where the markets are, or were: cases of vending come there more often.</summary>
    /// <param name="plan">What they are made from.</param>
    /// <param name="sites">Where things lie.</param>
    public static IReadOnlyList<GeoPoint> Places(MarketPlan plan, DemoSites sites) => [.. Kinds(plan).Select((_, i) => sites.At(FirstSite + i).Point)];

    private static IEnumerable<MarketKind> Kinds(MarketPlan plan) => plan.Kinds.SelectMany(kind => Enumerable.Repeat(kind, kind.Count));

    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : b;

    private static DateOnly Earlier(DateOnly a, DateOnly b) => a < b ? a : b;
}
