using Bunit;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Components.Catalog;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Features.Incidents.Pages.Admin;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor;
using MudBlazor.Extensions;
using TestContext = Xunit.TestContext;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>The catalog's page, and what follows a version that is published while everything runs.</summary>
public sealed class CatalogPageTests : CasePages
{
    public CatalogPageTests()
    {
        Services.AddSingleton(Book);
        Services.AddSingleton<CatalogWords>();
        SignIn(Policies.ViewCases, Policies.WorkCases, Policies.Administer);
        JSInterop.Setup<bool>("confirm", _ => true).SetResult(true);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private CatalogBook Book => Database.Get<CatalogBook>();

    [Fact]
    public async Task Name_Changed_IsShownEverywhereOnceItIsPublished()
    {
        var page = await OpenAsync("0401");
        await page.Find("input[data-field=Name]").ChangeAsync("裸露垃圾");
        Assert.Contains("类型 0401 裸露垃圾：中文名称由“暴露垃圾”改为“裸露垃圾”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        Assert.Equal("暴露垃圾", Database.Catalog.Type("0401")!.Name);

        var raised = 0;
        Database.Catalog.Changed += () => raised++;
        await PublishAsync(page, "统一叫法");
        Assert.Equal("2", page.Find("[data-published]").GetAttribute("data-published"));
        Assert.Equal(1, raised);
        Assert.Equal("裸露垃圾", Database.Get<CaseWords>().Type("0401"));
        Assert.Equal("李娜", Book.History()[0].ActorName);

        // Found and clicked in one go: the page hears of its own publishing and renders once more meanwhile.
        await page.InvokeAsync(() => page.Find("[data-show-version='1']").ClickAsync());
        Assert.Equal("暴露垃圾", page.Find("input[data-field=Name]").GetAttribute("value"));
        Assert.True(page.Find("input[data-field=Name]").HasAttribute("readonly"));
        Assert.Contains("改为“裸露垃圾”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NamesOfAnAnswer_ChangedBeforeTheFirstIsDrawn_AreBothKept()
    {
        var question = new IncidentAttribute("size", "singlevaluelist", false, "多大", "How large", "", [new AttributeValue("v1", "小", "Small")]);
        IncidentAttribute? raised = null;
        var form = Render<AttributeForm>(parameters => parameters.Add(f => f.Value, question).Add(f => f.OnChange, next => raised = next));
        // What the first field made of it has arrived, and the browser still shows what was drawn before.
        typeof(AttributeForm).GetProperty(nameof(AttributeForm.Value))!.SetValue(form.Instance, question with { Values = [new AttributeValue("v1", "较小", "Small")] });

        await form.FindAll(".catalog-value input")[2].ChangeAsync("Smaller");

        Assert.Equal(new AttributeValue("v1", "较小", "Smaller"), Assert.Single(raised!.Values));
    }

    [Fact]
    public async Task Type_Ended_IsRefusedForNewCasesAndKeptByOldOnes()
    {
        var old = await Database.ReportAsync(type: "0402");
        var page = await OpenAsync("0402");
        await page.Find("[data-end]").ClickAsync();
        await PublishAsync(page, "并入其他类型");

        Assert.Equal("UnknownType", (await Assert.ThrowsAsync<RefusedException>(() => Database.ReportAsync(type: "0402"))).Refusal.Code);
        Assert.NotEqual("0402", Database.Get<CaseWords>().Type("0402"));
        // It cannot be chosen for another case, and the list still finds what it was.
        var other = await Database.ReportAsync(type: "0401");
        Assert.Equal("UnknownType", (await Assert.ThrowsAsync<RefusedException>(() => Database.MoveAsync(other, new IncidentMove(IncidentEventKind.Accepted) { Type = "0402" }))).Refusal.Code);
        var found = await Database.Reader.SearchAsync(new IncidentQuery { Type = "0402" }, Actor.System, Cancellation);
        Assert.Equal(old.Number, Assert.Single(found.Items).Number);

        await page.Find("[data-restore]").ClickAsync();
        await PublishAsync(page, "恢复");
        Assert.Equal("0402", (await Database.ReportAsync(type: "0402")).Type);
    }

    [Fact]
    public async Task MoveForm_AfterADepartmentEnded_DoesNotOfferIt()
    {
        var incident = await Database.BringToAsync(IncidentState.Accepted);
        var usual = Database.Catalog.Type(incident.Type)!.Department;
        var document = Book.InForce.Value.Document;
        var ended = document.Types.Where(type => type.Department == usual).Aggregate(
            document.With(usual, document.Department(usual)! with { Ended = true }), (catalog, type) => catalog.With(type.Code, type with { Department = "gongan" }));
        await Book.PublishAsync(ended, 1, "撤并", TestDatabase.Operator, Cancellation);

        RenderPopovers();
        var moves = Render<CaseMoves>(parameters => parameters.Add(p => p.Case, incident).Add(p => p.Latest, null));
        await moves.Find("[data-move=Dispatched]").ClickAsync();
        Assert.Equal(
            Database.Catalog.Departments.Select(department => department.Code).Where(code => code != usual),
            moves.FindComponents<MudSelectItem<string>>().Select(item => item.Instance.Value));
        Assert.Equal("gongan", moves.FindComponent<MudSelect<string>>().Instance.GetState(select => select.Value));
        Assert.Equal("UnknownDepartment", (await Assert.ThrowsAsync<RefusedException>(() =>
            Database.MoveAsync(incident, new IncidentMove(IncidentEventKind.Dispatched) { Department = usual }))).Refusal.Code);
    }

    [Fact]
    public async Task Filters_OfTheList_KeepWhatHasEndedAndMarkIt()
    {
        var document = Book.InForce.Value.Document;
        await Book.PublishAsync(document.With("0402", document.Type("0402")! with { Ended = true }), 1, "停用", TestDatabase.Operator, Cancellation);
        RenderPopovers();
        var filters = Render<CaseFilters>(parameters => parameters.Add(p => p.Query, new IncidentQuery()).Add(p => p.OnChange, _ => { }));
        var item = filters.FindComponents<MudSelectItem<string>>().Single(item => item.Instance.Value == "0402");
        Assert.Contains("（已停用）", Render(item.Instance.ChildContent!).Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NewType_WithAQuestion_CanBeReported()
    {
        var page = await OpenAsync("0401");
        await page.Find("[data-add-type='04']").ClickAsync();
        var code = page.Find("input[data-field=Code]").GetAttribute("value")!;
        Assert.NotEmpty(page.FindAll("[data-draft-faults]"));
        await page.Find("input[data-field=Name]").ChangeAsync("积雪");
        await page.Find("input[data-field=NameEn]").ChangeAsync("Snow");
        await page.Find("textarea[data-field=Description]").ChangeAsync("积雪结冰");
        await page.Find("textarea[data-field=DescriptionEn]").ChangeAsync("Snow and ice");
        await page.Find("[data-add-question]").ClickAsync();
        await page.Find("[data-field=Question]").ChangeAsync("厚度（厘米）");
        await page.Find("[data-field=QuestionEn]").ChangeAsync("Depth in cm");
        await page.Find("[data-field=Datatype]").ChangeAsync("number");
        Assert.Empty(page.FindAll("[data-draft-faults]"));
        await PublishAsync(page, "冬季");

        Assert.Equal("number", Database.Catalog.Type(code)!.Attributes[0].Datatype);
        Assert.Equal("04", (await Database.ReportAsync(type: code)).Category);
        // Published, it can only be ended, and so can its question.
        Assert.Empty(page.FindAll("[data-remove]"));
        await page.Find("[data-end-question]").ClickAsync();
        await PublishAsync(page, "不再询问");
        Assert.Empty(Database.Catalog.Type(code)!.Attributes);
        Assert.NotNull(Database.Catalog.Type(code)!.Attribute("q1"));
    }

    [Fact]
    public async Task Code_ThatIsTaken_IsRefusedAndNothingIsOverwritten()
    {
        var page = await OpenAsync("0401");
        await page.Find("[data-add-type='04']").ClickAsync();
        await page.Find("input[data-field=Code]").ChangeAsync("0402");
        Assert.NotNull(page.Find("[data-refused]"));
        Assert.DoesNotContain("0402", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        await page.Find("[data-remove]").ClickAsync();
        Assert.Empty(page.FindAll("[data-changes]"));
    }

    [Fact]
    public async Task Draft_OvertakenBySomebodyElse_IsKeptAndRefused()
    {
        var page = await OpenAsync("0401");
        await page.Find("input[data-field=Name]").ChangeAsync("甲");
        var document = Book.InForce.Value.Document;
        await Book.PublishAsync(document.With("0402", document.Type("0402")! with { Name = "乙" }), 1, "先到", TestDatabase.Operator, Cancellation);
        page.WaitForElement("[data-overtaken]");
        await PublishAsync(page, "后到");
        Assert.NotNull(page.Find("[data-problem]"));
        Assert.Equal("甲", page.Find("input[data-field=Name]").GetAttribute("value"));
        Assert.Equal("暴露垃圾", Database.Catalog.Type("0401")!.Name);
    }

    [Fact]
    public async Task Draft_OfSomebodyWhoMayNoLongerAdminister_IsKeptAndRefused()
    {
        var page = await OpenAsync("0401");
        await page.Find("input[data-field=Name]").ChangeAsync("甲");
        SignIn(Policies.ViewCases);
        await PublishAsync(page, "t");
        Assert.Contains("您没有管理权限", page.Find("[data-problem]").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, Book.InForce.Version);
        Assert.Equal("甲", page.Find("input[data-field=Name]").GetAttribute("value"));
    }

    [Fact]
    public async Task Catalog_WithFaults_IsRefusedByTheBookItself()
    {
        var document = Book.InForce.Value.Document;
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Book.PublishAsync(document.Without(new(CatalogPart.Type, "0401")), 1, "删", TestDatabase.Operator, Cancellation));
        Assert.Equal("CatalogFaulty", refused.Refusal.Code);
        Assert.Equal(1, Book.InForce.Version);
    }

    // Every change and fault can be said, in both languages.
    [Fact]
    public void Words_OfMembers_AreThere()
    {
        var text = Database.Get<IStringLocalizer<HongqiaoDashboard.Features.Incidents.IncidentsTexts>>();
        var keys = Enum.GetNames<CatalogPart>().Select(part => $"Catalog.Part.{part}").Concat(CatalogFaults.Datatypes.Select(datatype => $"Catalog.Datatype.{datatype}"));
        Assert.DoesNotContain(keys, key => text[key].ResourceNotFound);
    }

    private static async Task PublishAsync(IRenderedComponent<CatalogPage> page, string note)
    {
        await page.Find(".draft-note textarea").InputAsync(note);
        await page.Find("[data-publish]").ClickAsync();
    }

    private async Task<IRenderedComponent<CatalogPage>> OpenAsync(string type)
    {
        RenderPopovers();
        var page = Render<CatalogPage>();
        await page.Find($"[data-place='Type-{type}']").ClickAsync();
        return page;
    }
}
