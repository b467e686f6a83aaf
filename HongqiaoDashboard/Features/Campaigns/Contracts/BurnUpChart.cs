using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Campaigns.Pages;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>The burn-up of a campaign as a chart: done, plan, the whole, the target day, and the fan of the forecast.</summary>
internal static class BurnUpChart
{
    // More points than a chart has pixels say nothing more, and each crosses the circuit.
    private const int MostPoints = 420;
    private const int Year = 365;

    /// <summary>The days of the axis: thinned evenly, the last day of the past, the ends of the fan and the target always among them.</summary>
    /// <param name="picture">The campaign.</param>
    /// <param name="since">The first day that it shall show; null for all.</param>
    /// <param name="until">The last day that the axis shall reach.</param>
    public static IReadOnlyList<DateOnly> Axis(CampaignPicture picture, DateOnly? since, DateOnly until)
    {
        var first = picture.Days.Count > 0 ? picture.Days[0].Day : picture.Definition.Start;
        first = first < picture.Definition.Start ? first : picture.Definition.Start;
        first = since > first ? since.Value : first;
        var last = new[] { until, picture.Day, picture.Definition.Target, first.AddDays(1) }.Max();
        var step = (last.DayNumber - first.DayNumber) / MostPoints + 1;
        DateOnly?[] wanted = [picture.Day, picture.Definition.Target, picture.Forecast?.Earliest, picture.Forecast?.Middle, picture.Forecast?.Latest, last];
        return [.. Enumerable.Range(0, (last.DayNumber - first.DayNumber) / step + 1).Select(i => first.AddDays(i * step))
            .Concat(wanted.OfType<DateOnly>()).Where(day => day >= first && day <= last).Distinct().Order()];
    }

    /// <summary>The last day that a picture's chart needs: the target, or the end of the fan where it comes later.</summary>
    /// <param name="picture">The campaign.</param>
    public static DateOnly End(CampaignPicture picture)
    {
        var fan = picture.Forecast is { } forecast ? forecast.Latest ?? forecast.Middle ?? forecast.Earliest ?? picture.Day : picture.Day;
        // A fan that ends years later would press all that has happened into a corner.
        var most = picture.Definition.Target.AddDays(Math.Max(90, (picture.Definition.Target.DayNumber - picture.Definition.Start.DayNumber) / 2));
        return fan > most && most > picture.Day ? most : fan;
    }

    /// <summary>Whether a campaign is so long that its last year, and the forecast after it, would be a corner of the whole.</summary>
    /// <param name="picture">The campaign.</param>
    public static bool IsLong(CampaignPicture picture) => picture.Day.DayNumber - picture.Definition.Start.DayNumber > Year * 3 / 2;

    /// <summary>The first day of the last year of a long campaign; null for all of a short one.</summary>
    /// <param name="picture">The campaign.</param>
    public static DateOnly? Since(CampaignPicture picture) => IsLong(picture) ? picture.Day.AddDays(-Year) : null;

    /// <summary>What the chart library is told.</summary>
    /// <param name="picture">The campaign.</param>
    /// <param name="since">The first day that it shall show; null for all.</param>
    /// <param name="until">The last day that the axis shall reach.</param>
    /// <param name="text">Names of the lines.</param>
    /// <param name="board">Whether it hangs on a wall: nobody points at it, and it has less room.</param>
    public static object Option(CampaignPicture picture, DateOnly? since, DateOnly until, IStringLocalizer<CampaignPageTexts> text, bool board = false)
    {
        var leading = picture.Definition.Leading;
        var total = picture.Total(leading.Code);
        var axis = Axis(picture, since, until);
        var byDay = picture.Days.ToDictionary(day => day.Day);
        var plan = new CampaignPlan(picture.Definition, total);
        var least = since is null ? 0 : Floor(Math.Min(byDay.TryGetValue(axis[0], out var begin) ? begin.Done : 0, plan.At(axis[0])));
        var fan = Fan(picture, total, axis);
        var lines = new List<object>
        {
            Line(text["LineDone"], "var(--good)", axis.Select(day => byDay.TryGetValue(day, out var known) ? known.Done : day < picture.Day && day < FirstDay(picture) ? 0 : (double?)null), ".23em",
                mark: Marks(picture, total, axis, text, board)),
            Line(text["LinePlan"], "var(--ink-soft)", axis.Select(day => (double?)Math.Round(plan.At(day))), ".12em", "dashed"),
        };
        // An option is merged into what is drawn: lines that are left out would stay.
        var open = picture.Forecast is not null && total > picture.Done(leading.Code);
        lines.Add(Line(text["LineMiddle"], "var(--accent)", open ? fan.Select(point => point.Middle) : [], ".15em", "dotted"));
        lines.Add(Area(text["LineLatest"], open ? fan.Select(point => point.Low) : [], filled: false));
        lines.Add(Area(text["LineFan"], open ? fan.Select(point => point.High - point.Low) : [], filled: true));

