namespace HongqiaoDashboard.Features.Walls.Components;

/// <summary>A row of a ranking.</summary>
/// <param name="Key">What it is about.</param>
/// <param name="Name">Its name.</param>
/// <param name="Open">Open cases.</param>
/// <param name="Overdue">Of these, with a broken promise.</param>
/// <param name="Rate">A rate beside them, in per cent; null for none.</param>
public sealed record RankRow(string Key, string Name, int Open, int Overdue, double? Rate = null);
