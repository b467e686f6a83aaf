namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>
/// Tells who looks at a case that this process has moved it. It carries no data, and another process's moves are not told:
/// whoever listens also looks by the clock.
/// </summary>
public interface IIncidentChanges
{
    /// <summary>Listens to one case.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="changed">Called on the writer's thread after the commit: it must return at once and not throw.</param>
    /// <returns>Ends the listening when disposed of.</returns>
    IDisposable Subscribe(string number, Action changed);
}
