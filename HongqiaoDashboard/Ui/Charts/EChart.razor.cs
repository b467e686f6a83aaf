using HongqiaoDashboard.Platform.Interop;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Ui.Charts;

/// <summary>
/// A chart by Apache ECharts. Its option is a plain object as ECharts documents it; a text that reads <c>var(--name)</c>
/// takes that colour of the style sheet. A new option object is merged into the chart, which animates to it.
/// </summary>
public sealed partial class EChart
{
    private ElementReference _element;
    private JsPart? _chart;
    private object? _shown;
    private bool _made;

    /// <summary>Style class of the host element, which gives the chart its size.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <summary>What the chart shows, for those who do not see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    /// <summary>ECharts option; the same object is not sent twice.</summary>
    [Parameter, EditorRequired]
    public object Option { get; set; } = default!;

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _shown = Option;
            var chart = new JsPart(Js, "./Ui/Charts/EChart.razor.js");
            _chart = chart;
            _made = await chart.CreateAsync("create", _element, _shown);
        }

        if (_made && !ReferenceEquals(_shown, Option))
        {
            var option = Option;
            _shown = await _chart!.TryInvokeAsync("set", option) ? option : null;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _chart?.DisposeAsync() ?? ValueTask.CompletedTask;
}
