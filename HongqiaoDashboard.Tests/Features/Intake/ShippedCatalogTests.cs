using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Tests.Features.Intake;

public sealed class ShippedCatalogTests
{
    private static readonly IIncidentCatalog Catalog = IntakeSamples.Catalog;

    private static IEnumerable<IncidentType> Types => Catalog.Categories.SelectMany(c => c.Types);

    [Fact]
    public void ShippedCatalog_Categories_AreTheElevenInTheirOrder()
    {
        Assert.Equal(
            ["社会治安", "重点人群", "安全隐患", "市容环境", "矛盾纠纷", "占路经营", "公共设施", "违法建设", "环境保护", "民生服务", "交通秩序"],
            Catalog.Categories.Select(c => c.Name));
        Assert.Equal(Enumerable.Range(1, 11).Select(i => $"{i:D2}"), Catalog.Categories.Select(c => c.Code));
    }

    [Fact]
    public void ShippedCatalog_CodesOfTypes_CountUpWithinTheirCategory() => Assert.All(Catalog.Categories, category =>
        Assert.Equal(Enumerable.Range(1, category.Types.Count).Select(i => $"{category.Code}{i:D2}"), category.Types.Select(t => t.Code)));

    [Fact]
    public void ShippedCatalog_EveryCategory_HasAPlainTypeAndOneThatAsks() => Assert.All(Catalog.Categories, category =>
    {
        Assert.InRange(category.Types.Count, 4, 8);
        Assert.Contains(category.Types, type => type.Attributes.Count == 0);
        Assert.Contains(category.Types, type => type.Attributes.Any(a => a.Required));
    });

    [Fact]
    public void ShippedCatalog_Datatypes_AreAllUsed() => Assert.Equal(
        ["datetime", "multivaluelist", "number", "singlevaluelist", "string", "text"],
        Types.SelectMany(t => t.Attributes).Select(a => a.Datatype).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void ShippedCatalog_SensitiveCategories_AreCareVisitsAndDisputes()
    {
        Assert.Equal(["重点人群", "矛盾纠纷"], Catalog.Categories.Where(c => c.IsSensitive).Select(c => c.Name));
        Assert.Equal(["重点人群"], Catalog.Categories.Where(c => c.CountsOnly).Select(c => c.Name));
        Assert.All(Catalog.Category("02")!.Types, type => Assert.Matches("走访|帮扶", type.Name));
    }

    [Fact]
    public void ShippedCatalog_ExposedRefuse_IsThePlainExample()
    {
        var type = Catalog.Type("0401")!;

        Assert.Equal(("暴露垃圾", "04", IncidentSeverity.Ordinary, 0), (type.Name, type.Category, type.Severity, type.Attributes.Count));
    }

    [Fact]
    public void ShippedCatalog_Severity_IsMajorWhereLivesOrStructuresAreAtStake()
    {
        Assert.All((string[])["燃气泄漏", "路面塌陷", "新增违法建设"], name => Assert.Equal(IncidentSeverity.Major, Types.Single(t => t.Name == name).Severity));
        Assert.InRange(Types.Count(t => t.Severity == IncidentSeverity.Major), 1, Types.Count() / 3);
    }

    [Fact]
    public void ShippedCatalog_Texts_AreThereInBothLanguages() => Assert.All(Types, type =>
    {
        string[] texts = [type.Name, type.NameEn, type.Description, type.DescriptionEn, .. type.Keywords,
            .. type.Attributes.SelectMany(a => (string[])[a.Code, a.Description, a.DescriptionEn, .. a.Values.SelectMany(v => (string[])[v.Key, v.Name, v.NameEn])])];
        Assert.DoesNotContain(texts, string.IsNullOrWhiteSpace);
        // Keywords go out as one comma list.
        Assert.DoesNotContain(type.Keywords, k => k.Contains(',', StringComparison.Ordinal));
        Assert.Equal(type.Attributes.Count, type.Attributes.Select(a => a.Code).Distinct().Count());
    });

    [Fact]
    public void ShippedCatalog_Departments_AllHaveWork() =>
        Assert.Equal(Catalog.Departments.Select(d => d.Code).Order(), Types.Select(t => t.Department).Distinct().Order());
}
