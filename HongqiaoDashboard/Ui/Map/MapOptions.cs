namespace HongqiaoDashboard.Ui.Map;

/// <summary>How a map begins.</summary>
/// <param name="South">Degrees.</param>
/// <param name="West">Degrees.</param>
/// <param name="North">Degrees.</param>
/// <param name="East">Degrees.</param>
/// <param name="Layers">Shapes, the lowest first.</param>
public sealed record MapOptions(double South, double West, double North, double East, IReadOnlyList<GeoJsonDataLayer> Layers)
{
    /// <summary><c>wall</c> for dark boards, <c>desk</c> for light pages.</summary>
    public string Palette { get; init; } = "wall";

    /// <summary>Whether there are buttons to zoom; a wall has nobody to press them.</summary>
    public bool ZoomControl { get; init; }

    /// <summary>Title of a legend of the colours; null for none.</summary>
    public string? Legend { get; init; }
}

/// <summary>Shapes from a GeoJSON address; each feature has a <c>code</c>.</summary>
/// <param name="Url">Address.</param>
/// <param name="Kind"><c>fill</c> for shapes that take values, <c>line</c> for outlines.</param>
public sealed record GeoJsonDataLayer(string Url, string Kind)
{
    /// <summary>Width of an outline in pixels.</summary>
    public double Weight { get; init; } = 1.5;
}
