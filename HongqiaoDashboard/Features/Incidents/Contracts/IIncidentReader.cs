using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>
/// Where cases are read one by one or as lists. Each call is one short read of what the actor may see; a case out of their
/// scope is answered like one that does not exist.
/// </summary>
public interface IIncidentReader
{
    /// <summary>Most entries that <see cref="TimelineAsync"/> gives.</summary>
    const int LongestTimeline = 500;

    /// <summary>A case by its number, or null.</summary>
    /// <param name="number">The number.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<Incident?> FindAsync(string number, Actor actor, CancellationToken cancellation = default);

    /// <summary>The entries of a case in log order, the newest <see cref="LongestTimeline"/> of them; empty for a case that is not found.</summary>
    /// <param name="number">The case's number.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IReadOnlyList<IncidentEvent>> TimelineAsync(string number, Actor actor, CancellationToken cancellation = default);

    /// <summary>A page of cases.</summary>
    /// <param name="query">Which, in which order.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellation">Ends the read.</param>
    Task<IncidentPage> SearchAsync(IncidentQuery query, Actor actor, CancellationToken cancellation = default);
}
