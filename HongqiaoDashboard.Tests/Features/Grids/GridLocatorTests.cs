using CsCheck;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Domain;
using HongqiaoDashboard.Kernel;
using NetTopologySuite.Geometries;
using NetTopologySuite.Geometries.Prepared;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed class GridLocatorTests
{
    private static readonly GridEdition Edition = GridSamples.Shipped;

    private static readonly List<(GridUnit Unit, IPreparedGeometry Shape)> Basics =
    [
        .. Edition.Units.Where(unit => unit.Tier == GridTier.Basic).Select(unit => (unit, PreparedGeometryFactory.Prepare(Edition.ShapeOf(unit)))),
    ];

    private static readonly IPreparedGeometry District = PreparedGeometryFactory.Prepare(Edition.ShapeOf(Edition.Root));

    private static readonly List<LineSegment> Edges =
    [
        .. Basics.SelectMany(basic => basic.Shape.Geometry.Coordinates.Zip(basic.Shape.Geometry.Coordinates.Skip(1), (a, b) => new LineSegment(a, b))),
    ];

    [Fact]
    public void Locate_PointsAllOverTheBox_AgreesWithBruteForce()
    {
        var bounds = Edition.Bounds;
        Gen.Select(Gen.Double[bounds.MinLatitude - 0.01, bounds.MaxLatitude + 0.01], Gen.Double[bounds.MinLongitude - 0.01, bounds.MaxLongitude + 0.01])
            .Sample((latitude, longitude) => Agrees(latitude, longitude), iter: 5_000);
    }

    [Fact]
    public void Locate_PointsOnAndByBorders_HaveOneOwnerAlwaysTheSame()
    {
        // On a corner, on an edge as near as doubles allow, and up to two last digits to the side of it.
        Gen.Select(Gen.Int[0, Edges.Count - 1], Gen.OneOf(Gen.Const(0.0), Gen.Const(1.0), Gen.Double[0, 1]), Gen.Int[-2, 2], Gen.Int[-2, 2])
            .Sample((edge, along, ulpsNorth, ulpsEast) =>
            {
                var point = Edges[edge].PointAlong(along);
                return Agrees(Nudge(point.Y, ulpsNorth), Nudge(point.X, ulpsEast));
            }, iter: 5_000);
    }

    [Fact]
    public void Locate_EveryCornerOfEveryGrid_IsOwnedByTheLeastCodeThatTouchesIt()
    {
        Assert.All(Basics, basic => Assert.All(basic.Shape.Geometry.Coordinates, corner =>
            Assert.True(string.CompareOrdinal(Edition.Locate(new GeoPoint(corner.Y, corner.X))!.Code, basic.Unit.Code) <= 0)));
    }

    [Fact]
    public void Find_APointInATolerableGap_IsGivenToTheNearestCell()
    {
        var whole = Box(0, 0, 2, 1);
        var locator = new GridLocator(whole, [Box(0, 0, 0.999999, 1), Box(1, 0, 2, 1)]);

        Assert.Equal(0, locator.Find(0.5, 0.9999991));
        Assert.Equal(1, locator.Find(0.5, 0.9999999));
        Assert.Equal(-1, locator.Find(1.5, 0.9999999));
    }

    private static bool Agrees(double latitude, double longitude)
    {
        var point = new Point(longitude, latitude);
        var owners = Basics.Where(basic => basic.Shape.Covers(point)).Select(basic => basic.Unit.Code).ToList();
        var found = Edition.Locate(new GeoPoint(latitude, longitude))?.Code;
        return found == owners.Min(StringComparer.Ordinal)
            && found is not null == District.Covers(point)
            && found == Edition.Locate(new GeoPoint(latitude, longitude))?.Code;
    }

    private static double Nudge(double value, int ulps)
    {
        for (; ulps != 0; ulps -= Math.Sign(ulps))
        {
            value = ulps > 0 ? Math.BitIncrement(value) : Math.BitDecrement(value);
        }

        return value;
    }

    private static Polygon Box(double west, double south, double east, double north) => (Polygon)new GeometryFactory().ToGeometry(new Envelope(west, east, south, north));
}
