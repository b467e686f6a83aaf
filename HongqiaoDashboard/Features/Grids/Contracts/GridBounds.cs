namespace HongqiaoDashboard.Features.Grids.Contracts;

/// <summary>The smallest box of meridians and parallels around something, in WGS-84 degrees.</summary>
/// <param name="MinLatitude">Its south.</param>
/// <param name="MinLongitude">Its west.</param>
/// <param name="MaxLatitude">Its north.</param>
/// <param name="MaxLongitude">Its east; never less than the west, because an edition does not cross 180°.</param>
public readonly record struct GridBounds(double MinLatitude, double MinLongitude, double MaxLatitude, double MaxLongitude);
