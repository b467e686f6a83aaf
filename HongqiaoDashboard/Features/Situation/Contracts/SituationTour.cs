using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Ui.Map;
using Microsoft.AspNetCore.WebUtilities;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>
/// What the map of a board shows, and in which order, as an address says it: <c>?tier=street|community|basic</c>,
/// <c>?street=CODE</c> (its street from within), <c>?heat=1</c>, <c>?tour=tiers|streets|off</c>, <c>?every=SECONDS</c>. Whoever
/// names a view gets it standing still; whoever names nothing gets a tour through the tiers and the heat. What makes no
/// sense is passed over: a board cannot be asked again.
/// </summary>
/// <param name="Views">Views to switch between.</param>
/// <param name="View">The view to begin with.</param>
/// <param name="Stops">The tour; empty for none.</param>
/// <param name="Seconds">How long each stop lasts.</param>
internal sealed record SituationTour(IReadOnlyList<MapView> Views, MapView View, IReadOnlyList<MapView> Stops, int Seconds)
{
    private const int Usual = 30;
    private const int Shortest = 5;
    private const int Longest = 3600;

    /// <summary>Filled tiers, the coarsest first.</summary>
    public static readonly GridTier[] Tiers = [GridTier.Street, GridTier.Community, GridTier.Basic];

    /// <summary>The tour of an address.</summary>
    /// <param name="edition">The grids in force.</param>
    /// <param name="query">Query of the board's address.</param>
    /// <param name="text">Name of a tier or of the heat.</param>
    public static SituationTour From(GridEdition edition, string? query, Func<string, string> text)
    {
        var asked = QueryHelpers.ParseQuery(query);
        string? Asked(string name) => asked.TryGetValue(name, out var values) ? values[^1] : null;

        MapView Tier(GridTier t) => new(t.ToString()) { Text = text("Tier_" + t) };
        var surface = new MapView(nameof(GridTier.Basic)) { Heat = true, Text = text("ViewHeat") };
        IReadOnlyList<MapView> views = [.. Tiers.Select(Tier), surface];

        var wantsHeat = Asked("heat") is "1" or "true";
        GridTier? chosen = Enum.TryParse<GridTier>(Asked("tier"), ignoreCase: true, out var parsed) && Tiers.Contains(parsed) ? parsed : null;
        var focus = edition.Find(Asked("street")) is { Tier: GridTier.Street } unit ? unit.Code : null;
        var view = wantsHeat ? surface : Tier(chosen ?? GridTier.Basic) with { Focus = focus };
        IReadOnlyList<MapView> stops = Asked("tour") switch
        {
            "off" => [],
            "streets" => [Tier(GridTier.Street), .. edition.Children(edition.Root.Code).Select(s => Tier(GridTier.Basic) with { Focus = s.Code })],
            "tiers" => Round(views),
            _ => wantsHeat || chosen is not null || focus is not null ? [] : Round(views),
        };
        var seconds = int.TryParse(Asked("every"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, Shortest, Longest) : Usual;
        return new SituationTour(views, view, stops, seconds);
    }

    // The grids themselves stand twice as long as each summary of them.
    private static IReadOnlyList<MapView> Round(IReadOnlyList<MapView> views) => [views[2], views[2], views[3], views[1], views[0]];
}
