using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>What is kept of a campaign, which a next version of its definition must leave readable.</summary>
/// <param name="Items">How many items it has.</param>
/// <param name="FirstDay">Day of its first entry; null without any.</param>
/// <param name="Reached">Where amounts stand, whichever item: stage and measure.</param>
/// <param name="Totals">Measures of which items have something in all.</param>
/// <param name="OnlyWhole">Whether every item has one in all of whatever it has.</param>
internal sealed record CampaignUse(
    int Items, DateOnly? FirstDay, IReadOnlySet<(string Stage, string Measure)> Reached, IReadOnlySet<string> Totals, bool OnlyWhole)
{
    /// <summary>What items and entries use.</summary>
    /// <param name="items">The items as they are.</param>
    /// <param name="entries">The newest revision of each day.</param>
    public static CampaignUse Of(IReadOnlyCollection<CampaignItem> items, IReadOnlyCollection<CampaignEntry> entries) => new(
        items.Count,
        entries.Count == 0 ? null : entries.Min(entry => entry.Day),
        entries.SelectMany(entry => entry.Amounts).Where(amount => amount.Amount != 0).Select(amount => (amount.Stage, amount.Measure)).ToHashSet(),
        items.SelectMany(item => item.Totals).Where(total => total.Value != 0).Select(total => total.Key).ToHashSet(),
        items.All(item => item.Totals.Values.All(total => total is 0 or 1)));
}
