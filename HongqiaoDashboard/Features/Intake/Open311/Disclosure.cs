using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>
/// What a reader may see of a case. Everyone: its type, state, times and place, a sensitive category at the centre of its
/// grid, and a category that is only counted not at all. Who posted it, and asks for it by its number: all of it, numbers
/// masked, contacts never. A list never holds a category that is only counted.
/// </summary>
internal sealed class Disclosure(IIncidentCatalog catalog, IGridDirectory grids)
{
    /// <summary>Categories whose cases may stand in a list before anyone. A category that is unknown here is not among them.</summary>
    public IReadOnlyList<string> ListedCategories { get; } = [.. catalog.Categories.Where(c => !c.CountsOnly).Select(c => c.Code)];

    /// <summary>Whether the reader posted the case.</summary>
    public static bool IsOwn(Incident incident, string? reporter) => reporter is not null && incident.Reporter == reporter;

    /// <summary>Where the reader sees the case; null when not even its grid's centre is known.</summary>
    public GeoPoint? PointFor(Incident incident, string? reporter)
    {
        if (IsOwn(incident, reporter) || catalog.Category(incident.Category) is { IsSensitive: false, CountsOnly: false })
        {
            return new GeoPoint(incident.Latitude, incident.Longitude);
        }

        // The case keeps the code of the edition that it was placed in, which the current one need not have.
        var then = grids.At(grids.Current.TimeZone.DayOf(incident.ReportedAt));
        return (then.Find(incident.GridCode) ?? grids.Current.Find(incident.GridCode))?.Centre;
    }
}
