using System.Globalization;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Walls.Components;

namespace HongqiaoDashboard.Features.Walls.Pages;

/// <summary>
/// The situation of the district for a hall: read from five metres, touched by nobody. Its address says what the map shows
/// (<c>?tier=</c>, <c>?street=</c>, <c>?heat=1</c>, <c>?tour=</c>, <c>?every=</c>).
/// </summary>
public sealed partial class SituationBoard
{
    private IReadOnlyList<SituationUnit>? _ranked;
    private IReadOnlyList<SituationCategory>? _counted;
    private IReadOnlyList<RankRow> _streets = [];
    private IReadOnlyList<RankRow> _categories = [];

    private string OverdueShare =>
        Shown?.Kpi("open", "now") is { Value: > 0 and var open } && Shown.Kpi("overdue", "now") is { Value: > 0 } overdue
            ? Text["OverdueShare", (Math.Truncate((overdue.Value ?? 0) / open * 10_000) / 100).ToString("0.00", CultureInfo.CurrentCulture) + " %"].Value
            : Text["OverdueNone"];

    private string HoursNote => Details.Hours.UsualDays == 0
        ? Text["HoursNoUsual"]
        : Text["HoursNote", FigureText.Count(Math.Round(Details.Hours.UsualBy(Words.HourOf(Shown!.AsOf)))), Details.Hours.UsualDays];

    // Rows are made anew only for lists that are new: this runs four times a second, for weeks.
    private IReadOnlyList<RankRow> Streets()
    {
        if (!ReferenceEquals(_ranked, Details.Units))
        {
            _ranked = Details.Units;
            _streets = [.. _ranked.Select(unit => new RankRow(unit.Code, Words.Grid(unit.Code), unit.Open, unit.Overdue, unit.Closure?.Value))];
        }

        return _streets;
    }

    private IReadOnlyList<RankRow> Categories()
    {
        if (!ReferenceEquals(_counted, Details.Categories))
        {
            _counted = Details.Categories;
            _categories = [.. _counted.Select(category => new RankRow(category.Code, Words.Category(category.Code), category.Open, category.Overdue))];
        }

        return _categories;
    }

    private string Count(string key, string period) => FigureText.Count(Shown!.Kpi(key, period)?.Value ?? 0);
}
