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
    /// <summary>
    /// Categories whose cases may stand in a list before anyone, ended ones among them. A category that is unknown here is
    /// not. Asked of the catalogue each time, because that changes while the server runs.
    /// </summary>
    public IReadOnlyList<string> ListedCategories => [.. catalog.Categories.Where(c => !c.CountsOnly).Select(c => c.Code)];

    /// <summary>Those of some cases that may stand in a list before anyone.</summary>
    public IQueryable<Incident> Listed(IQueryable<Incident> cases)
    {
        var listed = ListedCategories;
        // Nearly all categories are listed, so an index of categories would read nearly all cases ever; what is searched for
        // is a span of time. An expression in place of the bare column keeps the database from that index.
        return cases.Where(i => listed.Contains(i.Category + ""));
    }

    /// <summary>Whether everyone may know that the case exists.</summary>
    public bool IsListed(Incident incident) => catalog.Category(incident.Category) is { CountsOnly: false };

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
