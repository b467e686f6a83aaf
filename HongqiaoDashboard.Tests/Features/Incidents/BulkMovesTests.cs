using Bunit;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Pages;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class BulkMovesTests : CasePages
{
    [Fact]
    public async Task Dispatch_OfManyWithOneMovedMeanwhile_MovesTheOthersAndTellsWhy()
    {
        var cases = new List<Incident>();
        for (var n = 0; n < 3; n++)
        {
            cases.Add(await Database.MoveAsync(await Database.ReportAsync(n), Kind.Accepted));
        }

        var page = Open();
        await PickAllAsync(page);
        await Database.MoveAsync(cases[1], Kind.HandlingStarted);
        await page.WaitForElement("[data-bulk=Dispatched]").ClickAsync();
        var department = Database.Catalog.Departments[2].Code;
        await page.InvokeAsync(() => page.FindComponents<MudSelect<string>>().Single(s => s.Instance.Label == "处置部门" && s.Instance.Clearable == false).Instance.ValueChanged.InvokeAsync(department));
        await page.WaitForElement(".case-bulk-form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("批量派遣：成功 2 件，未办理 1 件", page.Find(".cases-outcomes").TextContent, StringComparison.Ordinal));
        Assert.Contains($"案件 {cases[1].Number} 刚被他人处理", page.Find(".cases-outcomes").TextContent, StringComparison.Ordinal);
        foreach (var (number, expected) in cases.Select((c, n) => (c.Number, n == 1 ? IncidentState.Handling : IncidentState.Dispatched)))
        {
            var row = await Database.RowAsync(number);
            Assert.Equal((expected, expected == IncidentState.Dispatched ? department : null), (row.State, row.Department));
        }

        Assert.Empty(page.FindAll(".case-bulk"));
    }

    [Fact]
    public async Task Merge_OfMany_PutsTheLaterReportsIntoTheFirst()
    {
        var first = await Database.ReportAsync(0);
        Database.Clock.Advance(TimeSpan.FromMinutes(1));
        var (second, third) = (await Database.ReportAsync(0), await Database.ReportAsync(0));

        var page = Open();
        await PickAllAsync(page);
        await page.WaitForElement("[data-bulk=Merged]").ClickAsync();
        await page.WaitForElement(".case-bulk-form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("成功 2 件", page.Find(".cases-outcomes").TextContent, StringComparison.Ordinal));
        Assert.Equal(IncidentState.Reported, (await Database.RowAsync(first.Number)).State);
        Assert.Equal([first.Number, first.Number], [(await Database.RowAsync(second.Number)).MergedInto, (await Database.RowAsync(third.Number)).MergedInto]);
    }

    [Fact]
    public async Task Moves_OfMany_AreThoseThatNeedNoJudgementOfTheirOwn()
    {
        await Database.ReportAsync(0);
        var page = Open();
        Assert.Empty(page.FindAll(".case-bulk"));

        await page.Find("tbody .case-pick").ChangeAsync(true);

        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("[data-bulk]")));
        Assert.Equal(["Accepted", "Dispatched", "Merged", "Noted"], page.FindAll("[data-bulk]").Select(b => b.GetAttribute("data-bulk")));
        // One case alone has nothing to be merged with; and a remark says something.
        Assert.True(page.WaitForElement("[data-bulk=Merged]").HasAttribute("disabled"));
        await page.WaitForElement("[data-bulk=Noted]").ClickAsync();
        await page.WaitForElement(".case-bulk-form").SubmitAsync();
        Assert.Equal("请填写原因或说明。", page.WaitForElement("[data-fault]").TextContent.Trim());
    }

    [Fact]
    public async Task List_OfWhoMayNotWork_OffersNothingToChoose()
    {
        await Database.ReportAsync(0);
        SignIn(Policies.ViewCases);

        Assert.Empty(Open().FindAll(".case-pick"));
    }

    [Fact]
    public async Task Filter_SavedOnThePage_IsALinkToTheSameList()
    {
        await Database.ReportAsync(0);
        var page = Open("/incidents?open=true&page=1&q=井盖");
        await page.Find("[data-filter=save]").ClickAsync();
        await page.WaitForElement(".case-saved-form input").InputAsync("我的井盖");
        await page.WaitForElement(".case-saved-form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("我的井盖", page.Find(".case-saved-chip[aria-current]").TextContent.Trim()));
        Assert.Equal("/incidents?open=true&q=%E4%BA%95%E7%9B%96", page.Find(".case-saved-chip").GetAttribute("href"));
        await page.WaitForElement("[data-filter=delete]").ClickAsync();
        await page.WaitForElement(".case-saved-form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".case-saved-chip")));
    }

    [Theory]
    [InlineData("13812345678")]
    [InlineData("１３８ 1234 5678")]
    [InlineData("12010619900101123X")]
    public async Task Address_WithAPersonsNumber_IsReplacedAndTold(string number)
    {
        await Database.ReportAsync(0, description: number);

        var page = Open("/incidents?open=true&q=" + Uri.EscapeDataString(number));

        page.WaitForAssertion(() => Assert.Contains("不能作为查询条件", page.Find("[data-personal]").TextContent, StringComparison.Ordinal));
        Assert.EndsWith("/incidents?open=true", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.DoesNotContain(number, page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_TypedWithAPersonsNumber_NeverComesIntoTheAddress()
    {
        await Database.ReportAsync(0);
        var page = Open();
        var before = Services.GetRequiredService<NavigationManager>().Uri;

        await page.Find(".case-filters input").ChangeAsync("找 138-1234-5678");

        Assert.Contains("不能作为查询条件", page.Find(".case-filters").TextContent, StringComparison.Ordinal);
        Assert.Equal(before, Services.GetRequiredService<NavigationManager>().Uri);
        await page.Find(".case-filters input").ChangeAsync("井盖");
        Assert.EndsWith("?q=%E4%BA%95%E7%9B%96", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    private static Task PickAllAsync(IRenderedComponent<CaseListPage> page) => page.Find("thead .case-pick").ChangeAsync(true);

    private IRenderedComponent<CaseListPage> Open(string address = "/incidents")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        RenderPopovers();
        var page = Render<CaseListPage>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-progress-linear")));
        return page;
    }
}
