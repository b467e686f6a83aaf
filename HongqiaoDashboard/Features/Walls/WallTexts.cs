namespace HongqiaoDashboard.Features.Walls;

/// <summary>Names the resource file of the boards' texts.</summary>
internal sealed class WallTexts;
