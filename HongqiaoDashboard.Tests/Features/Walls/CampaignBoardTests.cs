using Bunit;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Walls.Components;
using HongqiaoDashboard.Features.Walls.Pages;
using HongqiaoDashboard.Tests.Features.Campaigns.Pages;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Walls;

/// <summary>The board of the campaigns: what it says, that its lists end, and that it renders for what has changed alone.</summary>
public sealed class CampaignBoardTests : CampaignPages
{
    private readonly HashSet<string> _raised = [];

    public CampaignBoardTests()
    {
        Services.AddSingleton<SituationWords>();
        Campaign.Enter("P1", new(2026, 3, 2), "张三", Households("signed", 563), Households("moved", 562), new("moved", "area", 12_000));
        Campaign.Enter("P2", new(2026, 3, 3), "张三", Households("signed", 100), Households("moved", 100));
    }

    [Theory]
    [InlineData("zh-CN", "99.84%", "剩余 1 户", "近期没有进展，无法预测", "比计划落后 5 天", "没有回潮", "推进 2 · 未动 0 · 完成 0")]
    [InlineData("en", "99.84%", "left 1 households", "Nothing moves, so no forecast", "5 days behind plan", "No relapse", "2 moving, 0 idle, 0 done")]
    public void Board_WithBothCampaigns_SaysHowFarTheyAre(string culture, string share, string left, string forecast, string plan, string calm, string items)
    {
        Speak(culture);

        var board = Open(Campaign, Cleared(17));

        Assert.Equal(share, board.Find(".camp-main [data-measure=households] [data-share]").TextContent);
        Assert.Equal(left, board.Find(".camp-main [data-measure=households] [data-left]").TextContent);
        Assert.Equal(forecast, board.Find("[data-forecast=none]").TextContent);
        Assert.Equal(plan, board.Find(".camp-main .camp-title b").TextContent);
        Assert.Equal(items, board.Find(".camp-items small").TextContent);
        Assert.Equal("17", board.Find(".camp-side [data-measure=markets] [data-count]").TextContent);
        Assert.Equal("100.00%", board.Find(".camp-side [data-share]").TextContent);
        Assert.StartsWith(calm, board.Find(".camp-flags .wall-calm").TextContent, StringComparison.Ordinal);
        Assert.Empty(board.FindAll("a, button, .camp-raised"));
        var tiles = board.FindAll(".wall-tile, .wall-panel, .wall-map");
        Assert.Equal(10, tiles.Count);
        Assert.All(tiles, tile => Assert.Single(tile.QuerySelectorAll("[data-tile-age]")));
    }

    [Fact]
    public void Campaign_WithNothingToDivideBy_ShowsDashesAndNoNonsense()
    {
        var board = Open(new MadeCampaign(Relocation, Today), new MadeCampaign(Markets, Today));

        Assert.Equal(["—", "—", "—"], board.FindAll("[data-share]").Select(share => share.TextContent.Trim()));
        Assert.Equal("没有推进中的地块", board.Find(".camp-main .camp-items strong").TextContent);
        Assert.DoesNotContain("NaN", board.Markup, StringComparison.Ordinal);
        Assert.Empty(board.FindAll(".camp-clear"));
    }

    [Fact]
    public void Board_WithoutAnyCampaign_SaysSo() => Assert.Equal("尚未配置重点行动", Open().Find(".wall-loading").TextContent);

    [Fact]
    public void Forecast_StandsWithItsRangeAndWhatBecameOfEarlierOnes()
    {
        Campaign.Finish = picture => picture with
        {
            Forecast = new CampaignForecast(new(2026, 5, 1), new(2026, 6, 1), new(2026, 7, 15), 1, 56, 500, new(2031, 3, 20)),
            BackTest = new CampaignBackTest(52, 44, 0.8, 3, 28),
        };

        var board = Open(Campaign);

        Assert.Equal("2026-05-01 至 2026-07-15", board.Find(".camp-main [data-forecast=range]:not([data-late])").TextContent);
        Assert.Equal("回测 52 次，44 次落在区间内（84.61 %，应有 80 %）", board.Find(".camp-main [data-backtest]").TextContent);
    }

