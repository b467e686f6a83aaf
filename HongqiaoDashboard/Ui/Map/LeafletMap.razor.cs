using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Ui.Map;

/// <summary>
/// A Leaflet map on canvases. Shapes are loaded once by address; afterwards only values of changed shapes cross the
/// circuit, and only those shapes are drawn again.
/// </summary>
public sealed partial class LeafletMap
{
    private ElementReference _element;
    private JsPart? _map;
    private DotNetObjectReference<LeafletMap>? _self;
    private bool _disposed;

    /// <summary>Style class of the host element.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>What the map shows, for those who do not see it.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>How the map begins: bounds, layers, palette.</summary>
    [Parameter, EditorRequired]
    public MapOptions Options { get; set; } = default!;

    /// <summary>Raised once the map is there and its shapes are loaded; values set before are lost.</summary>
    [Parameter]
    public EventCallback OnReady { get; set; }

    /// <summary>Raised with the code of a filled shape that was clicked. Without a listener the shapes take no clicks.</summary>
    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    /// <summary>Sets values of shapes, by code; what stands out stays.</summary>
    /// <param name="values">Code and value of each changed shape.</param>
    /// <returns>Whether the browser shows them; false when it is away, and then nothing is known of what it shows.</returns>
    public ValueTask<bool> SetValuesAsync(IReadOnlyDictionary<string, double> values) =>
        values.Count == 0 ? ValueTask.FromResult(true) : CallAsync("setCells", (object)values.Select(v => new object[] { v.Key, v.Value }).ToArray());

    /// <summary>Sets what shapes show.</summary>
    /// <param name="cells">The changed shapes.</param>
    /// <returns>Whether the browser shows them; false when it is away, and then nothing is known of what it shows.</returns>
    public ValueTask<bool> SetCellsAsync(IReadOnlyCollection<MapCell> cells) =>
        cells.Count == 0 ? ValueTask.FromResult(true) : CallAsync("setCells", (object)cells.Select(c => new object[] { c.Code, c.Value, c.Marked }).ToArray());

    /// <summary>Rings once around places where something has just happened.</summary>
    /// <param name="points">The places, WGS-84.</param>
    public async ValueTask PulseAsync(IReadOnlyCollection<GeoPoint> points)
    {
        if (points.Count > 0)
        {
            await CallAsync("pulse", (object)points.Select(p => new[] { p.Latitude, p.Longitude }).ToArray());
        }
    }

    /// <summary>Marks one shape of any layer, in place of the one that was marked.</summary>
    /// <param name="code">The shape's code; null or unknown marks none.</param>
    /// <param name="move">Whether the map also turns to it, or back to the whole when there is none.</param>
    public async ValueTask MarkAsync(string? code, bool move) => await CallAsync("mark", code, move);

    /// <summary>Shows values as a smooth surface in place of classes, or as classes again.</summary>
    /// <param name="on">Whether the surface is wanted.</param>
    public async ValueTask SetHeatAsync(bool on) => await CallAsync("setHeat", on);

    /// <summary>Shows another tier, or another part. Values of all tiers are kept, so nothing must be sent again.</summary>
    /// <param name="view">What to show.</param>
    public async ValueTask SetViewAsync(MapView view) => await CallAsync("setView", view);

    /// <summary>Called by the browser when the shapes are loaded.</summary>
    [JSInvokable]
    public Task Loaded() => _disposed ? Task.CompletedTask : InvokeAsync(OnReady.InvokeAsync);

    /// <summary>Called by the browser when a shape is clicked.</summary>
    /// <param name="code">Code of the shape.</param>
    [JSInvokable]
    public Task Select(string code) => _disposed ? Task.CompletedTask : InvokeAsync(() => OnSelect.InvokeAsync(code));

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        _map = new JsPart(Js, "./Ui/Map/LeafletMap.razor.js");
        await _map.CreateAsync("create", _element, Browser(), _self);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        if (_map is not null)
        {
            await _map.DisposeAsync();
        }

        _self?.Dispose();
    }

    // What the module needs, with the texts of the map's own in the language of the page.
    private object Browser() => new
    {
        Options.South, Options.West, Options.North, Options.East, Options.Layers, Options.Labels, Options.Markers, Options.Legend,
        Options.View, Options.Views, Options.Tour, Options.TourSeconds,
        Options.Ramp, Options.Interactive, Options.ZoomControl, Options.Padding, Selectable = OnSelect.HasDelegate,
        Tiles = Services.GetService<IConfiguration>()?["Map:TileUrl"] is { Length: > 0 } url ? new TileLayer(url) : null,
        Texts = new
        {
            Loading = Text["MapLoading"].Value, Failed = Text["MapFailed"].Value, ZoomIn = Text["MapZoomIn"].Value, ZoomOut = Text["MapZoomOut"].Value,
            Value = Options.ValueText, Marked = Options.MarkedText, Whole = Options.WholeText,
        },
    };

    private ValueTask<bool> CallAsync(string method, params object?[] arguments) =>
        _map?.TryInvokeAsync(method, arguments) ?? ValueTask.FromResult(false);
}
