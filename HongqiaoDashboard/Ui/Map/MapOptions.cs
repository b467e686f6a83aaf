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

    /// <summary>What is shown at first; null for the finest filled shapes as a whole.</summary>
    public MapView? View { get; init; }

    /// <summary>
    /// Views to switch between, the coarsest first, for a board: a strip on the map names them, the keys 1, 2, 3 … choose them, a
    /// click goes into a part, Escape out of it. Empty for no strip.
    /// </summary>
    public IReadOnlyList<MapView> Views { get; init; } = [];

    /// <summary>Views that follow each other by the server's clock while nobody touches the board; empty for none.</summary>
    public IReadOnlyList<MapView> Tour { get; init; } = [];

    /// <summary>How long each view of the tour stays, in seconds.</summary>
    public int TourSeconds { get; init; } = 30;

    /// <summary>What the strip says while no part is shown.</summary>
    public string? WholeText { get; init; }

    /// <summary>The legend; null for none.</summary>
    public MapLegend? Legend { get; init; }

    /// <summary>
    /// Colours of the classes: <c>viridis</c>, <c>cividis</c>, <c>ember</c> or <c>blues</c> (light pages only); null for the
    /// usual one. Whether the dark or the light form is meant says the style sheet (<c>--map-scheme</c>).
    /// </summary>
    public string? Ramp { get; init; }

    /// <summary>Classes of the values, the least first, where they are known beforehand; empty to find them from the values.</summary>
    public IReadOnlyList<MapClass> Classes { get; init; } = [];

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

    /// <summary>
    /// Name of the tier. Of several filled ones, listed coarsest first, one is shown at a time; outlines are shown while finer
    /// shapes are filled.
    /// </summary>
    public string? Group { get; init; }
}

/// <summary>What a map shows of its shapes.</summary>
/// <param name="Group">The filled tier.</param>
public sealed record MapView(string Group)
{
    /// <summary>Code of the part that fills the map, and outside of which shapes are dimmed; null for the whole.</summary>
    public string? Focus { get; init; }

    /// <summary>Whether values are shown as a smooth surface in place of classes.</summary>
    public bool Heat { get; init; }

    /// <summary>Name in the strip of views.</summary>
    public string? Text { get; init; }
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
public sealed record MapLabel(double Latitude, double Longitude, string Text)
{
    /// <summary>Code of the shape that it names, whose value it carries while that tier is filled.</summary>
    public string? Code { get; init; }

    /// <summary>Code of the part in whose view it stands; null for the whole.</summary>
    public string? Within { get; init; }
}

/// <summary>A class of values. Values below the first one have none and are drawn as zero.</summary>
/// <param name="From">The least value in it.</param>
/// <param name="Text">What the legend calls it.</param>
public sealed record MapClass(double From, string Text);

/// <summary>What the legend says beside the class breaks, which the map finds itself.</summary>
/// <param name="Title">What is counted.</param>
/// <param name="Mark">What the outline that stands out means; null for nothing.</param>
/// <param name="Heat">Label of the switch for the heat layer; null for no switch.</param>
/// <param name="Note">What must be said of the map, for example that borders are schematic.</param>
/// <param name="Low">What the lower end of the heat's ramp means.</param>
/// <param name="High">What its upper end means.</param>
public sealed record MapLegend(string? Title, string? Mark = null, string? Heat = null, string? Note = null, string? Low = null, string? High = null)
{
    /// <summary>What an outline in dashes means; null for nothing.</summary>
    public string? Barred { get; init; }

    /// <summary>What a shape without a class is called; null for a nought.</summary>
    public string? Zero { get; init; }
}

/// <summary>What a shape shows.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Value">Its value, which decides the colour.</param>
/// <param name="Marked">Above zero it stands out by its outline.</param>
public readonly record struct MapCell(string Code, double Value, int Marked)
{
    /// <summary>What a pointer on it reads below its name, in place of the map's own words; lines end with a line feed.</summary>
    public string? Text { get; init; }

    /// <summary>Whether something stands in its way: its outline is dashed.</summary>
    public bool Barred { get; init; }
}
