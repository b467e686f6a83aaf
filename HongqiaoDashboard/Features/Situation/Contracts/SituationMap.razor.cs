using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Ui.Map;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>
/// Open cases by grid on the map of the present edition. It is told of a new picture by <see cref="ShowAsync"/> and sends
/// only what differs from the last one; it does not render for that.
/// </summary>
public sealed partial class SituationMap
{
    // A case that was reported longer ago is no news, for example after a wall was asleep.
    private static readonly TimeSpan News = TimeSpan.FromMinutes(2);

    private LeafletMap? _map;
    private MapOptions? _options;
    private GridEdition? _edition;
    private GridTier _shownTier;
    private SituationSnapshot? _newest;
    private SituationSnapshot? _painted;
    private bool _ready;

    /// <summary>Which grids take colours; a board's tour says so itself.</summary>
    [Parameter]
    public GridTier Tier { get; set; } = GridTier.Basic;

    /// <summary>
    /// Whether it hangs on a wall: it tours through its views by itself. A hall with a mouse or a keyboard can steer it.
    /// </summary>
    [Parameter]
    public bool Board { get; set; }

    /// <summary>Query of the board's address, which says what it shows: see <see cref="SituationTour"/>.</summary>
    [Parameter]
    public string? Query { get; set; }

    /// <summary>Raised with the code of a grid that was clicked.</summary>
    [Parameter]
    public EventCallback<string> OnCell { get; set; }

    /// <summary>Style class of the map.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>Shows a picture.</summary>
    /// <param name="snapshot">The newest picture.</param>
    public async Task ShowAsync(SituationSnapshot snapshot)
    {
        _newest = snapshot;
        if (!ReferenceEquals(_edition, Grids.Current))
        {
            Draw();
            StateHasChanged();
        }

        await PaintAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_options is null)
        {
            Draw();
        }
        else if (_shownTier != Tier)
        {
            _shownTier = Tier;
            await (_map?.SetViewAsync(new MapView(Tier.ToString())) ?? ValueTask.CompletedTask);
        }
    }

    private void Draw()
    {
        (_edition, _shownTier, _painted, _ready) = (Grids.Current, Tier, null, false);
        var bounds = _edition.Bounds;
        var tour = Board ? SituationTour.From(_edition, Query, key => Text[key]) : null;
        List<GeoJsonDataLayer> layers = [.. SituationTour.Tiers.Select(tier => Layer(tier, "fill", 0))];
        layers.AddRange(new[] { (GridTier.Community, 0.8), (GridTier.Street, 2.2), (GridTier.District, 3.2) }.Select(outline => Layer(outline.Item1, "line", outline.Item2)));
        _options = new MapOptions(bounds.MinLatitude, bounds.MinLongitude, bounds.MaxLatitude, bounds.MaxLongitude, layers)
        {
            View = tour?.View ?? new MapView(Tier.ToString()),
            Views = tour?.Views ?? [],
            Tour = tour?.Stops ?? [],
            TourSeconds = tour?.Seconds ?? 0,
            WholeText = Text["MapWhole"],
            Labels = [.. _edition.Units.Where(unit => unit.Tier is GridTier.Street || (Board && unit.Tier is GridTier.Community)).Select(Label)],
            Legend = new MapLegend(
                Text["LegendTitle"], Text["LegendOverdue"], Board ? null : Text["LegendHeat"].Value, _edition.IsSchematic ? Text["Schematic"].Value : null,
                Text["LegendLow"], Text["LegendHigh"]),
            Interactive = !Board,
            ZoomControl = !Board,
            ValueText = Text["TooltipOpen"],
            MarkedText = Text["TooltipOverdue"],
        };
    }

    private MapLabel Label(GridUnit unit) => new(unit.Centre.Latitude, unit.Centre.Longitude, Words.Shortest(unit))
    {
        Code = unit.Code,
        Within = unit.Tier == GridTier.Street ? null : unit.ParentCode,
    };

    private GeoJsonDataLayer Layer(GridTier tier, string kind, double weight) => new($"/api/grids/{_edition!.Id}/{tier}.geojson", kind) { Weight = weight, Group = tier.ToString() };

    private Task ReadyAsync()
    {
        _ready = true;
        return PaintAsync();
    }

    private async Task PaintAsync()
    {
        if (!_ready || _map is null || _newest is not { } next || ReferenceEquals(next, _painted))
        {
            return;
        }

        var before = _painted?.Epoch == next.Epoch ? _painted : null;
        _painted = next;
        var changed = before is null ? next.Heat : SituationDelta.Between(before, next).Heat;
        var done = await _map.SetCellsAsync([.. changed
            .Where(cell => _edition!.Find(cell.Code) is { Tier: not GridTier.District })
            .Select(cell => new MapCell(cell.Code, cell.Open, cell.Overdue))]);
        if (!done)
        {
            // Lost on the way: the next picture is painted as a whole.
            _painted = null;
        }
        else if (before is not null)
        {
            var known = before.Stream.Select(card => card.Number).ToHashSet();
            await _map.PulseAsync([.. next.Stream
                .Where(card => !known.Contains(card.Number) && next.AsOf - card.ReportedAt < News)
                .Select(card => new GeoPoint(card.Lat, card.Lon))]);
        }
    }
}
