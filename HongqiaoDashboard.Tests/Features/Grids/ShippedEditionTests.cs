using HongqiaoDashboard.Features.Grids.Contracts;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;

namespace HongqiaoDashboard.Tests.Features.Grids;

public sealed class ShippedEditionTests
{
    private static GridEdition Edition => GridSamples.Shipped;

    [Fact]
    public void ShippedEdition_Counted_HasThePublishedNumbersOfGrids()
    {
        var counts = Edition.Units.CountBy(unit => unit.Tier).ToDictionary();

        Assert.Equal(1, counts[GridTier.District]);
        Assert.Equal(10, counts[GridTier.Street]);
        Assert.Equal(122, counts[GridTier.Community]);
        Assert.Equal(1035, counts[GridTier.Basic]);
    }

    [Fact]
    public void ShippedEdition_Described_SaysThatItIsSchematicAndWhenItBegins()
    {
        Assert.Equal("120106-2018", Edition.Id);
        Assert.True(Edition.IsSchematic);
        Assert.Contains("示意", Edition.Name, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2018, 1, 1), Edition.EffectiveFrom);
        Assert.Equal("Asia/Shanghai", Edition.TimeZone.Id);
    }

    [Fact]
    public void ShippedEdition_EveryTier_IsACoverageWithoutOverlapOrGap()
    {
        foreach (var tier in Enum.GetValues<GridTier>())
        {
            var shapes = Edition.Units.Where(unit => unit.Tier == tier).Select(Edition.ShapeOf).ToArray();

            // A gap of up to a metre between two grids counts as a fault, too.
            Assert.All(CoverageValidator.Validate(shapes, 1e-5), Assert.Null);
        }
    }

    [Fact]
    public void ShippedEdition_EveryParent_IsExactlyTheUnionOfItsChildren()
    {
        foreach (var parent in Edition.Units.Where(unit => unit.Tier != GridTier.Basic))
        {
            var children = Edition.Children(parent.Code).Select(Edition.ShapeOf).ToArray();

            Assert.True(CoverageUnion.Union(children).Normalized().EqualsExact(Edition.ShapeOf(parent).Normalized()), parent.Code);
        }
    }

    [Fact]
    public void ShippedEdition_BasicGrids_AreSimplePolygonsOfMuchTheSameSize()
    {
        var basics = Edition.Units.Where(unit => unit.Tier == GridTier.Basic).ToList();
        var mean = Edition.Root.AreaSquareMetres / basics.Count;

        Assert.All(basics, unit =>
        {
            Assert.IsType<Polygon>(Edition.ShapeOf(unit));
            Assert.InRange(unit.AreaSquareMetres, 0.9 * mean, 1.1 * mean);
        });
    }

    [Fact]
    public void ShippedEdition_Areas_AddUpAndComeNearThePublishedOne()
    {
        foreach (var tier in Enum.GetValues<GridTier>())
        {
            Assert.Equal(Edition.Root.AreaSquareMetres, Edition.Units.Where(unit => unit.Tier == tier).Sum(unit => unit.AreaSquareMetres), 1.0);
        }

        Assert.InRange(Edition.Root.AreaSquareMetres, 21.0e6, 21.6e6);
    }

    [Fact]
    public void ShippedEdition_Divisions_AreThoseOfTheReferenceList()
    {
        var listed = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "reference", "divisions.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Select(fields => (Code: fields[1], Name: fields[2]))
            .OrderBy(row => row.Code, StringComparer.Ordinal);

        Assert.Equal(listed, Edition.Units.Where(unit => unit.Tier != GridTier.Basic).Select(unit => (unit.Code, unit.Name)));
    }

    [Fact]
    public void ShippedEdition_StreetAnchors_LieInTheirStreets()
    {
        foreach (var fields in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", "reference", "street-anchors.csv")).Skip(1).Select(line => line.Split(',')))
        {
            var anchor = new HongqiaoDashboard.Kernel.GeoPoint(
                double.Parse(fields[3], System.Globalization.CultureInfo.InvariantCulture),
                double.Parse(fields[2], System.Globalization.CultureInfo.InvariantCulture));

            Assert.True(Edition.Covers(fields[0], Edition.Locate(anchor)!.Code), fields[1]);
        }
    }
}
