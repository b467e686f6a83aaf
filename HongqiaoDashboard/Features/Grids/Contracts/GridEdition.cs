using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using HongqiaoDashboard.Features.Grids.Domain;
using HongqiaoDashboard.Kernel;
using NetTopologySuite.Geometries;

namespace HongqiaoDashboard.Features.Grids.Contracts;

/// <summary>
/// The grids of a district from one day on: units, tree, geometry. Immutable and safe for any number of threads.
/// Units of different editions have nothing to do with each other but their codes.
/// </summary>
public sealed class GridEdition
{
    private readonly FrozenDictionary<string, int> _byCode;
    private readonly ImmutableArray<GridUnit>[] _children;
    private readonly IReadOnlyList<int>[] _paths;
    private readonly ImmutableArray<Geometry> _shapes;
    private readonly ImmutableArray<int> _basics;
    private readonly GridLocator _locator;
    private readonly Lazy<(byte[] Content, string Tag)>[] _geoJson;

    /// <summary>Builds an edition from a draft in which the validator found no fault.</summary>
    internal GridEdition(GridDraft draft)
    {
        Id = draft.Id!;
        Name = draft.Name!;
        EnglishName = draft.EnglishName ?? draft.Name!;
        EffectiveFrom = draft.EffectiveFrom!.Value;
        TimeZone = draft.TimeZone!;
        IsSchematic = draft.IsSchematic;
        Source = draft.Source;

        var ordered = draft.Units.OrderBy(unit => unit.Code, StringComparer.Ordinal).ToArray();
        _shapes = [.. ordered.Select(unit => unit.Shape!)];
        Units = [.. ordered.Select((unit, index) =>
            new GridUnit(index, unit.Code!, unit.Name!, unit.Tier!.Value, unit.Parent, Ellipsoid.Area(unit.Shape!), CentreOf(unit.Shape!)))];
        Root = Units.Single(unit => unit.Tier == GridTier.District);
        var bounds = _shapes[Root.Index].EnvelopeInternal;
        Bounds = new GridBounds(bounds.MinY, bounds.MinX, bounds.MaxY, bounds.MaxX);

        _byCode = Units.ToFrozenDictionary(unit => unit.Code, unit => unit.Index, StringComparer.Ordinal);
        var families = Units.Where(unit => unit.ParentCode is not null).ToLookup(unit => unit.ParentCode);
        _children = [.. Units.Select(unit => families[unit.Code].ToImmutableArray())];
        _paths = new IReadOnlyList<int>[Units.Length];
        foreach (var unit in Units)
        {
            // A parent's code is shorter and a prefix: it comes first in order, so its path is there already.
            _paths[unit.Index] = ImmutableArray.Create([.. unit.ParentCode is null ? [] : _paths[_byCode[unit.ParentCode]], unit.Index]);
        }

        _basics = [.. Units.Where(unit => unit.Tier == GridTier.Basic).Select(unit => unit.Index)];
        _locator = new GridLocator(_shapes[Root.Index], [.. _basics.Select(index => _shapes[index])]);
        _geoJson = [.. GridTiers.All.Select(tier => new Lazy<(byte[], string)>(() => Tagged(GridGeoJson.Write(this, tier))))];
    }

    /// <summary>Identifies the edition; letters, digits, dots, hyphens and underscores.</summary>
    public string Id { get; }

    /// <summary>Its name, in the language of its source.</summary>
    public string Name { get; }

    /// <summary>Its name in English, or <see cref="Name"/> where it has none.</summary>
    public string EnglishName { get; }

    /// <summary>The first day on which it is in force, by the calendar of <see cref="TimeZone"/>.</summary>
    public DateOnly EffectiveFrom { get; }

    /// <summary>The zone whose days and months the district lives by.</summary>
    public TimeZoneInfo TimeZone { get; }

    /// <summary>Whether the borders are drawn for illustration only (网格边界为示意), which every map of them must say.</summary>
    public bool IsSchematic { get; }

    /// <summary>Where the borders come from, or null when the file does not say.</summary>
    public string? Source { get; }

    /// <summary>All grids of all tiers, in the order of their codes: <see cref="GridUnit.Index"/> is the place in here.</summary>
    public ImmutableArray<GridUnit> Units { get; }

