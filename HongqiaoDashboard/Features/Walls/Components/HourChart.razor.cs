using System.Globalization;
using HongqiaoDashboard.Features.Situation.Contracts;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Features.Walls.Components;

/// <summary>Reports of each hour of today as bars, the hour under way paler, before the curve of the usual day.</summary>
public sealed partial class HourChart
{
    private SituationHours? _drawn;
    private object _option = new();

    /// <summary>The hours.</summary>
    [Parameter, EditorRequired]
    public SituationHours Hours { get; set; } = SituationHours.None;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (ReferenceEquals(_drawn, Hours))
        {
            return;
        }

        _drawn = Hours;
        _option = new
        {
            grid = new { left = 0, right = ".2em", top = "1.6em", bottom = 0, containLabel = true },
            legend = new
            {
                top = 0, right = 0, itemWidth = "1.3em", itemHeight = ".62em", itemGap = "1em", selectedMode = false,
                textStyle = new { color = "var(--ink-soft)", fontSize = "1em" },
                data = new object[] { new { name = Text["HoursToday"].Value, icon = "rect" }, new { name = Text["HoursUsual"].Value } },
            },
            xAxis = new
            {
                type = "category", data = Enumerable.Range(0, 24).Select(hour => hour.ToString(CultureInfo.InvariantCulture)),
                axisLine = new { lineStyle = new { color = "var(--edge)" } }, axisTick = new { show = false },
                axisLabel = new { color = "var(--ink-soft)", fontSize = "1em", interval = 2, hideOverlap = true, formatter = Text["HoursAxis"].Value.Replace("{0}", "{value}", StringComparison.Ordinal), margin = ".4em" },
            },
            yAxis = new
            {
                type = "value", minInterval = 1, splitNumber = 2, axisLabel = new { color = "var(--ink-soft)", fontSize = "1em" },
                splitLine = new { lineStyle = new { color = "var(--edge)", opacity = 0.7 } },
            },
            series = new object[]
            {
                new
                {
                    name = Text["HoursToday"].Value, type = "bar", barCategoryGap = "26%", itemStyle = new { color = "var(--accent)", borderRadius = 2 },
                    data = Hours.Today.Select((count, hour) => hour > Hours.Hour ? null : new { value = count, itemStyle = new { opacity = hour == Hours.Hour ? 0.5 : 1 } }).ToArray(),
                },
                new
                {
                    name = Text["HoursUsual"].Value, type = "line", smooth = 0.4, symbol = "none", z = 5,
                    lineStyle = new { color = "var(--warn)", width = ".13em" }, itemStyle = new { color = "var(--warn)" },
                    data = Hours.UsualDays == 0 ? [] : Hours.Usual.Select(count => Math.Round(count, 1)).ToArray(),
                },
            },
        };
    }
}
