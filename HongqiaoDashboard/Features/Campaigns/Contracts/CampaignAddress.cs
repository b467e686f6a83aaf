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

    /// <summary>Where photographs of an item are uploaded.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="moment">What they show.</param>
    /// <param name="takenOn">The day on which they were taken; null where that is not known.</param>
    public static string Photos(string campaign, string item, PhotoMoment moment, DateOnly? takenOn) =>
        $"{Photos(campaign, item)}/{(moment == PhotoMoment.Before ? "before" : "after")}{(takenOn is { } day ? $"?taken={day:yyyy-MM-dd}" : "")}";

    /// <summary>A photograph of an item.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="hash">The photograph.</param>
    public static string Photo(string campaign, string item, string hash) => $"{Photos(campaign, item)}/{hash}.jpg";

    /// <summary>The thumbnail of a photograph of an item.</summary>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="item">Item code.</param>
    /// <param name="hash">The photograph.</param>
    public static string Thumbnail(string campaign, string item, string hash) => $"{Photos(campaign, item)}/{hash}/thumb";

    private static string Photos(string campaign, string item) => $"/api/campaigns/{Uri.EscapeDataString(campaign)}/items/{Uri.EscapeDataString(item)}/photos";
}
