using HongqiaoDashboard.Platform.Interop;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Ui.Map;

/// <summary>
/// A Leaflet map on one canvas. Shapes are loaded once by address; afterwards only values of changed shapes cross the
/// circuit, and only those shapes are drawn again.
/// </summary>
public sealed partial class LeafletMap
{
    private ElementReference _element;
    private IJSObjectReference? _module;
    private IJSObjectReference? _map;
    private DotNetObjectReference<LeafletMap>? _self;

    /// <summary>Style class of the host element.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>What the map shows, for those who do not see it.</summary>
    [Parameter]
    public string? Label { get; set; }

    /// <summary>How the map begins: bounds, layers, palette.</summary>
    [Parameter, EditorRequired]
    public MapOptions Options { get; set; } = default!;

    /// <summary>Raised once the map is there and its shapes are loaded.</summary>
    [Parameter]
    public EventCallback OnReady { get; set; }

    /// <summary>Raised with the code of a filled shape that was clicked. Without a listener the shapes take no clicks.</summary>
    [Parameter]
    public EventCallback<string> OnSelect { get; set; }

    /// <summary>Sets values of shapes, by code.</summary>
    /// <param name="values">Code and value of each changed shape.</param>
    public ValueTask SetValuesAsync(IReadOnlyDictionary<string, double> values) => CallAsync("setValues", values);

    /// <summary>Marks one shape of any layer, in place of the one that was marked.</summary>
    /// <param name="code">The shape's code; null or unknown marks none.</param>
    /// <param name="move">Whether the map also turns to it, or back to the whole when there is none.</param>
    public ValueTask MarkAsync(string? code, bool move) => CallAsync("mark", code, move);

    /// <summary>Called by the map's script when a shape was clicked.</summary>
    /// <param name="code">The shape's code.</param>
    [JSInvokable]
    public Task Select(string code) => OnSelect.InvokeAsync(code);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = OnSelect.HasDelegate ? DotNetObjectReference.Create(this) : null;
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Ui/Map/LeafletMap.razor.js");
        _map = await _module.InvokeAsync<IJSObjectReference>("create", _element, Options, _self);
        await OnReady.InvokeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _map.DisposeQuietlyAsync("dispose");
        await _module.DisposeQuietlyAsync();
        _self?.Dispose();
    }

    private ValueTask CallAsync(string method, params object?[] arguments) =>
        _map is null ? ValueTask.CompletedTask : _map.InvokeVoidAsync(method, arguments);
}
