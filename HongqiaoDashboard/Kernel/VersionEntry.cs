namespace HongqiaoDashboard.Kernel;

/// <summary>A version of something that people administer, as a list of versions shows it.</summary>
/// <param name="Version">Its number.</param>
/// <param name="At">Since when it is in force.</param>
/// <param name="ActorName">Who published it.</param>
/// <param name="Note">Why; empty for what the program brought along.</param>
/// <param name="IsSystem">Whether the program itself published it.</param>
public sealed record VersionEntry(int Version, DateTimeOffset At, string ActorName, string Note, bool IsSystem);
