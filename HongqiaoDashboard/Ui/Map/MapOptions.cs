namespace HongqiaoDashboard.Ui.Map;

/// <summary>How a map begins.</summary>
/// <param name="South">Degrees.</param>
/// <param name="West">Degrees.</param>
/// <param name="North">Degrees.</param>
/// <param name="East">Degrees.</param>
/// <param name="Layers">Shapes, the lowest first.</param>
public sealed record MapOptions(double South, double West, double North, double East, IReadOnlyList<GeoJsonDataLayer> Layers);

/// <summary>Shapes from a GeoJSON address; each feature has a <c>code</c>.</summary>
/// <param name="Url">Address.</param>
/// <param name="Kind"><c>fill</c> for shapes that take values, <c>line</c> for outlines.</param>
public sealed record GeoJsonDataLayer(string Url, string Kind);
