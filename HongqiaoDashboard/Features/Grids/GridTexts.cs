namespace HongqiaoDashboard.Features.Grids;

/// <summary>Names the resource file of the texts on grids.</summary>
internal sealed class GridTexts;
