using System.Text.Json;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using NetTopologySuite.Geometries;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed class GridEditionTests
{
    private readonly GridEdition _nairobi = GridSamples.Sound(GridSamples.NearNairobi());

    [Fact]
    public void Units_InOrder_AreDenseWithParentsFirst()
    {
        Assert.Equal(1 + 4 + 16 + 64, _nairobi.Units.Length);
        Assert.Equal(Enumerable.Range(0, 85), _nairobi.Units.Select(unit => unit.Index));
        Assert.Equal(_nairobi.Units.Select(unit => unit.Code).Order(StringComparer.Ordinal), _nairobi.Units.Select(unit => unit.Code));
        Assert.All(_nairobi.Units, unit => Assert.True(unit.ParentCode is null || _nairobi.Find(unit.ParentCode)!.Index < unit.Index));
    }

    [Fact]
    public void Tree_OfABasicGrid_LeadsFromTheDistrictToIt()
    {
        const string code = "410101002003004";

        Assert.Equal(["410101", "410101002", "410101002003", code], _nairobi.Path(code).Select(unit => unit.Code));
        Assert.Equal(_nairobi.Path(code).Select(unit => unit.Index), _nairobi.PathIndices(_nairobi.Find(code)!.Index));
        Assert.Equal(["410101002003001", "410101002003002", "410101002003003", code], _nairobi.Children("410101002003").Select(unit => unit.Code));
        Assert.Empty(_nairobi.Children(code));
    }

    [Fact]
    public void UnknownCode_Asked_HasNothing()
    {
        Assert.Null(_nairobi.Find("410101009"));
        Assert.Null(_nairobi.Find(null));
        Assert.Empty(_nairobi.Path("410101009"));
        Assert.Empty(_nairobi.Children("410101009"));
    }

    [Theory]
    [InlineData("410101", "410101002003004", true)]
    [InlineData("410101002", "410101002003004", true)]
    [InlineData("410101002003004", "410101002003004", true)]
    [InlineData("410101002", "410101002999999", true)] // a grid of an older edition
    [InlineData("410101002", "410101", false)]
    [InlineData("410101002", "410101003003004", false)]
    [InlineData("4101", "410101002", false)]
    [InlineData("41010100", "410101002", false)]
    [InlineData("540201", "540201001", false)]
    [InlineData("", "410101", false)]
    public void Covers_TwoCodes_GoesByTheirPrefix(string scope, string code, bool expected) =>
        Assert.Equal(expected, _nairobi.Covers(scope, code));

    [Fact]
    public void Bounds_OfADistrict_AreItsCorners() =>
        Assert.Equal(new GridBounds(-1.32, 36.80, -1.28, 36.84), _nairobi.Bounds);

    [Fact]
    public void Areas_OnOtherContinents_AreThoseOfTheEllipsoid()
    {
        // 0.04° by 0.04°, worked out from the radii of curvature: M = a(1-e²)/w³, N = a/w, w² = 1 - e² sin²φ.
        Assert.Equal(Expected(-1.30), _nairobi.Root.AreaSquareMetres, Expected(-1.30) * 1e-6);
        Assert.Equal(Expected(-34.62), GridSamples.Sound(GridSamples.NearBuenosAires()).Root.AreaSquareMetres, Expected(-34.62) * 1e-6);

        static double Expected(double latitude)
        {
            const double a = 6378137.0, ee = 0.00669437999014;
            var radians = latitude * Math.PI / 180;
            var w = Math.Sqrt(1 - (ee * Math.Sin(radians) * Math.Sin(radians)));
            var step = 0.04 * Math.PI / 180;
            return a * (1 - ee) / (w * w * w) * step * (a / w) * Math.Cos(radians) * step;
        }
    }

    [Fact]
    public void Centre_OfEveryGrid_LiesInside()
    {
        foreach (var edition in new[] { _nairobi, GridSamples.Shipped })
        {
            Assert.All(edition.Units, unit =>
            {
                Assert.True(edition.ShapeOf(unit).Contains(new Point(unit.Centre.Longitude, unit.Centre.Latitude)), unit.Code);
                Assert.True(edition.Covers(unit.Code, edition.Locate(unit.Centre)!.Code), unit.Code);
            });
        }
    }

    [Fact]
    public void Centre_OfAHorseshoe_LiesInTheHorseshoe()
    {
        var file = GridSamples.NearNairobi();
        // One basic grid keeps a rim of its place, a sibling gets the middle as well as its own.
        const double w = 36.80, s = -1.32, d = 0.005;
        file.Feature("410101001001001")["geometry"] = JsonSerializer.SerializeToNode(new
        {
            type = "Polygon",
            coordinates = new[] { new[] { P(0, 0), P(1, 0), P(1, 0.1), P(0.1, 0.1), P(0.1, 0.9), P(1, 0.9), P(1, 1), P(0, 1), P(0, 0) } },
        });
        file.Feature("410101001001002")["geometry"] = JsonSerializer.SerializeToNode(new
        {
            type = "MultiPolygon",
            coordinates = new[] { new[] { new[] { P(1, 0), P(2, 0), P(2, 1), P(1, 1), P(1, 0.9), P(0.1, 0.9), P(0.1, 0.1), P(1, 0.1), P(1, 0) } } },
        });

        var edition = GridSamples.Sound(file);

        Assert.Equal("410101001001001", edition.Locate(edition.Find("410101001001001")!.Centre)!.Code);

        static double[] P(double x, double y) => [Math.Round(w + (x * d), 6), Math.Round(s + (y * d), 6)];
    }

    [Theory]
    [InlineData(-1.319, 36.801, "410101001001001")]
    [InlineData(-1.281, 36.839, "410101004004004")]
    [InlineData(-1.319, 36.839, "410101002002002")]
    [InlineData(-1.30, 36.82, "410101001004004")] // the corner where all four streets meet
    [InlineData(-1.32, 36.80, "410101001001001")] // the district's own corner
    [InlineData(-1.33, 36.82, null)]
    [InlineData(1.30, 36.82, null)]
    [InlineData(double.NaN, 36.82, null)]
    public void Locate_APoint_FindsItsBasicGrid(double latitude, double longitude, string? code)
    {
        Assert.Equal(code, _nairobi.Locate(new GeoPoint(latitude, longitude))?.Code);
        Assert.Equal(code is not null, _nairobi.TryLocate(new GeoPoint(latitude, longitude), out var unit));
        Assert.Equal(code, unit?.Code);
    }

    [Fact]
    public void GeoJson_OfATier_HasItsGridsWithCodeNameAndParent()
    {
        using var json = JsonDocument.Parse(_nairobi.GeoJson(GridTier.Street));
        var features = json.RootElement.GetProperty("features").EnumerateArray().ToList();

        Assert.Equal(4, features.Count);
        Assert.Equal(["code", "name", "parent"], features[0].GetProperty("properties").EnumerateObject().Select(member => member.Name));
        Assert.Equal("410101001", features[0].GetProperty("properties").GetProperty("code").GetString());
        Assert.Equal("410101", features[0].GetProperty("properties").GetProperty("parent").GetString());
        Assert.Equal("Polygon", features[0].GetProperty("geometry").GetProperty("type").GetString());
    }

    [Fact]
    public void GeoJson_OfEveryShippedTier_GivesBackTheSameShapes()
    {
        var converter = new JsonSerializerOptions { Converters = { new NetTopologySuite.IO.Converters.GeoJsonConverterFactory() } };
        foreach (var tier in Enum.GetValues<GridTier>())
        {
            using var json = JsonDocument.Parse(GridSamples.Shipped.GeoJson(tier));
            foreach (var feature in json.RootElement.GetProperty("features").EnumerateArray())
            {
                var unit = GridSamples.Shipped.Find(feature.GetProperty("properties").GetProperty("code").GetString())!;
                var shape = feature.GetProperty("geometry").Deserialize<Geometry>(converter)!;

                Assert.True(shape.EqualsExact(GridSamples.Shipped.ShapeOf(unit)), unit.Code);
            }
        }
    }
}
