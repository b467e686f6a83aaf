namespace HongqiaoDashboard.Ui.Map;

/// <summary>How a map begins. A new instance makes a new map only together with a new <c>@key</c>.</summary>
/// <param name="South">Degrees.</param>
/// <param name="West">Degrees.</param>
/// <param name="North">Degrees.</param>
/// <param name="East">Degrees.</param>
/// <param name="Layers">Shapes, the lowest first.</param>
public sealed record MapOptions(double South, double West, double North, double East, IReadOnlyList<GeoJsonDataLayer> Layers)
{
    /// <summary>Names that stand on the map.</summary>
    public IReadOnlyList<MapLabel> Labels { get; init; } = [];

    /// <summary>Single places.</summary>
    public IReadOnlyList<Marker> Markers { get; init; } = [];

    /// <summary>The legend; null for none.</summary>
    public MapLegend? Legend { get; init; }

    /// <summary>
    /// Colours of the classes: <c>viridis</c>, <c>cividis</c>, <c>ember</c> or <c>blues</c> (light pages only); null for the
    /// usual one. Whether the dark or the light form is meant says the style sheet (<c>--map-scheme</c>).
    /// </summary>
    public string? Ramp { get; init; }

    /// <summary>Whether it can be moved; a board cannot.</summary>
    public bool Interactive { get; init; } = true;

    /// <summary>Whether there are buttons to zoom.</summary>
    public bool ZoomControl { get; init; }

    /// <summary>Free space around the bounds, in CSS pixels.</summary>
    public int Padding { get; init; } = 8;

    /// <summary>What a pointer on a shape reads, <c>{0}</c> standing for its value; null shows its name only.</summary>
    public string? ValueText { get; init; }

    /// <summary>What it reads besides on a shape that stands out, <c>{0}</c> standing for the mark's count.</summary>
    public string? MarkedText { get; init; }
}

/// <summary>Shapes from a GeoJSON address; each feature has a <c>code</c>, and a <c>name</c> for the tooltip.</summary>
/// <param name="Url">Address.</param>
/// <param name="Kind"><c>fill</c> for shapes that take values, <c>line</c> for outlines.</param>
public sealed record GeoJsonDataLayer(string Url, string Kind)
{
    /// <summary>Width of an outline in CSS pixels on a map of up to 900 pixels; it grows with larger maps.</summary>
    public double Weight { get; init; } = 1.5;
}

/// <summary>A base map of tiles, below everything else.</summary>
/// <param name="Url">Address with <c>{z}</c>, <c>{x}</c> and <c>{y}</c>.</param>
/// <param name="Attribution">Whose tiles they are.</param>
public sealed record TileLayer(string Url, string? Attribution = null);

/// <summary>A single place.</summary>
/// <param name="Latitude">Degrees north, WGS-84.</param>
/// <param name="Longitude">Degrees east, WGS-84.</param>
/// <param name="Title">What it is.</param>
public sealed record Marker(double Latitude, double Longitude, string? Title = null);

/// <summary>A name on the map.</summary>
/// <param name="Latitude">Degrees north of its middle.</param>
/// <param name="Longitude">Degrees east of its middle.</param>
/// <param name="Text">The name.</param>
public sealed record MapLabel(double Latitude, double Longitude, string Text);

/// <summary>What the legend says beside the class breaks, which the map finds itself.</summary>
/// <param name="Title">What is counted.</param>
/// <param name="Mark">What the outline that stands out means; null for nothing.</param>
/// <param name="Heat">Label of the switch for the heat layer; null for no switch.</param>
/// <param name="Note">What must be said of the map, for example that borders are schematic.</param>
public sealed record MapLegend(string? Title, string? Mark = null, string? Heat = null, string? Note = null);

/// <summary>What a shape shows.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Value">Its value, which decides the colour.</param>
/// <param name="Marked">Above zero it stands out by its outline.</param>
public readonly record struct MapCell(string Code, double Value, int Marked);
