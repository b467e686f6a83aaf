using CsCheck;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>What may be published as a catalog, and what must be kept of the one before.</summary>
public sealed class CatalogFaultsTests
{
    internal static CatalogDocument Shipped { get; } = IncidentCatalog.Read(ReferenceData.File("incidents", "catalog.json")).Document;

    private static readonly IncidentType Plain = new("0499", "04", "新", "New", "新类型", "A new type", IncidentSeverity.Ordinary, "chengguan", [], []);

    [Fact]
    public void Catalog_ThatShips_HasNoFaultsAndSurvivesBeingWritten()
    {
        Assert.Empty(CatalogFaults.OfSuccessor(Shipped, Shipped));
        var read = CatalogFile.Parse(CatalogFile.Write(Shipped));
        Assert.Equal(CatalogFile.Write(Shipped), CatalogFile.Write(read));
        Assert.Empty(CatalogChanges.Between(Shipped, read));
    }

    // Whatever is taken out of a catalog, the one before has it and the next must: no code of history is ever lost.
    [Fact]
    public void Successor_LackingAnything_IsFaulty() => Gen.Int[0, 10_000].Sample(random =>
    {
        var places = Places(Shipped).ToList();
        var place = places[random % places.Count];
        var fault = Assert.Single(CatalogFaults.OfSuccessor(Remove(Shipped, place), Shipped), fault => fault.Place == place);
        Assert.Equal("CatalogRemoved", fault.Reason.Code);
    }, iter: 300);

    // And whatever is ended instead leaves every code to be found, in every later version as well.
    [Fact]
    public void Successor_EndingAnything_KeepsEveryCode() => Gen.Int[0, 10_000].Array[1, 8].Sample(randoms =>
    {
        var catalog = Shipped;
        foreach (var random in randoms)
        {
            var places = Places(Shipped).ToList();
            var next = End(catalog, places[random % places.Count]);
            Assert.DoesNotContain(CatalogFaults.OfSuccessor(next, catalog), fault => fault.Reason.Code is "CatalogRemoved" or "CatalogTwice");
            catalog = CatalogFile.Parse(CatalogFile.Write(next));
        }

        Assert.Empty(Places(Shipped).Except(Places(catalog)));
        Assert.DoesNotContain(CatalogFaults.OfSuccessor(catalog, Shipped), fault => fault.Reason.Code == "CatalogRemoved");
    }, iter: 300);

    [Fact]
    public void Category_Ended_EndsItsTypes()
    {
        var ended = Shipped.With("04", Shipped.Category("04")! with { Ended = true });
        Assert.Empty(CatalogFaults.OfSuccessor(ended, Shipped));
        Assert.All(ended.Category("04")!.Types, type => Assert.True(type.Ended));
        // Restored by itself it has nothing to offer yet.
        var restored = ended.With("04", ended.Category("04")! with { Ended = false });
        Assert.Equal(["CatalogNoPlainType"], Codes(restored));
    }

    [Fact]
    public void Department_Ended_MustNotBeTheUsualOneOfATypeInForce()
    {
        var ended = Shipped.With("sifa", Shipped.Department("sifa")! with { Ended = true });
        var types = Shipped.Types.Where(type => type.Department == "sifa").ToList();
        Assert.NotEmpty(types);
        Assert.Equal(types.Select(type => type.Code), CatalogFaults.OfSuccessor(ended, Shipped).Where(fault => fault.Reason.Code == "CatalogEndedDepartment").Select(fault => fault.Place.Code));
        Assert.Empty(CatalogFaults.OfSuccessor(types.Aggregate(ended, (catalog, type) => catalog.With(type.Code, type with { Department = "gongan" })), Shipped));
    }

    [Fact]
    public void Type_MovedToAnotherCategory_IsFaulty()
    {
        var type = Shipped.Type("0401")!;
        var moved = Remove(Shipped, new(CatalogPart.Type, "0401"));
        moved = moved.With("0401", type with { Category = "05" });
        Assert.Equal(["CatalogTypeMoved"], Codes(moved));
    }

    [Fact]
    public void Question_ThatWasAnswered_KeepsItsDatatype()
    {
        var type = Shipped.Type("0405")!;
        var changed = Shipped.With("0405", type with { Attributes = [.. type.Attributes.Select(a => a with { Datatype = "text" })] });
        Assert.Equal(["CatalogDatatypeChanged"], Codes(changed));
    }

    public static TheoryData<string, string> FaultyTypes => new()
    {
        { "code with a space", "CatalogCode" }, { "no English name", "CatalogNameMissing" }, { "no description", "CatalogDescriptionMissing" }, { "long name", "CatalogTooLong" },
        { "unknown department", "CatalogUnknownDepartment" }, { "ten photographs", "CatalogPhotos" }, { "taken code", "CatalogTwice" }, { "unknown datatype", "CatalogUnknownDatatype" },
        { "list without answers", "CatalogValuesAndDatatype" }, { "answers without list", "CatalogValuesAndDatatype" }, { "question twice", "CatalogTwice" }, { "answer twice", "CatalogTwice" },
        { "question without words", "CatalogNameMissing" },
    };

