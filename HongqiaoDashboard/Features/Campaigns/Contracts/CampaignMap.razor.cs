using HongqiaoDashboard.Features.Campaigns.Components;
using HongqiaoDashboard.Features.Campaigns.Pages;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Ui.Map;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>
/// The items of a campaign on the map, coloured by what is done of the leading measure, or by their stage where each is one
/// thing. Flagged ones stand out by their outline, those that a case blocks by dashes. Only items that changed are sent again.
/// </summary>
public sealed partial class CampaignMap
{
    private readonly Dictionary<string, MapCell> _painted = [];
    private LeafletMap? _map;
    private MapOptions? _options;
    private GridEdition? _edition;
    private IReadOnlyList<CampaignItem> _items = [];
    private string? _code;
    private string? _marked;
    private bool _ready;

    /// <summary>The campaign as it is shown.</summary>
    [Parameter, EditorRequired]
    public CampaignPicture Picture { get; set; } = default!;

    /// <summary>Code of the item that is chosen; null for none.</summary>
    [Parameter]
    public string? Selected { get; set; }

    /// <summary>Raised with the code of an item that was clicked.</summary>
    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    /// <summary>Whether it hangs on a wall: it stands still, and rings around an item whose flag has just been raised.</summary>
    [Parameter]
    public bool Board { get; set; }

    /// <summary>Style class of the map.</summary>
    [Parameter]
    public string? Class { get; set; }

    [Inject]
    private IGridDirectory Grids { get; set; } = default!;

    [Inject]
    private IStringLocalizer<CampaignPageTexts> Text { get; set; } = default!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        // Other places or other outlines make another map; what they show does not.
        if (_code == Picture.Definition.Code && ReferenceEquals(_edition, Grids.Current)
            && _items.SequenceEqual(Picture.Items.Select(standing => standing.Item), ReferenceEqualityComparer.Instance))
        {
            return;
        }

        (_code, _edition, _items) = (Picture.Definition.Code, Grids.Current, [.. Picture.Items.Select(standing => standing.Item)]);
        (_ready, _marked) = (false, null);
        _painted.Clear();
        _options = Draw(_edition, Picture.Definition);
    }

    /// <inheritdoc/>
    protected override Task OnAfterRenderAsync(bool firstRender) => PaintAsync();

    private MapOptions Draw(GridEdition edition, CampaignDefinition definition)
    {
        var bounds = edition.Bounds;
        var streets = $"/api/grids/{edition.Id}/{GridTier.Street}.geojson";
        var classes = CampaignShades.Classes(definition, Text);
        return new MapOptions(bounds.MinLatitude, bounds.MinLongitude, bounds.MaxLatitude, bounds.MaxLongitude,
        [
            new GeoJsonDataLayer($"{CampaignAddress.Outlines(definition.Code)}?v={_items.Count}.{_items.Sum(item => item.Version)}", "fill") { Group = "items" },
            new GeoJsonDataLayer(streets, "line") { Weight = 1.6 },
        ])
        {
            Labels = [.. edition.Units.Where(unit => unit.Tier == GridTier.Street).Select(unit => new MapLabel(unit.Centre.Latitude, unit.Centre.Longitude, unit.Name))],
            Classes = classes,
            Legend = new MapLegend(
                definition.WholeItems ? Text["LegendStage"] : Text["LegendShare", definition.Leading.Name.Here],
                definition.Relapse is null ? null : Text["LegendFlag"].Value,
                Note: edition.IsSchematic ? Text["Schematic"].Value : null) { Barred = Text["LegendBlocked"], Zero = definition.WholeItems ? Text["NotBegun"] : "0" },
            Interactive = !Board,
            ZoomControl = !Board,
        };
    }

    private Task ReadyAsync()
    {
        _ready = true;
        return PaintAsync();
    }

    private async Task PaintAsync()
    {
        if (!_ready || _map is null)
        {
            return;
        }

        var changed = Picture.Items.Select(Cell).Where(cell => !_painted.TryGetValue(cell.Code, out var known) || known != cell).ToList();
        if (changed.Count > 0)
        {
            var raised = Picture.Items.Where(standing => standing.Flag == RelapseFlag.Raised && _painted.TryGetValue(standing.Item.Code, out var known) && known.Marked == 0).Select(standing => standing.Item.Point).ToList();
            changed.ForEach(cell => _painted[cell.Code] = cell);
            if (!await _map.SetCellsAsync(changed))
            {
                // Lost on the way: the next picture is painted as a whole.
                _painted.Clear();
            }
            else if (Board)
            {
                await _map.PulseAsync(raised);
            }
        }

        if (_marked != Selected)
        {
            _marked = Selected;
            await _map.MarkAsync(Selected, move: false);
        }
    }

    private MapCell Cell(ItemStanding standing) => new(standing.Item.Code, CampaignShades.Value(Picture.Definition, standing), standing.Flag == RelapseFlag.Raised ? 1 : 0)
    {
        Barred = standing.Blockers.Any(blocker => blocker.IsOpen),
        Text = CampaignShades.Figures(Picture.Definition, standing, Text),
    };
}
