namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>A slot of the verb <c>check</c>: a feature compares what it stores, and what it makes of it, with itself.</summary>
public interface IIntegrityPart
{
    /// <summary>Every difference.</summary>
    /// <param name="read">A session of an actor without bounds that began a snapshot.</param>
    /// <param name="asOf">The instant of the comparison.</param>
    /// <returns>One sentence a difference, lazily; none when all agree.</returns>
    IEnumerable<string> Differences(ReadSession read, DateTimeOffset asOf);
}
