using Bunit;
using HongqiaoDashboard.Features.Situation;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Features.Situation.Pages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor;
using static HongqiaoDashboard.Tests.Features.Situation.SituationSamples;

namespace HongqiaoDashboard.Tests.Features.Situation;

public sealed class OverviewPageTests : SituationPageContext
{
    [Fact]
    public void Overview_Opened_ShowsTheFiguresOfToday()
    {
        Feed = new FakeFeed(Empty().With(Count("open", "now", 1_234), Count("reported", "today", 7)));

        var page = Render<Overview>();

        Assert.Equal("1,234", page.Find("[data-kpi=open] [data-count]").TextContent);
        Assert.Equal("7", page.Find("[data-kpi=reported][data-period=today] [data-count]").TextContent);
        Assert.Equal(2 + KpiFormulas.All.Length, page.FindAll(".kpi-tile").Count);
    }

    [Fact]
    public async Task Overview_AnotherPeriod_ShowsItsFigures()
    {
        Feed = new FakeFeed(Empty().With(Count("reported", "year", 4_321)));
        var page = Render<Overview>();

        await page.FindAll("[aria-label=统计周期] button")[2].ClickAsync();

        Assert.Equal("4,321", page.Find("[data-kpi=reported][data-period=year] [data-count]").TextContent);
    }

    [Fact]
    public async Task Overview_FigureClicked_TellsTheFormulaAndTheWayToItsCases()
    {
        Feed = new FakeFeed(Empty().With(Rate("closureRate", "today", 9_982, 10_000), Rate("closureRate", "todayPrevious", 0, 0)));
        Render<MudPopoverProvider>();
        var dialogs = Render<MudDialogProvider>();
        var page = Render<Overview>();

        await page.Find("[data-kpi=closureRate]").ClickAsync();

        dialogs.WaitForElement(".formula-dialog");
        Assert.Equal("99.82 %", dialogs.Find("[data-formula-value]").TextContent);
        var facts = dialogs.Find(".formula-facts").TextContent;
        Assert.All(
            (string[])["9,982", "10,000", "2024-05-08 00:00 至 2024-05-08 12:00", "2024-05-07 00:00 至 2024-05-07 12:00", "closure-rate@1", "结案率 = "],
            part => Assert.Contains(part, facts, StringComparison.Ordinal));
        Assert.Equal("/incidents?kpi=closureRate&period=today", dialogs.Find("a[href]").GetAttribute("href"));
    }

    [Theory]
    [InlineData("zh-CN", "公开发布数据（参考）", "来源：")]
    [InlineData("en", "Published results (reference)", "source: ")]
    public void Overview_PublishedResults_StandBesideWithSourceAndDate_InNoFigure(string culture, string label, string source)
    {
        Speak(culture);
        Feed = new FakeFeed(Empty().With(Rate("closureRate", "today", 1, 2)));

        var page = Render<Overview>();

        var published = page.Find("[data-published]");
        Assert.Equal(label, published.QuerySelector("h3")!.TextContent);
        Assert.Equal("99.82 %", published.QuerySelector("[data-result=closure] dd")!.TextContent);
        Assert.Contains(source, published.QuerySelector("small")!.TextContent, StringComparison.Ordinal);
        Assert.Matches(@"20\d\d-\d\d-\d\d", published.QuerySelector("small")!.TextContent);
        Assert.Null(published.QuerySelector("[data-kpi]"));
        Assert.DoesNotContain("99.82", page.Find("[data-kpi=closureRate]").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Formula_OfEveryFigure_IsExplained(string culture)
    {
        Speak(culture);
        var text = Services.GetRequiredService<IStringLocalizer<SituationTexts>>();

        Assert.All(Empty().Kpis, kpi => Assert.False(text["Formula_" + kpi.Formula.Replace('@', '_')].ResourceNotFound, kpi.Formula));
    }

    [Fact]
    public async Task Overview_DisposedOf_LeavesNoSubscription()
    {
        Render<Overview>();
        Assert.Equal(1, Feed.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Subscribers);
    }

    [Fact]
    public async Task Overview_ThousandPicturesAtOnce_AreRenderedOnceOrTwice()
    {
        var page = Render<Overview>();
        var before = page.RenderCount;

        // The dispatcher is busy with the burst itself, as it is with a slow browser.
        await page.InvokeAsync(() =>
        {
            for (var n = 1; n <= 1_000; n++)
            {
                Feed.Publish(Empty(n).With(Count("open", "now", n)));
            }
        });

        page.WaitForAssertion(() => Assert.Equal("1,000", page.Find("[data-kpi=open] [data-count]").TextContent));
        Assert.InRange(page.RenderCount - before, 1, 2);
    }

    [Fact]
    public void Overview_PictureFromAnotherThread_IsRenderedInTheUsersLanguage()
    {
        Speak("en");
        var page = Render<Overview>();

        Speak("zh-CN");
        Feed.Publish(Empty(2).With(Count("open", "now", 5)));

        page.WaitForAssertion(() => Assert.Equal("5", page.Find("[data-kpi=open] [data-count]").TextContent));
        Assert.Equal("Open cases", page.Find("[data-kpi=open] .kpi-name").TextContent);
    }
}
