using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Open cases of each grid, for the page of the grids.</summary>
internal sealed class OpenCasesByGrid(IReadDoor door, IGridDirectory grids, IStringLocalizer<IncidentsTexts> text) : IGridFact
{
    public string Key => "incidents.open";

    public string Label => text["OpenCases"];

    public ValueTask<IReadOnlyDictionary<string, long>> CountAsync(GridEdition edition, string? scopeCode, CancellationToken cancellation) =>
        new(Task.Run(IReadOnlyDictionary<string, long> () => Count(edition, scopeCode), cancellation));

    private Dictionary<string, long> Count(GridEdition edition, string? scope)
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        void Add(string code, int amount)
        {
            foreach (var unit in edition.Path(code).Where(unit => scope is null || edition.Covers(scope, unit.Code)))
            {
                counts[unit.Code] = counts.GetValueOrDefault(unit.Code) + amount;
            }
        }

        using var read = door.Open(Actor.System with { ScopeCode = scope });
        var open = read.Query<Incident>().Where(i => IncidentFilter.OpenStates.Contains(i.State));
        if (edition.Id == grids.Current.Id)
        {
            foreach (var cell in open.GroupBy(i => i.GridCode).Select(g => new { Code = g.Key, Count = g.Count() }))
            {
                Add(cell.Code, cell.Count);
            }

            return counts;
        }

        // The codes of the rows are those of the edition in force; another one has its own, and only the point tells which.
        foreach (var place in open.Select(i => new { i.Latitude, i.Longitude }))
        {
            if (edition.Locate(new GeoPoint(place.Latitude, place.Longitude)) is { } unit)
            {
                Add(unit.Code, 1);
            }
        }

        return counts;
    }
}