    /// <summary>The district.</summary>
    public GridUnit Root { get; }

    /// <summary>The box around the district.</summary>
    public GridBounds Bounds { get; }

    /// <summary>The grid with a code, or null.</summary>
    /// <param name="code">A code of any tier; null finds nothing.</param>
    public GridUnit? Find(string? code) => code is not null && _byCode.TryGetValue(code, out var index) ? Units[index] : null;

    /// <summary>The grids one tier below, in the order of their codes; none for a basic grid or an unknown code.</summary>
    /// <param name="code">A code of any tier.</param>
    public ImmutableArray<GridUnit> Children(string code) => Find(code) is { } unit ? _children[unit.Index] : [];

    /// <summary>From the district down to the grid itself; empty for an unknown code.</summary>
    /// <param name="code">A code of any tier.</param>
    public ImmutableArray<GridUnit> Path(string code) =>
        Find(code) is { } unit ? [.. _paths[unit.Index].Select(index => Units[index])] : [];

    /// <summary>The indices from the district down to a grid, both included. Made once, so it costs nothing to ask in a hot loop.</summary>
    /// <param name="index">A <see cref="GridUnit.Index"/> of this edition.</param>
    /// <exception cref="IndexOutOfRangeException">No unit has that index.</exception>
    public IReadOnlyList<int> PathIndices(int index) => _paths[index];

    /// <summary>
    /// The basic grid that a point lies in, or null outside the district. Every point of the district, borders included,
    /// belongs to exactly one basic grid: on a border it is the one with the least code. Takes a few microseconds.
    /// </summary>
    /// <param name="point">A WGS-84 point.</param>
    public GridUnit? Locate(GeoPoint point)
    {
        var place = _locator.Find(point.Latitude, point.Longitude);
        return place < 0 ? null : Units[_basics[place]];
    }

    /// <summary><see cref="Locate"/> as a test.</summary>
    /// <param name="point">A WGS-84 point.</param>
    /// <param name="unit">The basic grid, or null outside the district.</param>
    /// <returns>Whether the point lies in the district.</returns>
    public bool TryLocate(GeoPoint point, [NotNullWhen(true)] out GridUnit? unit) => (unit = Locate(point)) is not null;

    /// <summary>
    /// Whether one grid is another or contains it. It goes by the codes alone (a child's begins with its parent's), so it also
    /// answers for a code that only another edition of the district has: who may see a street sees its old grids too.
    /// </summary>
    /// <param name="scopeCode">The code of the larger grid.</param>
    /// <param name="code">The code of the smaller one.</param>
    /// <returns>False also for codes of another district and for anything that is not a whole code.</returns>
    public bool Covers(string scopeCode, string code) =>
        scopeCode.StartsWith(Root.Code, StringComparison.Ordinal)
        && code.StartsWith(scopeCode, StringComparison.Ordinal)
        && GridTiers.All.Any(tier => tier.CodeLength() == scopeCode.Length);

    /// <summary>
    /// The grids of one tier as a GeoJSON FeatureCollection in UTF-8, one feature a grid in the order of the codes, with the
    /// properties <c>code</c>, <c>name</c> and <c>parent</c> (null for the district) and coordinates of six decimals. Made once.
    /// </summary>
    /// <param name="tier">The tier.</param>
    public ReadOnlyMemory<byte> GeoJson(GridTier tier) => _geoJson[(int)tier].Value.Content;

    /// <summary>The strong entity tag of <see cref="GeoJson"/>, quotes included: it changes with the content.</summary>
    internal string GeoJsonTag(GridTier tier) => _geoJson[(int)tier].Value.Tag;

    /// <summary>The grid's polygon or polygons, x being the longitude.</summary>
    internal Geometry ShapeOf(GridUnit unit) => _shapes[unit.Index];

    private static (byte[] Content, string Tag) Tagged(byte[] content) =>
        (content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");

    private static GeoPoint CentreOf(Geometry shape)
    {
        var centroid = shape.Centroid;
        var point = shape.Contains(centroid) ? centroid : shape.InteriorPoint;
        return new GeoPoint(point.Y, point.X);
    }
}
