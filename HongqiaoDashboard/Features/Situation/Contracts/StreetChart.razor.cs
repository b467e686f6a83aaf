using HongqiaoDashboard.Features.Grids.Contracts;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>Open cases of each street as bars, the overdue part of each set off.</summary>
public sealed partial class StreetChart
{
    private IReadOnlyList<SituationCell>? _drawn;
    private string _label = "";
    private object _option = new();

    /// <summary>The grids of the picture.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<SituationCell> Heat { get; set; } = [];

    /// <summary>Style class of the chart.</summary>
    [Parameter]
    public string? Class { get; set; }

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_drawn, Heat))
        {
            return;
        }

        _drawn = Heat;
        var edition = Grids.Current;
        var streets = Heat
            .Select(cell => (Cell: cell, Unit: edition.Find(cell.Code)))
            .Where(street => street.Unit?.Tier == GridTier.Street)
            .OrderByDescending(street => street.Cell.Open).ThenBy(street => street.Cell.Code, StringComparer.Ordinal)
            .ToArray();
        _label = Text["ChartLabel", string.Join(", ", streets.Select(s => Text["ChartItem", s.Unit!.Name, s.Cell.Open].Value))];
        _option = new
        {
            grid = new { left = 0, right = "4em", top = "1.9em", bottom = 0, containLabel = true },
            legend = new { top = 0, right = 0, itemWidth = "1em", itemHeight = ".7em", textStyle = new { color = "var(--ink-soft)", fontSize = "1em" } },
            tooltip = new { trigger = "axis", axisPointer = new { type = "shadow" }, confine = true, backgroundColor = "var(--surface)", borderColor = "var(--edge)", textStyle = new { color = "var(--ink)" } },
            xAxis = new { type = "value", minInterval = 1, max = Math.Max(5, streets.Select(s => s.Cell.Open).DefaultIfEmpty().Max()), show = false },
            yAxis = new
            {
                type = "category", inverse = true, data = streets.Select(s => s.Unit!.Name),
                axisLine = new { show = false }, axisTick = new { show = false }, axisLabel = new { color = "var(--ink)", fontSize = "1em", interval = 0 },
            },
            series = new object[]
            {
                Bars(Text["CellOverdue"], "var(--danger)", streets.Select(s => s.Cell.Overdue), null),
                Bars(Text["ChartOnTime"], "var(--accent)", streets.Select(s => s.Cell.Open - s.Cell.Overdue), streets.Select(s => s.Cell.Open)),
            },
        };
    }

    // The bar at the end of a stack carries the sum, as the name of each item: ECharts formats labels by template only.
    private static object Bars(string name, string color, IEnumerable<int> values, IEnumerable<int>? sums) => new
    {
        name, type = "bar", stack = "open", barMaxWidth = "1.1em",
        itemStyle = new { color },
        data = sums is null
            ? (object)values.ToArray()
            : values.Zip(sums, (value, sum) => new
            {
                value,
                label = new { show = true, position = "right", formatter = sum.ToString("N0", System.Globalization.CultureInfo.CurrentCulture), color = "var(--ink)", fontSize = "1.05em" },
            }).ToArray(),
    };
}
