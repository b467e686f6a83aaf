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

    /// <summary>Sets values of shapes, by code.</summary>
    /// <param name="values">Code and value of each changed shape.</param>
    public ValueTask SetValuesAsync(IReadOnlyDictionary<string, double> values) => CallAsync("setValues", values);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./Ui/Map/LeafletMap.razor.js");
        _map = await _module.InvokeAsync<IJSObjectReference>("create", _element, Options);
        await OnReady.InvokeAsync();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _map.DisposeQuietlyAsync("dispose");
        await _module.DisposeQuietlyAsync();
    }

    private ValueTask CallAsync(string method, params object?[] arguments) =>
        _map is null ? ValueTask.CompletedTask : _map.InvokeVoidAsync(method, arguments);
}
