using System.Collections.Immutable;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Utilities;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>An edition as it was read, before anybody knows whether it is sound. What could not be read is null and has its fault.</summary>
internal sealed record GridDraft
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? EnglishName { get; init; }

    public DateOnly? EffectiveFrom { get; init; }

    public TimeZoneInfo? TimeZone { get; init; }

    /// <summary>What the shapes' coordinates are measured against.</summary>
    public GeoDatum Datum { get; init; }

    public bool IsSchematic { get; init; }

    public string? Source { get; init; }

    public ImmutableArray<GridDraftUnit> Units { get; init; } = [];

    /// <summary>
    /// The same in WGS-84, converted corner by corner, so that a border stays common to both of its sides. To be done after
    /// the shapes were checked against each other: an offset bends the long edge of a parent less often than its children's short ones.
    /// </summary>
    public GridDraft InWgs84()
    {
        if (Datum == GeoDatum.Wgs84)
        {
            return this;
        }

        var editor = new GeometryEditor();
        var conversion = new Conversion(Datum);
        return this with
        {
            Datum = GeoDatum.Wgs84,
            Units = [.. Units.Select(unit => unit with { Shape = unit.Shape is null ? null : editor.Edit(unit.Shape, conversion) })],
        };
    }

    private sealed class Conversion(GeoDatum from) : GeometryEditor.CoordinateOperation
    {
        public override Coordinate[] Edit(Coordinate[] coordinates, Geometry geometry) =>
        [
            .. coordinates.Select(c => Datums.ToWgs84(new GeoPoint(c.Y, c.X), from)).Select(point => new Coordinate(point.Longitude, point.Latitude)),
        ];
    }
}

/// <summary>One feature of the file.</summary>
/// <param name="Number">Its place in the file, from 1.</param>
/// <param name="Code">Its code as text, also where the file has a number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Tier">Its tier; null when it is unknown.</param>
/// <param name="Parent">Its parent's code; null when the file has none.</param>
/// <param name="Shape">Its polygons, readable and in range; null otherwise.</param>
internal sealed record GridDraftUnit(int Number, string? Code, string? Name, GridTier? Tier, string? Parent, Geometry? Shape)
{
    /// <summary>What a fault calls it.</summary>
    public string Label => Code ?? FormattableString.Invariant($"#{Number}");
}

/// <summary>What reading or checking came to.</summary>
/// <param name="Draft">What was read; empty when the file is no collection of features at all.</param>
/// <param name="Faults">Everything that is wrong with it so far.</param>
internal sealed record GridReading(GridDraft Draft, ImmutableArray<GridFault> Faults);
