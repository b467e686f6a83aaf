namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>Addresses of the campaigns, for whoever links to them.</summary>
public static class CampaignAddress
{
    /// <summary>The page of a campaign, and of one item on it.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code; null for none.</param>
    public static string Of(string campaign, string? item = null) =>
        $"/campaigns/{Uri.EscapeDataString(campaign)}{(item is null ? "" : $"?item={Uri.EscapeDataString(item)}")}";

    /// <summary>Points and outlines of a campaign's items as a GeoJSON FeatureCollection, those that the caller may see.</summary>
    /// <param name="campaign">Campaign code.</param>
    public static string Outlines(string campaign) => $"/api/campaigns/{Uri.EscapeDataString(campaign)}/items.geojson";
}
