using NetTopologySuite.Algorithm.Locate;
using NetTopologySuite.Geometries;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>
/// Finds the cell of a coverage that a point lies in, in a few microseconds: a uniform grid of buckets names the few cells
/// that come into question, exact predicates decide. A point on a border belongs to the first of the cells that touch it,
/// so every point has one owner and always the same one. Immutable once built.
/// </summary>
internal sealed class GridLocator
{
    private const int MaximumSide = 512;

    private readonly Cell[] _cells;
    private readonly IndexedPointInAreaLocator _whole;
    private readonly Envelope _bounds;
    private readonly int _side;
    private readonly int[][] _buckets;

    /// <summary>Builds the index.</summary>
    /// <param name="whole">The area that the cells cover: within it a point that falls into a gap (a tolerated sliver) is given to the nearest cell.</param>
    /// <param name="cells">The cells, in the order of precedence.</param>
    public GridLocator(Geometry whole, IReadOnlyList<Geometry> cells)
    {
        _whole = Prepare(whole);
        _cells = [.. cells.Select(shape => new Cell(shape, Prepare(shape)))];
        _bounds = cells.Aggregate(whole.EnvelopeInternal.Copy(), (bounds, shape) => bounds.ExpandedBy(shape.EnvelopeInternal));
        _side = Math.Clamp((int)(2 * Math.Sqrt(_cells.Length)), 1, MaximumSide);

        var buckets = new List<int>[_side * _side];
        for (var i = 0; i < _cells.Length; i++)
        {
            var envelope = _cells[i].Shape.EnvelopeInternal;
            for (var row = Row(envelope.MinY); row <= Row(envelope.MaxY); row++)
            {
                for (var column = Column(envelope.MinX); column <= Column(envelope.MaxX); column++)
                {
                    (buckets[(row * _side) + column] ??= []).Add(i);
                }
            }
        }

        _buckets = [.. buckets.Select(bucket => bucket?.ToArray() ?? [])];
    }

    /// <summary>The place in the list of cells, or -1 for a point outside.</summary>
    public int Find(double latitude, double longitude)
    {
        var point = new Coordinate(longitude, latitude);
        if (!_bounds.Covers(point))
        {
            return -1;
        }

        foreach (var i in _buckets[(Row(latitude) * _side) + Column(longitude)])
        {
            if (_cells[i].Shape.EnvelopeInternal.Covers(point) && _cells[i].Locator.Locate(point) != Location.Exterior)
            {
                return i;
            }
        }

        return _whole.Locate(point) == Location.Exterior ? -1 : Nearest(point);
    }

    private int Nearest(Coordinate point)
    {
        var geometry = new Point(point);
        var (best, least) = (-1, double.PositiveInfinity);
        for (var i = 0; i < _cells.Length && least > 0; i++)
        {
            if (_cells[i].Shape.EnvelopeInternal.Distance(geometry.EnvelopeInternal) < least)
            {
                var distance = _cells[i].Shape.Distance(geometry);
                if (distance < least)
                {
                    (best, least) = (i, distance);
                }
            }
        }

        return best;
    }

    // Rounding keeps order, so a point within an envelope falls into one of the buckets that the envelope was entered in.
    private int Row(double latitude) => Slot(latitude - _bounds.MinY, _bounds.Height);

    private int Column(double longitude) => Slot(longitude - _bounds.MinX, _bounds.Width);

    private int Slot(double offset, double extent) => Math.Clamp((int)(offset / extent * _side), 0, _side - 1);

    private static IndexedPointInAreaLocator Prepare(Geometry shape)
    {
        var locator = new IndexedPointInAreaLocator(shape);
        // It builds its index at the first question; asked here, it is only read later, by any thread.
        locator.Locate(shape.Coordinate);
        return locator;
    }

    private readonly record struct Cell(Geometry Shape, IndexedPointInAreaLocator Locator);
}
