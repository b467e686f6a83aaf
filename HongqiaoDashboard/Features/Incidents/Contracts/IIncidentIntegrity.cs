using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>Compares what is stored of cases with what their log says.</summary>
public interface IIncidentIntegrity
{
    /// <summary>Every difference between a case's row and the fold of its entries, and every hole in the log.</summary>
    /// <param name="read">A session of an actor without bounds that began a snapshot.</param>
    /// <returns>One sentence a difference, lazily; none when all agree.</returns>
    IEnumerable<string> Differences(ReadSession read);
}
