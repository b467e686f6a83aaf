using System.Collections.Immutable;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <content>What is read of the model; nothing here changes it.</content>
internal sealed partial class SituationModel
{
    /// <summary>All figures of a scope.</summary>
    /// <param name="code">Grid code.</param>
    public ImmutableArray<SituationKpi> Figures(string code)
    {
        var scope = Scopes.Id(code);
        var figures = ImmutableArray.CreateBuilder<SituationKpi>();
        var (open, overdue) = (Open.Count(scope), Open.OverdueCount(scope));
        figures.Add(new SituationKpi("open", "now", open, open, null, KpiFormulas.Cases, "open@1"));
        figures.Add(new SituationKpi("overdue", "now", overdue, overdue, null, KpiFormulas.Cases, "overdue@1"));
        Span<long> row = stackalloc long[Metric.Width];
        foreach (var period in _periods)
        {
            row.Clear();
            Fill(scope, period, row);
            foreach (var formula in KpiFormulas.All)
            {
                figures.Add(KpiFormulas.Figure(formula, period.Name, period.Length, row));
            }
        }

        return figures.ToImmutable();
    }

    /// <summary>One figure of a scope.</summary>
    /// <param name="code">Grid code.</param>
    /// <param name="key">Which figure.</param>
    /// <param name="period">Name of its period.</param>
    public SituationKpi Figure(string code, string key, string period)
    {
        var span = _periods.Single(p => p.Name == period);
        Span<long> row = stackalloc long[Metric.Width];
        row.Clear();
        Fill(Scopes.Id(code), span, row);
        return KpiFormulas.Figure(KpiFormulas.All.Single(formula => formula.Key == key), span.Name, span.Length, row);
    }

    /// <summary>What a grid has.</summary>
    /// <param name="code">Grid code.</param>
    public SituationCell Cell(string code)
    {
        var scope = Scopes.Id(code);
        return new SituationCell(code, Open.Count(scope), _cursors[0].Read(scope, Metric.Reported), Open.OverdueCount(scope));
    }

    /// <summary>The newest cases of a scope whose stream is loaded.</summary>
    /// <param name="code">Grid code.</param>
    public IEnumerable<IncidentFacts> Stream(string code) => _streams[Scopes.Id(code)].Newest;

    private void Fill(int scope, Period period, Span<long> row)
    {
        Tallies.Sum(scope, period.From ?? DateOnly.MinValue, period.CutoffDay, row);
        CursorOf(period).Sum(scope, row);
    }

    private DayCursor CursorOf(Period period) => period.Name switch
    {
        "todayPrevious" => _cursors[1],
        "monthPrevious" => _cursors[2],
        "yearPrevious" => _cursors[3],
        _ => _cursors[0],
    };
}
