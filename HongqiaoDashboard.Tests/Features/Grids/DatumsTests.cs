using CsCheck;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed class DatumsTests
{
    // A hair inside the box outside of which nothing is offset, so that no offset leads over its edge.
    private static readonly Gen<GeoPoint> InChina =
        Gen.Select(Gen.Double[0.85, 55.8], Gen.Double[72.03, 137.8], (latitude, longitude) => new GeoPoint(latitude, longitude));

    // Pairs that circulate in the field, WGS-84 and what a GCJ-02 service shows for it.
    [Theory]
    [InlineData(31.1774276, 121.5272106, 31.17530398364597, 121.531541859215)]
    [InlineData(22.543847, 113.912316, 22.540796131694766, 113.9171764808363)]
    [InlineData(39.911954, 116.377817, 39.91334545536069, 116.38404722455657)]
    [InlineData(39.915, 116.404, 39.91640428150164, 116.41024449916938)]
    public void ToWgs84_KnownPairsOfGcj02_AreUndone(double latitude, double longitude, double shownLatitude, double shownLongitude)
    {
        var point = Datums.ToWgs84(new GeoPoint(shownLatitude, shownLongitude), GeoDatum.Gcj02);

        Assert.Equal(latitude, point.Latitude, 1e-7);
        Assert.Equal(longitude, point.Longitude, 1e-7);
    }

    [Fact]
    public void ToWgs84_AKnownPairOfBd09_IsUndone()
    {
        // GCJ-02 (39.915, 116.404) is BD-09 (39.92133699351021, 116.41036949371029).
        var viaBaidu = Datums.ToWgs84(new GeoPoint(39.92133699351021, 116.41036949371029), GeoDatum.Bd09);
        var direct = Datums.ToWgs84(new GeoPoint(39.915, 116.404), GeoDatum.Gcj02);

        Assert.Equal(direct.Latitude, viaBaidu.Latitude, 1e-7);
        Assert.Equal(direct.Longitude, viaBaidu.Longitude, 1e-7);
    }

    [Theory]
    [InlineData(GeoDatum.Gcj02)]
    [InlineData(GeoDatum.Bd09)]
    public void ToWgs84_AnyPointInChina_IsUndoneToACentimetre(GeoDatum datum) =>
        InChina.Sample(point =>
        {
            var back = Datums.ToWgs84(Datums.FromWgs84(point, datum), datum);
            return Math.Abs(back.Latitude - point.Latitude) < 1e-7 && Math.Abs(back.Longitude - point.Longitude) < 1e-7;
        }, iter: 20_000);

    [Fact]
    public void ToWgs84_AnyPointInChina_MovesByHundredsOfMetresAtMost() =>
        InChina.Sample(point =>
        {
            var shown = Datums.FromWgs84(point, GeoDatum.Gcj02);
            return shown != point && Math.Abs(shown.Latitude - point.Latitude) < 0.01 && Math.Abs(shown.Longitude - point.Longitude) < 0.02;
        });

    [Theory]
    [InlineData(-1.286, 36.817)]
    [InlineData(-34.604, -58.382)]
    [InlineData(51.5, -0.12)]
    public void ToWgs84_PointsOutsideChina_AreLeftAsTheyAre(double latitude, double longitude)
    {
        var point = new GeoPoint(latitude, longitude);

        Assert.All(Enum.GetValues<GeoDatum>(), datum => Assert.Equal(point, Datums.ToWgs84(point, datum)));
    }

    [Fact]
    public void ToWgs84_FromWgs84_IsNoChange() => InChina.Sample(point => Datums.ToWgs84(point, GeoDatum.Wgs84) == point);
}
