using Bunit;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Features.Campaigns.Pages;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Pages;

/// <summary>The page of a campaign: what it shows, and that it follows what others enter.</summary>
public sealed class CampaignPageTests : CampaignPages
{
    [Fact]
    public void Totals_OfAllItems_AreCutAndNeverRoundedUp()
    {
        Campaign.Enter("P1", new(2026, 3, 2), "张三", Households("signed", 563), Households("moved", 562), new("moved", "area", 12_000));
        Campaign.Enter("P2", new(2026, 3, 3), "张三", Households("signed", 100), Households("moved", 100));

        var page = Open();

        Assert.Equal("662", page.Find("[data-total=households] [data-count]").TextContent);
        Assert.Equal("99.84 %", page.Find("[data-total=households] [data-share]").TextContent);
        Assert.Equal("剩余 1 户", page.Find("[data-total=households] [data-left]").TextContent);
        Assert.Equal("80.00 %", page.Find("[data-total=area] [data-share]").TextContent);
        Assert.Contains("落后 5 天", page.Find("[data-tile=plan]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void EntryOfSomebodyElse_Published_AppearsWithoutReload()
    {
        var page = Open();

        Campaign.Enter("P1", new(2026, 3, 2), "张三", Households("signed", 40), Households("moved", 31));

        page.WaitForAssertion(() => Assert.Equal("31", page.Find("[data-total=households] [data-count]").TextContent));
        Assert.Contains("31 / 563 户", page.Find("[data-item=P1]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_SearchedAndOrdered_AreThoseThatWereWanted()
    {
        Campaign.Enter("P2", new(2026, 3, 2), "张三", Households("signed", 40), Households("moved", 31));
        Campaign.Adorn = standing => standing.Item.Code == "P1" ? standing with { Blockers = [new("HQ20260301-000007", true)] } : standing;
        var page = Open();

        await page.Find("[data-sort=Progress]").ClickAsync();
        Assert.Equal(["P1", "P2"], page.FindAll("[data-item]").Select(row => row.GetAttribute("data-item")));
        await page.Find("[data-sort=Progress]").ClickAsync();
        Assert.Equal(["P2", "P1"], page.FindAll("[data-item]").Select(row => row.GetAttribute("data-item")));
        Assert.Equal("descending", page.Find("[data-sort=Progress]").ParentElement!.GetAttribute("aria-sort"));

        await page.Find("[data-filter=state]").ChangeAsync("Blocked");
        Assert.Equal("P1", Assert.Single(page.FindAll("[data-item]")).GetAttribute("data-item"));
        Assert.Equal("/incidents/HQ20260301-000007", page.Find("[data-item] .item-case").GetAttribute("href"));
        await page.Find("[data-filter=words]").InputAsync("沽");
        Assert.Empty(page.FindAll("[data-item]"));
        Assert.Contains("没有符合条件的地块", page.Find(".items-none").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Markets_ByTheirDefinition_HaveKindsFlagsPhotographsAndAStagePicker()
    {
        Campaign = new(Markets, Today, Market("M1", "集贸一条街"), Market("M2", "桥下", "自发市场"))
        {
            Adorn = standing => standing.Item.Code == "M1" && standing.DoneDay is { } done
                ? standing with { Flag = RelapseFlag.Raised, WatchedUntil = done.AddDays(90), Relapses = [new("HQ20260310-000001", "0601", new(2026, 3, 10, 1, 0, 0, TimeSpan.Zero), 42, true)] }
                : standing,
        };
        Campaign.Enter("M1", new(2026, 2, 2), "张三", new("notified", "markets", 1), new("cleared", "markets", 1));
        var page = Open("?item=M1");

        Assert.Contains("42 米", page.Find("[data-flagged=M1]").TextContent, StringComparison.Ordinal);
        Assert.Contains("回潮 1 件", page.Find("[data-item=M1] .item-flag").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.FindAll(".before-after figure").Count);
        Assert.Empty(page.FindAll("[data-field]"));
        Assert.Equal(["", "notified", "cleared", "restored"], page.FindAll("[data-reach]").Select(choice => choice.GetAttribute("data-reach")!));

        await page.Find("[data-filter=kind]").ChangeAsync("自发市场");
        Assert.Equal("M2", Assert.Single(page.FindAll("[data-item]")).GetAttribute("data-item"));

        // Reaching a stage passes the ones before it that no other day passed.
        await page.Find("[data-filter=kind]").ChangeAsync("");
        await page.Find("[data-reach=restored]").ChangeAsync("restored");
        await page.Find("form.day").SubmitAsync();
        page.WaitForElement("[data-saved]");
        Assert.Equal("restored", page.Find("[data-item=M1] .steps").GetAttribute("data-stage"));
    }

    [Fact]
    public async Task Replay_OfASprint_ShowsEachDayAndLeadsBackToNow()
    {
        for (var n = 0; n < 13; n++)
        {
            Campaign.Enter("P1", new DateOnly(2026, 2, 1).AddDays(n), "张三", Households("signed", n == 12 ? 83 : 40));
        }

        Campaign.Enter("P1", new(2026, 3, 1), "张三", Households("moved", 500));
        var page = Open("?item=P1&from=2026-02-01&to=2026-02-13");

        Assert.Contains("13 天：签约 563 户", page.Find("[data-summary]").TextContent, StringComparison.Ordinal);
        Assert.Equal("2026-02-01", page.Find("[data-replay]").GetAttribute("data-replay"));
        Assert.Equal("40", page.Find("[data-stage=signed][data-measure=households] b").TextContent);
        Assert.Equal("0", page.Find("[data-total=households] [data-count]").TextContent);

        await page.Find("[data-go=step]").ClickAsync();
        Assert.Equal("80", page.Find("[data-stage=signed][data-measure=households] b").TextContent);
        await page.Find("[data-go=slide]").InputAsync("12");
        Assert.Equal("563", page.Find("[data-stage=signed][data-measure=households] b").TextContent);

        // Played from its end it begins again, and stops at its end.
        await page.Find("[data-go=play]").ClickAsync();
        for (var n = 1; n <= 12; n++)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            page.WaitForAssertion(() => Assert.Equal($"2026-02-{n + 1:00}", page.Find("[data-replay]").GetAttribute("data-replay")));
        }

        Assert.Equal("播放", page.Find("[data-go=play]").TextContent);
        await page.Find("[data-now]").ClickAsync();
        Assert.Empty(page.FindAll("[data-replay]"));
        Assert.Equal("500", page.Find("[data-total=households] [data-count]").TextContent);
    }

    [Fact]
    public void Gantt_PlannedAndActual_AreDrawnToOneScaleAndSaid()
    {
        Campaign.Enter("P1", new(2026, 2, 3), "张三", Households("signed", 563), Households("moved", 563));
        Campaign.Enter("P1", new(2026, 3, 15), "张三", new StageAmount("moved", "area", 12_000));

        var page = Open();

        var row = page.Find("[data-gantt=P1]");
        Assert.Contains("计划 2026-02-01 至 2026-03-10；实际 2026-02-03 至 2026-03-15", row.TextContent, StringComparison.Ordinal);
        // The axis goes from 1 February, the first planned day, to today, 20 March: 48 days, 38 of them planned.
        Assert.Equal("left:0%;width:79.167%", row.QuerySelector(".gantt-planned")!.GetAttribute("style"));
        Assert.NotNull(row.QuerySelector(".gantt-actual[data-done]"));
    }

    [Fact]
    public void Reader_WithoutTheRightToWork_SeesNoForm()
    {
        Authorization.SetPolicies(Policies.ViewSituation);

        var page = Open("?item=P1");

        Assert.Empty(page.FindAll("form"));
        Assert.Contains("没有录入权限", page.Find(".panel").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CampaignThatIsNotThere_Opened_SaysSo()
    {
        var page = Render<CampaignPage>(parameters => parameters.Add(p => p.Code, "nothing"));

        Assert.Contains("没有这项行动", page.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", "剩余 663 户，清零日有八成可能为 2026-04-02 至 2026-05-01，中位 2026-04-10", "过去 52 次回测中 41 次落在区间内（78.84 %，应有 80 %），中位误差 4.5 天")]
    [InlineData("en", "are clear is 2026-04-02 to 2026-05-01; the median is 2026-04-10", "Tried on the past 52 times, the truth lay in the range 41 times (78.84 %; it should be 80 %); median error 4.5 days")]
    public void Forecast_WithItsRecord_IsSaidInBothLanguages(string culture, string forecast, string record)
    {
        Speak(culture);
        Campaign.Finish = picture => picture with
        {
            Forecast = new CampaignForecast(new(2026, 4, 2), new(2026, 4, 10), new(2026, 5, 1), 663, 56, 2_000, new(2031, 3, 20)),
            BackTest = new CampaignBackTest(52, 41, 0.8, 4.5, 28),
        };

        var page = Open();

        Assert.Contains(forecast, page.Find("[data-forecast]").TextContent, StringComparison.Ordinal);
        Assert.Contains(record, page.Find("[data-backtest]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_DisposedOf_LeavesNoSubscription()
    {
        Open();
        Assert.Equal(1, Campaign.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Campaign.Subscribers);
    }
}
