namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Whether whoever sits at this machine may take any role with one click: only where all data are made up. Whoever knows that
/// registers one of these; without one nobody may.
/// </summary>
public interface ITrialAccess
{
    /// <summary>Whether roles are offered now.</summary>
    bool IsOffered { get; }
}