    [Theory]
    [MemberData(nameof(FaultyTypes))]
    public void Type_WithAFault_IsNamedWithItsPlace(string what, string code)
    {
        IncidentAttribute Asks(string datatype, params string[] keys) => new("q", datatype, false, "问", "Ask", "", [.. keys.Select(key => new AttributeValue(key, "是", "Yes"))]);
        var type = what switch
        {
            "code with a space" => Plain with { Code = "04 99" },
            "no English name" => Plain with { NameEn = " " },
            "no description" => Plain with { Description = "" },
            "long name" => Plain with { Name = new string('长', 101) },
            "unknown department" => Plain with { Department = "nobody" },
            "ten photographs" => Plain with { PhotosToResolve = 10 },
            "taken code" => Plain with { Code = "0101" },
            "unknown datatype" => Plain with { Attributes = [Asks("colour")] },
            "list without answers" => Plain with { Attributes = [Asks("singlevaluelist")] },
            "answers without list" => Plain with { Attributes = [Asks("string", "a")] },
            "question twice" => Plain with { Attributes = [Asks("string"), Asks("text")] },
            "answer twice" => Plain with { Attributes = [Asks("singlevaluelist", "a", "a")] },
            _ => Plain with { Attributes = [Asks("string") with { DescriptionEn = "" }] },
        };
        Assert.Equal([code], Codes(Shipped.With(type.Code, type)));
        Assert.Empty(Codes(Shipped.With(Plain.Code, Plain)));
    }

    [Fact]
    public void Category_WithoutAPlainType_IsFaulty()
    {
        var category = Shipped.Category("09")!;
        var asks = category with { Types = [.. category.Types.Select(type => type with { Ended = type.Attributes.Count == 0 })] };
        Assert.Equal(["CatalogNoPlainType"], Codes(Shipped.With("09", asks)));
        Assert.Equal(["CatalogNameMissing", "CatalogNoPlainType"], Codes(Shipped.With("12", new IncidentCategory("12", "新", "", false, false, []))));
    }

    [Fact]
    public void Changes_BetweenVersions_NameWhatWasDone()
    {
        var type = Shipped.Type("0103")!;
        var next = Shipped.With("0103", type with
        {
            Name = "噪声扰民", Attributes = [type.Attributes[1] with { Required = true }], EndedAttributes = [type.Attributes[0]],
        }).With("0499", Plain).With("sifa", Shipped.Department("sifa")! with { Ended = true });
        Assert.Equal(
            ["Department sifa Ended", "Type 0103 Name", "Attribute 0103/period Required", "Attribute 0103/source Ended", "Type 0499 Added"],
            CatalogChanges.Between(Shipped, next).Select(change => $"{change.Place.Part} {change.Place.Code}{(change.Place.Attribute is { } attribute ? "/" + attribute : "")} {change.What}"));
        Assert.Contains(CatalogChanges.Between(next, Shipped), change => change is { What: "Restored", Place.Part: CatalogPart.Attribute });
    }

    private static IEnumerable<string> Codes(CatalogDocument catalog) => CatalogFaults.OfSuccessor(catalog, Shipped).Select(fault => fault.Reason.Code);

    private static IEnumerable<CatalogPlace> Places(CatalogDocument catalog) =>
    [
        .. catalog.Departments.Select(department => new CatalogPlace(CatalogPart.Department, department.Code)),
        .. catalog.Categories.Select(category => new CatalogPlace(CatalogPart.Category, category.Code)),
        .. catalog.Types.Select(type => new CatalogPlace(CatalogPart.Type, type.Code)),
        .. catalog.Types.SelectMany(type => type.Attributes.Concat(type.EndedAttributes).SelectMany(attribute => attribute.Values.Concat(attribute.EndedValues)
            .Select(value => new CatalogPlace(CatalogPart.Value, type.Code, attribute.Code, value.Key)).Append(new CatalogPlace(CatalogPart.Attribute, type.Code, attribute.Code)))),
    ];

    private static CatalogDocument Remove(CatalogDocument catalog, CatalogPlace place) => place.Part switch
    {
        CatalogPart.Attribute or CatalogPart.Value => Change(catalog, place, null, null),
        _ => catalog.Without(place),
    };

    private static CatalogDocument End(CatalogDocument catalog, CatalogPlace place) => place.Part switch
    {
        CatalogPart.Department => catalog.With(place.Code, catalog.Department(place.Code)! with { Ended = true }),
        CatalogPart.Category => catalog.With(place.Code, catalog.Category(place.Code)! with { Ended = true }),
        CatalogPart.Type => catalog.With(place.Code, catalog.Type(place.Code)! with { Ended = true }),
        _ => Change(catalog, place, catalog.Type(place.Code)!.Attribute(place.Attribute!), catalog.Type(place.Code)!.Attribute(place.Attribute!)!.Value(place.Value ?? "")),
    };

    // Takes an attribute or a value out, and puts it among the ended ones when it is given.
    private static CatalogDocument Change(CatalogDocument catalog, CatalogPlace place, IncidentAttribute? ended, AttributeValue? endedValue)
    {
        var type = catalog.Type(place.Code)!;
        IReadOnlyList<IncidentAttribute> Without(IReadOnlyList<IncidentAttribute> all) => [.. all.Where(attribute => attribute.Code != place.Attribute)];
        IncidentAttribute WithoutValue(IncidentAttribute attribute) => attribute.Code != place.Attribute ? attribute : attribute with
        {
            Values = [.. attribute.Values.Where(value => value.Key != place.Value)],
            EndedValues = [.. attribute.EndedValues.Where(value => value.Key != place.Value), .. endedValue is null ? [] : (AttributeValue[])[endedValue]],
        };
        return catalog.With(type.Code, place.Part == CatalogPart.Attribute
            ? type with { Attributes = Without(type.Attributes), EndedAttributes = [.. Without(type.EndedAttributes), .. ended is null ? [] : (IncidentAttribute[])[ended]] }
            : type with { Attributes = [.. type.Attributes.Select(WithoutValue)], EndedAttributes = [.. type.EndedAttributes.Select(WithoutValue)] });
    }
}
