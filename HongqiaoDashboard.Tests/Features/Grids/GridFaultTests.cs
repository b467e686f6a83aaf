using System.Text;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Features.Grids.Domain;

namespace HongqiaoDashboard.Tests.Features.Grids;

/// <summary>Every fault from a sound file with one thing broken: it is found, named with its grid, and nothing else is blamed without cause.</summary>
public sealed class GridFaultTests
{
    private const string District = "410101";
    private const string Street = "410101001";
    private const string Community = "410101001001";
    private const string Basic = "410101001001001";
    private const string Sibling = "410101001001002";

    // West and south of the basic grid, and its side.
    private const double W = 36.80, S = -1.32, D = 0.005;

    [Fact]
    public void Examine_ASoundFile_FindsNothing() => Assert.Empty(Faults(_ => { }));

    [Fact]
    public void Examine_NoJson_TellsWhere() =>
        Assert.Equal(["NotJson(file, 2, 3)"], Examine(Encoding.UTF8.GetBytes("{\n  oops}")));

    [Fact]
    public void Examine_AnEmptyFile_IsNoJson() => Assert.Equal(["NotJson(file, 1, 1)"], Examine([]));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"type":"Feature"}""")]
    [InlineData("""{"type":"FeatureCollection","features":7}""")]
    public void Examine_OtherJson_IsRefused(string json) =>
        Assert.Equal(["NotFeatureCollection(file)"], Examine(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void Examine_NoFeatures_MissesTheDistrict() =>
        Assert.Equal(["DistrictMissing(file)"], Faults(file => file["features"] = new JsonArray()));

    [Fact]
    public void Examine_AByteOrderMark_IsPassedOver() =>
        Assert.Empty(Examine([0xEF, 0xBB, 0xBF, .. GridSamples.NearNairobi().Utf8()]));

    [Fact]
    public async Task TakeIn_MoreThanTheLimit_GivesUp()
    {
        Assert.Null(await GridEditionReader.TakeInAsync(new MemoryStream(new byte[101]), 100, TestContext.Current.CancellationToken));
        Assert.Equal(100, (await GridEditionReader.TakeInAsync(new MemoryStream(new byte[100]), 100, TestContext.Current.CancellationToken))!.Length);
    }

    [Theory]
    [InlineData("urn:ogc:def:crs:EPSG::3857", false)]
    [InlineData("EPSG:4549", false)]
    [InlineData("urn:ogc:def:crs:EPSG::4490", true)]
    [InlineData("urn:ogc:def:crs:OGC:1.3:CRS84", true)]
    [InlineData("EPSG:4326", true)]
    public void Examine_AReferenceSystem_MustBeOneInDegrees(string name, bool isKnown) =>
        Assert.Equal(
            isKnown ? [] : [$"CrsUnknown(file, {name})"],
            Faults(file => file["crs"] = new JsonObject { ["type"] = "name", ["properties"] = new JsonObject { ["name"] = name } }));

    [Fact]
    public void Examine_NoEdition_IsOneFault() => Assert.Equal(["EditionMissing(file)"], Faults(file => file.Remove("edition")));

    [Theory]
    [InlineData("id", null, "EditionIdInvalid(file, )")]
    [InlineData("id", "../../etc", "EditionIdInvalid(file, ../../etc)")]
    [InlineData("id", "a b", "EditionIdInvalid(file, a b)")]
    [InlineData("name", null, "EditionNameMissing(file)")]
    [InlineData("name", "  ", "EditionNameMissing(file)")]
    [InlineData("effectiveFrom", null, "EffectiveFromInvalid(file, )")]
    [InlineData("effectiveFrom", "2018-02-30", "EffectiveFromInvalid(file, 2018-02-30)")]
    [InlineData("effectiveFrom", "01/02/2018", "EffectiveFromInvalid(file, 01/02/2018)")]
    [InlineData("timeZone", null, "TimeZoneUnknown(file, )")]
    [InlineData("timeZone", "Asia/Nowhere", "TimeZoneUnknown(file, Asia/Nowhere)")]
    [InlineData("datum", "nad27", "DatumUnknown(file, nad27)")]
    [InlineData("datum", "2", "DatumUnknown(file, 2)")]
    [InlineData("datum", "9", "DatumUnknown(file, 9)")]
    public void Examine_ABadMemberOfTheEdition_IsNamed(string member, string? value, string fault) =>
        Assert.Equal([fault], Faults(file => file.Edition()[member] = value));

    [Fact]
    public void Examine_NoCode_IsNamedByItsPlace() =>
        Assert.Equal(["CodeMissing(#4)"], Faults(file => file.Properties(Basic).Remove("code")));

    [Fact]
    public void Examine_ACodeThatIsANumber_IsRead() =>
        Assert.Empty(Faults(file => file.Properties(Basic)["code"] = 410101001001001));

    [Fact]
    public void Examine_ACodeWithLetters_IsRefused() =>
        Assert.Equal(["CodeNotDigits(41010100100100X)"], Faults(file => file.Properties(Basic)["code"] = "41010100100100X"));

    [Fact]
    public void Examine_ACodeOfTheWrongLength_TellsBothLengths() =>
        Assert.Equal(["CodeLength(41010100100101, 15, 14)"], Faults(file => file.Properties(Basic)["code"] = "41010100100101"));

    [Fact]
    public void Examine_ACodeThatStandsTwice_IsRefused() =>
        Assert.Equal([$"CodeDuplicate({Sibling}, 2)"], Faults(file => file.Properties(Basic)["code"] = Sibling));

    [Fact]
    public void Examine_NoName_IsRefused() => Assert.Equal([$"NameMissing({Basic})"], Faults(file => file.Properties(Basic).Remove("name")));

    [Fact]
    public void Examine_AnUnknownTier_IsRefused() =>
        Assert.Equal([$"TierUnknown({Basic}, village)"], Faults(file => file.Properties(Basic)["tier"] = "village"));

    [Fact]
    public void Examine_NoParent_IsRefused()
    {
        // Its place is empty then, too.
        Assert.Equal(["ParentMissing", "Gap"], Kinds(file => file.Properties(Basic).Remove("parent")));
    }

    [Fact]
    public void Examine_ADistrictWithAParent_IsRefused() =>
        Assert.Equal([$"ParentUnexpected({District}, 4101)"], Faults(file => file.Properties(District)["parent"] = "4101"));

    [Fact]
    public void Examine_AParentThatIsNotThere_IsRefused() =>
        Assert.Equal(["ParentUnknown", "ParentPrefix", "Gap"], Kinds(file => file.Properties(Basic)["parent"] = "410101009009"));

    [Fact]
    public void Examine_AParentOfTheWrongTier_IsRefused()
    {
        var faults = Faults(file => file.Properties(Basic)["parent"] = Street);

        Assert.Contains($"ParentTier({Basic}, {Street}, Street)", faults);
    }

    [Fact]
    public void Examine_AParentWithAnotherPrefix_IsRefused()
    {
        var faults = Faults(file => file.Properties(Basic)["parent"] = "410101001002");

        Assert.Contains($"ParentPrefix({Basic}, 410101001002)", faults);
    }

    [Fact]
    public void Examine_NoDistrict_IsRefused() =>
        Assert.Equal(
            ["DistrictMissing", "ParentUnknown", "ParentUnknown", "ParentUnknown", "ParentUnknown"],
            Kinds(file => file["features"]!.AsArray().RemoveAt(0)));

    [Fact]
    public void Examine_TwoDistricts_AreRefused() =>
        Assert.Equal(["DistrictSeveral", "ChildrenMissing"], Kinds(file =>
        {
            var second = file.Feature(District).DeepClone();
            second["properties"]!["code"] = "410102";
            file["features"]!.AsArray().Add(second);
        }));

    [Fact]
    public void Examine_ACommunityWithoutBasicGrids_IsRefused() =>
        Assert.Equal([$"ChildrenMissing({Community})"], Faults(file => file.Drop(Community + "0")));

    [Fact]
    public void Examine_NoGeometry_IsRefused() => Assert.Equal([$"GeometryMissing({Basic})"], Faults(file => file.Feature(Basic)["geometry"] = null));

    [Fact]
    public void Examine_APoint_IsRefused() =>
        Assert.Equal([$"GeometryType({Basic}, Point)"], Faults(file => file.Feature(Basic)["geometry"] = Json("""{"type":"Point","coordinates":[36.8,-1.3]}""")));

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":"x"}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[["NaN",1],[2,3],[4,5],["NaN",1]]]}""")]
    [InlineData("""{"type":"Polygon","coordinates":[[[36.8,-1.3],[36.81,-1.3]]]}""")]
    public void Examine_AGeometryThatCannotBeRead_IsRefused(string geometry) =>
        Assert.Equal(["GeometryUnreadable"], Kinds(file => file.Feature(Basic)["geometry"] = Json(geometry)));

    [Theory]
    [InlineData("""{"type":"Polygon","coordinates":[]}""")]
    [InlineData("""{"type":"MultiPolygon","coordinates":[]}""")]
    public void Examine_AnEmptyGeometry_IsRefused(string geometry) =>
        Assert.Equal([$"GeometryEmpty({Basic})"], Faults(file => file.Feature(Basic)["geometry"] = Json(geometry)));

    [Fact]
    public void Examine_ABowTie_IsInvalidAndTellsWhere() =>
        Assert.Equal(
            [$"GeometryInvalid({Basic}, SelfIntersection, -1.315, 36.805)"],
            Faults(file => file.Feature(Basic)["geometry"] = Ring([36.8, -1.32], [36.81, -1.31], [36.81, -1.32], [36.8, -1.31], [36.8, -1.32])));

    [Fact]
    public void Examine_AnInfiniteCoordinate_IsRefused() =>
        Assert.Equal([$"CoordinateNotFinite({Basic})"], Examine(Encoding.UTF8.GetBytes(
            Broken(file => file.Feature(Basic)["geometry"] = Ring([36.8, -1.32], [77, -1.32], [36.81, -1.31], [36.8, -1.32])).ToJsonString().Replace("77,", "1e999,", StringComparison.Ordinal))));

    [Theory]
    [InlineData(200, 10, "CoordinateOutOfRange")]
    [InlineData(117.1, 95, "CoordinateOutOfRange")]
    [InlineData(39.1, 117.1, "CoordinateSwapped")]
    [InlineData(13042000, 4738000, "CoordinateInMetres")]
    [InlineData(514000, 4334000, "CoordinateInMetres")]
    public void Examine_ACoordinateOutOfRange_GuessesTheCause(double x, double y, string kind) =>
        Assert.Equal([FormattableString.Invariant($"{kind}({Basic}, {x}, {y})")], Faults(file => file.Feature(Basic)["geometry"] = Ring([x, y], [x + 1, y], [x, y + 1], [x, y])));

    [Fact]
    public void Examine_AShapeAcrossTheDateLine_IsRefused() =>
        Assert.Equal([$"CrossesAntimeridian({Basic})"], Faults(file => file.Reshape(Basic, -179.9, S, 179.9, S + D)));

    [Fact]
    public void Examine_SiblingsThatOverlap_AreBothNamedWithTheArea()
    {
        // A tenth of the sibling's width: 0.0005° by 0.005°, some 55.7 by 553 metres.
        var fault = Assert.Single(Broken(file => file.Reshape(Basic, W, S, W + (1.1 * D), S + D)).Examined().Faults);

        Assert.Equal((GridFaultKind.Overlap, Basic, Sibling), (fault.Kind, fault.Grid, fault.Arguments[0]));
        Assert.InRange((double)fault.Arguments[1], 30_000, 31_500);
        Assert.InRange((double)fault.Arguments[2], 1, 200);
    }

    [Fact]
    public void Examine_AGap_IsNamedByTheParentWithTheArea()
    {
        var fault = Assert.Single(Broken(file => file.Reshape(Basic, W, S, W + (0.9 * D), S + D)).Examined().Faults);

        Assert.Equal((GridFaultKind.Gap, Community), (fault.Kind, fault.Grid));
        Assert.InRange((double)fault.Arguments[0], 30_000, 31_500);
        Assert.InRange((double)fault.Arguments[2], S, S + D);
        Assert.InRange((double)fault.Arguments[3], W + (0.9 * D), W + D);
    }

    [Fact]
    public void Examine_AMissingBasicGrid_IsAGap() => Assert.Equal(["Gap"], Kinds(file => file.Drop(Basic)));

    [Fact]
    public void Examine_AGridBeyondItsParent_IsRefused()
    {
        var fault = Assert.Single(Broken(file => file.Reshape(Basic, W - (0.1 * D), S, W + D, S + D)).Examined().Faults);

        Assert.Equal((GridFaultKind.Protrusion, Basic, Community), (fault.Kind, fault.Grid, fault.Arguments[0]));
        Assert.InRange((double)fault.Arguments[1], 30_000, 31_500);
    }

    [Fact]
    public void Examine_AHoleInTheMiddle_IsAGap() =>
        Assert.Equal(["Gap"], Kinds(file => file.Feature(Basic)["geometry"]!["coordinates"]!.AsArray().Add(
            Json("[[36.801,-1.319],[36.801,-1.318],[36.802,-1.318],[36.802,-1.319],[36.801,-1.319]]"))));

    // 0.000001° is a decimetre: what rounding to six decimals can do to a border.
    [Theory]
    [InlineData(0.000001, true)]
    [InlineData(-0.000001, true)]
    [InlineData(0.00001, false)]
    [InlineData(-0.00001, false)]
    public void Examine_ASliver_PassesUpToTheTolerance(double shift, bool passes) =>
        Assert.Equal(passes, Faults(file => file.Reshape(Basic, W, S, W + D + shift, S + D)).Count == 0);

    [Fact]
    public void Examine_ManyFaults_ListsThemAll()
    {
        var faults = Faults(file =>
        {
            file.Edition()["timeZone"] = "Mars/Olympus";
            file.Properties(Basic)["tier"] = "village";
            file.Properties(Sibling).Remove("name");
            file.Feature("410101004004004")["geometry"] = null;
            file.Reshape("410101003003003", W, S, W + D, S + D);
        });

        Assert.Contains("TimeZoneUnknown(file, Mars/Olympus)", faults);
        Assert.Contains($"TierUnknown({Basic}, village)", faults);
        Assert.Contains($"NameMissing({Sibling})", faults);
        Assert.Contains("GeometryMissing(410101004004004)", faults);
        Assert.Contains(faults, fault => fault.StartsWith("Protrusion(410101003003003", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Gap(410101003003", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gcj02")]
    [InlineData("BD-09")]
    public void Examine_AnOffsetDatum_ComesOutInWgs84(string datum)
    {
        var plain = GridSamples.Sound(GridSamples.Square("a", "120199", 117.1, 39.1));
        var file = GridSamples.Square("b", "120199", 117.1, 39.1);
        file.Edition()["datum"] = datum;

        var offset = GridSamples.Sound(file);

        var (there, here) = (offset.Root.Centre, plain.Root.Centre);
        Assert.InRange(Math.Abs(there.Longitude - here.Longitude), 0.004, 0.02);
        Assert.Equal(plain.Root.AreaSquareMetres, offset.Root.AreaSquareMetres, plain.Root.AreaSquareMetres * 0.01);
    }

    [Fact]
    public void Examine_AnEditionOnAnotherContinent_IsSound()
    {
        Assert.Equal("America/Argentina/Buenos_Aires", GridSamples.Sound(GridSamples.NearBuenosAires()).TimeZone.Id);
        Assert.Equal(85, GridSamples.Sound(GridSamples.Square("pole", "990101", west: -179.99, south: 78.2, zone: "UTC", side: 1)).Units.Length);
    }

    private static List<string> Faults(Action<JsonObject> damage) => Examine(Broken(damage).Utf8());

    private static List<string> Kinds(Action<JsonObject> damage) => [.. Broken(damage).Examined().Faults.Select(fault => fault.Kind.ToString())];

    private static List<string> Examine(byte[] file) => [.. GridEditionFile.Examine(file).Faults.Select(fault => fault.ToString())];

    private static JsonObject Broken(Action<JsonObject> damage)
    {
        var file = GridSamples.NearNairobi();
        damage(file);
        return file;
    }

    private static JsonNode Json(string text) => JsonNode.Parse(text)!;

    private static JsonObject Ring(params double[][] points) => new()
    {
        ["type"] = "Polygon",
        ["coordinates"] = new JsonArray(new JsonArray([.. points.Select(p => new JsonArray(p[0], p[1]))])),
    };
}