    [Fact]
    public void Flags_RaisedOnesComeFirst_AndOnlyANewOneDrawsTheEye()
    {
        var markets = Cleared(3);
        markets.Adorn = standing => (standing.Item.Code, _raised.Contains(standing.Item.Code)) switch
        {
            (_, true) => standing with { Flag = RelapseFlag.Raised, Relapses = [Case(1, 9, open: false), Case(2, 5), Case(3, 4)] },
            ("M1", _) => standing with { Flag = RelapseFlag.Settled, Relapses = [Case(4, 1, open: false)] },
            _ => standing,
        };
        _raised.Add("M2");
        var board = Open(Campaign, markets);

        Assert.Equal(["M2", "M1"], board.FindAll("[data-flagged]").Select(row => row.GetAttribute("data-flagged")));
        Assert.Equal(["未结 2 件", "已处置 1 件"], board.FindAll(".camp-flag-count").Select(count => count.TextContent));
        // How long ago is said of the newest case that is open.
        Assert.Equal($"{Case(2, 5).ReportedAt.ToUnixTimeMilliseconds()}", board.Find("[data-since]").GetAttribute("data-since"));
        Assert.Equal("1", board.Find(".wall-header [data-raised]").GetAttribute("data-raised"));
        Assert.Empty(board.FindAll("[data-new]"));

        _raised.Add("M3");
        markets.Publish();

        board.WaitForAssertion(() => Assert.Equal("M3", Assert.Single(board.FindAll("[data-new]")).GetAttribute("data-flagged")));
        markets.Publish();
        board.WaitForAssertion(() => Assert.Empty(board.FindAll("[data-new]")));
    }

    [Fact]
    public void Lists_OfLongCampaigns_End()
    {
        var parcels = new MadeCampaign(Relocation, Today, [.. Enumerable.Range(1, 60).Select(n => Parcel($"P{n}", $"地块{n}", 100 + n, 1_000))]);
        foreach (var n in Enumerable.Range(1, 60))
        {
            parcels.Enter($"P{n}", new(2026, 3, 2), "张三", Households("signed", 50), Households("moved", 20));
        }

        var board = Open(parcels, Cleared(40));

        var items = board.FindAll(".camp-main [data-item]");
        Assert.Equal((16, "P60"), (items.Count, items[0].GetAttribute("data-item")));
        Assert.Equal("20 / 160", items[0].QuerySelector(".camp-item-of")!.TextContent);
        Assert.Equal(30, board.FindAll("[data-span]").Count);
    }

    [Fact]
    public void Board_OnWhichNothingChanges_IsNotRenderedAgain()
    {
        var markets = Cleared(3);
        var board = Open(Campaign, markets);
        var (all, main, side) = (board.RenderCount, board.FindComponent<CampaignMain>(), board.FindComponent<CampaignSide>());
        var before = (main.RenderCount, side.RenderCount);

        Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(all, board.RenderCount);

        // What one campaign does is nothing to the other. A part counts what is rendered within it, too.
        markets.Publish();
        board.WaitForAssertion(() => Assert.True(side.RenderCount > before.Item2));
        Assert.Equal(before.Item1, main.RenderCount);
    }

    [Fact]
    public void Campaigns_ThatDoNotFit_TakeTurnsByTheClock_TheOthersAreTiles()
    {
        var second = new MadeCampaign(Markets with { Code = "signs", Name = "违规广告治理" }, Today, Market("S1", "光荣道"));
        var board = Open(Campaign, Cleared(2), second);
        var (first, tile) = (board.Find(".camp-side").GetAttribute("data-campaign"), board.Find(".camp-mini").GetAttribute("data-campaign"));
        Assert.Equal(["markets", "signs"], new[] { first, tile }.Order(StringComparer.Ordinal));

        Clock.Advance(TimeSpan.FromSeconds(30));

        board.WaitForAssertion(() => Assert.Equal((tile, first), (board.Find(".camp-side").GetAttribute("data-campaign"), board.Find(".camp-mini").GetAttribute("data-campaign"))));
        Assert.Equal("relocation", board.Find(".camp-main").GetAttribute("data-campaign"));
    }