        return new
        {
            grid = new { left = board ? "0.2em" : "1.6em", right = board ? "1.8em" : "2.4em", top = board ? "2.9em" : "3em", bottom = "0.2em", containLabel = true },
            legend = new
            {
                type = board ? "plain" : "scroll", top = 0, left = 0, itemWidth = board ? "1em" : "1.4em", itemHeight = ".8em", itemGap = board ? "0.5em" : "0.9em", textStyle = new { color = "var(--ink-soft)", fontSize = "1em" },
                data = new[] { text["LineDone"].Value, text["LinePlan"].Value, text["LineMiddle"].Value, text["LineFan"].Value }.Take(open ? 4 : 2),
            },
            tooltip = new { trigger = "axis", confine = true, backgroundColor = "var(--surface)", borderColor = "var(--edge)", textStyle = new { color = "var(--ink)" } },
            xAxis = new
            {
                type = "category", boundaryGap = false, data = axis.Select(day => board ? PageWords.Day(day)[..7] : PageWords.Day(day)), axisLine = new { lineStyle = new { color = "var(--field)" } },
                axisTick = new { show = false }, axisLabel = new { color = "var(--ink-soft)", fontSize = "1em", hideOverlap = true },
            },
            yAxis = new
            {
                type = "value", min = least, max = Math.Max(total, least + 1), axisLabel = new { color = "var(--ink-soft)", fontSize = "1em", showMaxLabel = false, hideOverlap = true },
                splitLine = new { lineStyle = new { color = "var(--edge)" } },
            },
            series = lines,
        };
    }

    // The axis of a part begins below what was done, at a number that can be read.
    private static double Floor(double amount)
    {
        var step = Math.Pow(10, Math.Max(0, Math.Floor(Math.Log10(Math.Max(amount, 1))) - 1));
        return Math.Max(0, Math.Floor(amount / step) * step);
    }

    private static DateOnly FirstDay(CampaignPicture picture) => picture.Days.Count > 0 ? picture.Days[0].Day : picture.Day;

    // From what is done today in straight lines to all of it: where each line gets there is the forecast's own day.
    private static IReadOnlyList<(double? Low, double? Middle, double? High)> Fan(CampaignPicture picture, long total, IReadOnlyList<DateOnly> axis)
    {
        var done = picture.Done(picture.Definition.Leading.Code);
        if (picture.Forecast is not { } forecast)
        {
            return [.. axis.Select(_ => ((double?)null, (double?)null, (double?)null))];
        }

        return [.. axis.Select(day => day < picture.Day
            ? ((double?)null, (double?)null, (double?)null)
            : (At(day, forecast.Latest), forecast.Middle is null || day > forecast.Middle ? null : At(day, forecast.Middle), At(day, forecast.Earliest)))];

        double? At(DateOnly day, DateOnly? end)
        {
            var days = (end ?? forecast.Horizon.AddDays(1)).DayNumber - picture.Day.DayNumber;
            return end is null ? done : days <= 0 ? total : Math.Round(done + (total - done) * Math.Min(1.0, (double)(day.DayNumber - picture.Day.DayNumber) / days));
        }
    }

    private static object Line(string name, string color, IEnumerable<double?> data, string width, string kind = "solid", object? mark = null) => new
    {
        name, type = "line", showSymbol = false, data, connectNulls = true, itemStyle = new { color }, lineStyle = new { color, width, type = kind }, markLine = mark, z = 3,
    };

    private static object Area(string name, IEnumerable<double?> data, bool filled) => new
    {
        name, type = "line", stack = "fan", showSymbol = false, data, silent = true, itemStyle = new { color = "var(--accent)", opacity = filled ? 0.3 : 0 },
        lineStyle = new { color = "var(--accent)", width = filled ? 0 : 0.5, opacity = 0.6 }, areaStyle = new { color = "var(--accent)", opacity = filled ? 0.22 : 0 }, tooltip = new { show = false }, z = 1,
    };

    private static object Marks(CampaignPicture picture, long total, IReadOnlyList<DateOnly> axis, IStringLocalizer<CampaignPageTexts> text, bool board) => new
    {
        symbol = "none", silent = true, animation = false,
        label = new { color = "var(--ink-soft)", fontSize = "0.95em" },
        data = new object[]
        {
            new { yAxis = total, lineStyle = new { color = "var(--field)", type = "solid", width = 1 }, label = new { formatter = text["TotalOf", PageWords.Count(total)].Value, position = "insideStartTop" } },
            new { xAxis = Index(axis, picture.Definition.Target), lineStyle = new { color = "var(--danger)", type = "dashed", width = 1.5 },
                label = new { formatter = text["MarkTarget"].Value, position = board ? "end" : "insideEndTop", color = "var(--danger)" } },
            new { xAxis = Index(axis, picture.Day), lineStyle = new { color = "var(--ink-soft)", type = "dotted", width = 1 },
                label = new { show = !board, formatter = PageWords.Day(picture.Day), position = "insideStartTop" } },
        },
    };

    private static int Index(IReadOnlyList<DateOnly> axis, DateOnly day) => axis.TakeWhile(known => known < day).Count();
}
