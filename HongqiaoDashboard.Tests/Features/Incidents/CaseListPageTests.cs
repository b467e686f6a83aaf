using Bunit;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Pages;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class CaseListPageTests : CasePages
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    [Fact]
    public async Task List_OfCases_ShowsThemNewestFirstMasked()
    {
        var first = await Database.ReportAsync(0, description: "电话13812345678");
        var second = await Database.ReportAsync(1);

        var page = Open("/incidents");

        Assert.Equal([second.Number, first.Number], Numbers(page));
        Assert.Equal("共 2 件", page.Find(".cases-total").TextContent);
        Assert.Contains("138****5678", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", page.Markup, StringComparison.Ordinal);
        Assert.Equal($"/incidents/{second.Number}", page.Find(".case-number a").GetAttribute("href"));
    }

    [Fact]
    public async Task List_WithConditionsInTheAddress_ObeysThemAndFollowsItsChanges()
    {
        var open = await Database.ReportAsync();
        var over = await Database.BringToAsync(IncidentState.Rejected);

        var page = Open("/incidents?state=rejected");
        Assert.Equal([over.Number], Numbers(page));
        Assert.Contains("筛选（1）", page.Find("summary").TextContent, StringComparison.Ordinal);

        Navigation.NavigateTo("/incidents?open=true");
        page.WaitForAssertion(() => Assert.Equal([open.Number], Numbers(page)));
        Assert.Equal("在办", page.Find(".cases-head a[aria-current]").TextContent);
    }

    [Fact]
    public async Task List_WithAnAddressThatNobodyUnderstands_TellsAndShowsTheRest()
    {
        await Database.ReportAsync();

        var page = Open("/incidents?state=bogus&page=x&kpi=nothing&period=month");

        Assert.Equal("地址中的 state=bogus  page=x  kpi=nothing  period=month 无法识别，已忽略。", page.Find(".mud-alert-message").TextContent);
        Assert.Single(Numbers(page));
    }

    [Fact]
    public void List_WithoutCases_SaysSo()
    {
        Assert.Contains("还没有案件", Open("/incidents").Find(".cases-none").TextContent, StringComparison.Ordinal);
        var narrowed = Open("/incidents?q=井盖");
        Assert.Contains("没有符合条件的案件", narrowed.Find(".cases-none").TextContent, StringComparison.Ordinal);
        Assert.Equal("/incidents", narrowed.Find(".cases-none a").GetAttribute("href"));
    }

    [Fact]
    public async Task List_BehindAFigure_ShowsItsTitleSidesAndWhatMisses()
    {
        var undone = await Database.MoveAsync(await Database.ReportAsync(1), Kind.Accepted);
        var done = await Database.BringToAsync(IncidentState.Closed);
        await Database.ReportAsync(2);

        var page = Open("/incidents?kpi=completionRate&period=today");

        Assert.Equal("办结率 · 今日", page.Find(".cases-figure strong").TextContent);
        Assert.Equal([done.Number, undone.Number], Numbers(page));
        Assert.Equal(["", "未结案"], page.FindAll(".case-number").Select(e => e.QuerySelector(".case-miss")?.TextContent ?? ""));

        Navigation.NavigateTo(page.FindAll(".cases-figure nav a")[1].GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal([done.Number], Numbers(page)));
    }

    [Fact]
    public async Task List_OfSeveralPages_LinksThem()
    {
        for (var n = 0; n < 26; n++)
        {
            await Database.ReportAsync(n);
        }

        var page = Open("/incidents?page=2");

        Assert.Single(Numbers(page));
        Assert.Equal(["/incidents", "/incidents", null, null], page.FindAll(".cases-pages a").Select(a => a.GetAttribute("href")));
        Assert.Equal("/incidents?sort=due", page.FindAll("th a")[0].GetAttribute("href"));
    }

    private IRenderedComponent<CaseListPage> Open(string address)
    {
        Navigation.NavigateTo(address);
        RenderPopovers();
        var page = Render<CaseListPage>();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll(".mud-progress-linear")));
        return page;
    }

    private static List<string> Numbers(IRenderedComponent<CaseListPage> page) => [.. page.FindAll(".case-number a").Select(a => a.TextContent)];
}