    [Fact]
    public void Slots_OfAnyCampaigns_ShowEachOfThemInTurn()
    {
        CampaignPicture[] Pictures(int amounts, int wholes) =>
        [
            .. Enumerable.Range(0, amounts).Select(n => Made(Relocation with { Code = $"a{n}" }, Parcel("P1", "渔村", 1, 1))),
            .. Enumerable.Range(0, wholes).Select(n => Made(Markets with { Code = $"w{n}" }, Market("M1", "集贸"))),
        ];
        string[] Shown(CampaignPicture[] pictures, long stop) => CampaignSlots.Of(pictures, stop) is { } slots ? [slots.Main.Definition.Code, slots.Side.Definition.Code, .. slots.Rest.Select(picture => picture.Definition.Code)] : [];

        Assert.Equal(["a0", "w0"], Shown(Pictures(1, 1), 7));
        Assert.False(CampaignSlots.Of(Pictures(1, 1), 7)!.Turns);
        Assert.Equal(["a0", "a0"], Shown(Pictures(1, 0), 7));
        Assert.Equal(["w0", "w1"], Shown(Pictures(0, 2), 8));
        Assert.Equal(["a1", "a0"], Shown(Pictures(2, 0), 7));
        Assert.Equal(10, Enumerable.Range(0, 12).SelectMany(stop => Shown(Pictures(4, 6), stop)).Distinct().Count());
        Assert.All(Enumerable.Range(0, 12), stop => Assert.InRange(Shown(Pictures(4, 6), stop).Length, 3, 6));
        Assert.Empty(Shown([], 7));
    }

    [Fact]
    public void Strip_OfTheFirstBoard_HasEachCampaignAndItsFlags()
    {
        var markets = Cleared(2);
        Services.AddSingleton<ICampaignFeed>(new MadeCampaigns(Campaign, markets));
        var strip = Render<CampaignStrip>();
        Assert.Equal(["99.84 %", "2 / 2"], strip.FindAll("b").Select(figure => figure.TextContent));

        markets.Adorn = standing => standing with { Flag = RelapseFlag.Raised, Relapses = [Case(1, 1)] };
        markets.Publish();

        strip.WaitForAssertion(() => Assert.Equal(["回潮 2", "99.84 %"], strip.FindAll("b").Select(figure => figure.TextContent)));
    }

    private IRenderedComponent<CampaignBoard> Open(params MadeCampaign[] campaigns)
    {
        Services.AddSingleton<ICampaignFeed>(new MadeCampaigns(campaigns));
        return Render<CampaignBoard>();
    }

    private static MadeCampaign Cleared(int count)
    {
        var markets = new MadeCampaign(Markets, Today, [.. Enumerable.Range(1, count).Select(n => Market($"M{n}", $"市场{n}"))]);
        foreach (var n in Enumerable.Range(1, count))
        {
            markets.Enter($"M{n}", new(2026, 2, 2), "张三", new("notified", "markets", 1), new("cleared", "markets", 1));
        }

        return markets;
    }

    private static CampaignPicture Made(CampaignDefinition definition, CampaignItem item) => new()
    {
        Definition = definition, Version = 1, Day = Today, AsOf = DateTimeOffset.UnixEpoch, Items = [new ItemStanding { Item = item, Reached = [] }], Reached = [], Days = [], Pace = new(0, 0, 0, null, null),
    };

    private static Relapse Case(int n, int hoursAgo, bool open = true) => new($"HQ20260320-{n:000000}", "0601", new DateTimeOffset(2026, 3, 20, 4, 0, 0, TimeSpan.Zero).AddHours(-hoursAgo), 42, open);
}
