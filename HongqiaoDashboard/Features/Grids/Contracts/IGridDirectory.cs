namespace HongqiaoDashboard.Features.Grids.Contracts;

/// <summary>
/// The editions of the district's grids. A platform serves one district: editions that were imported for another district
/// than the shipped one take the place of everything shipped. Safe for any number of threads; nothing here touches a disk.
/// </summary>
public interface IGridDirectory
{
    /// <summary>The edition in force today, by the district's own calendar.</summary>
    GridEdition Current { get; }

    /// <summary>The edition in force on a day. A day before the first edition has the first.</summary>
    /// <param name="day">A day of the district's calendar.</param>
    GridEdition At(DateOnly day);

    /// <summary>All editions, by the day they take effect. Never empty.</summary>
    IReadOnlyList<GridEdition> Editions { get; }

    /// <summary>
    /// Raised after <see cref="Editions"/> or <see cref="Current"/> has changed, also when another process imported an edition
    /// (within two seconds). It carries nothing; read the properties. Raised on a pool thread, so a component must dispatch to its own.
    /// </summary>
    event Action? EditionsChanged;
}
