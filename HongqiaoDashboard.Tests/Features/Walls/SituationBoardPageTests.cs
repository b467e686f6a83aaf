using System.Text.Json;
using Bunit;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Walls.Pages;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.Features.Situation;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using static HongqiaoDashboard.Tests.Features.Situation.SituationSamples;

namespace HongqiaoDashboard.Tests.Features.Walls;

public sealed class SituationBoardPageTests : SituationPageContext
{
    private static readonly string[] Streets = [.. GridSamples.Shipped.Children(GridSamples.Shipped.Root.Code).Select(unit => unit.Code)];

    [Theory]
    [InlineData("zh-CN", "红桥区网格治理态势", "暂无上报", "没有超期案件", "暂无在办案件", "平日数据积累中")]
    [InlineData("en", "红桥区Grid Situation", "No reports yet", "Nothing is overdue", "No open cases", "usual day not known yet")]
    public void Board_WithoutAnyCase_LooksIntended(string culture, string title, string stream, string breaches, string categories, string usual)
    {
        Speak(culture);

        var board = Render<SituationBoard>();

        Assert.Equal(title, board.Find("h1").TextContent);
        Assert.Equal(stream, board.Find(".wall-stream strong").TextContent);
        Assert.StartsWith(breaches, board.Find(".wall-breaches .wall-calm").TextContent, StringComparison.Ordinal);
        Assert.Equal(categories, board.Find(".wall-categories strong").TextContent);
        Assert.Equal(usual, board.Find(".wall-hours small").TextContent);
        Assert.Equal("—", board.Find("[data-kpi=closureRate] .wall-number").TextContent.Trim());
        Assert.DoesNotContain("NaN", board.Markup, StringComparison.Ordinal);
        Assert.Empty(board.FindAll("[data-alarm], [data-missing]"));
    }

    [Fact]
    public void Board_WithCases_ShowsThemAndNothingToClick()
    {
        Feed = new FakeFeed(Empty().With(Count("open", "now", 8), Count("overdue", "now", 3)) with { Stream = [Card(1)] });

        var board = Render<SituationBoard>();

        Assert.Equal("西于庄街道 · 增产里社区", board.Find(".wall-stream li .wall-row-place").TextContent);
        Assert.Equal("占在办 37.50 %", board.Find("[data-kpi=overdue][data-alarm] .wall-sub").TextContent.Trim());
        Assert.Empty(board.FindAll("a, button"));
    }

    [Theory]
    [InlineData(9_982, 10_000, 9_912, "99.82", "18", "up", "▲ 0.70")]
    [InlineData(99_999, 100_000, 10_000, "99.99", "1", "down", "▼ 0.01")]
    [InlineData(7, 7, 10_000, "100.00", "0", "same", "0.00")]
    public void ClosureRate_StandsWithItsPartsAndItsWay(long closed, long due, long before, string shown, string missing, string way, string trend)
    {
        Feed = new FakeFeed(Empty().With(Rate("closureRate", "month", closed, due), Rate("closureRate", "monthPrevious", before, 10_000)));

        var tile = Render<SituationBoard>().Find(".wall-hero");

        Assert.Equal(shown, tile.QuerySelector("[data-count]")!.TextContent);
        Assert.Equal([$"应结{due:N0}", $"已结{closed:N0}", $"未结{missing}"], tile.QuerySelectorAll(".wall-parts div").Select(part => part.TextContent));
        Assert.Equal(trend, tile.QuerySelector($".wall-trend[data-way={way}] b")!.TextContent);
    }

    [Fact]
    public void Rankings_NameStreetsAndCategories_WithOverdueAndRate()
    {
        Feed.Details = SituationDetails.None with
        {
            Units = [new(Streets[2], 9, 3, 1, Rate("closureRate", "month", 2, 3)), new(Streets[0], 4, 0, 0, Rate("closureRate", "month", 0, 0))],
            Categories = [new("04", 9, 2), new("99", 1, 0)],
        };

        var board = Render<SituationBoard>();

        var street = board.FindAll(".wall-streets li");
        Assert.Equal(["1咸阳北路街道9366.66", "2西于庄街道40—"], street.Select(row => row.TextContent.Replace("\n", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)));
        Assert.Equal(["width: 100%", "width: 33.33%"], street[0].QuerySelectorAll("i").Select(bar => bar.GetAttribute("style")));
        Assert.Equal(["市容环境", "99"], board.FindAll(".wall-categories .wall-rank-name").Select(name => name.TextContent));
        Assert.Single(board.FindAll(".wall-categories [data-any]"));
    }

    [Fact]
    public void Deadlines_CarryTheSpanOfTheirBar_AndHowManyThereAre()
    {
        Feed.Details = SituationDetails.None with { Broken = [Deadline(1, -1, 0)], Coming = [Deadline(2, 1, 2), Deadline(3, 3, 6)] };

        var board = Render<SituationBoard>();

        var bar = board.Find(".wall-coming [data-number=HQ20240508-000002] .time-bar i");
        Assert.Equal($"{Noon.AddHours(-1).ToUnixTimeMilliseconds()}", bar.GetAttribute("data-from"));
        Assert.Equal($"{Noon.AddHours(1).ToUnixTimeMilliseconds()}", bar.GetAttribute("data-to"));
        Assert.Equal("--count: 2", board.Find(".wall-coming").GetAttribute("style"));
        Assert.Single(board.FindAll(".wall-broken li"));
    }

    [Fact]
    public void Hours_AreDrawnUpToTheOneUnderWay_BesideTheUsualDay()
    {
        var today = Enumerable.Range(0, 24).Select(hour => hour < 12 ? hour : 0).ToArray();
        Feed.Details = SituationDetails.None with { Hours = new SituationHours(new DateOnly(2024, 5, 8), 11, today, [.. Enumerable.Repeat(2.0, 24)], 3) };

        var board = Render<SituationBoard>();

        var option = JSInterop.Invocations.Single(call => call.Identifier == "create" && call.Arguments.Count == 2).Arguments[1];
        var series = JsonSerializer.SerializeToElement(option, JsonSerializerOptions.Web).GetProperty("series");
        var bars = series[0].GetProperty("data");
        Assert.Equal([10, 11], [bars[10].GetProperty("value").GetInt32(), bars[11].GetProperty("value").GetInt32()]);
        Assert.Equal(0.5, bars[11].GetProperty("itemStyle").GetProperty("opacity").GetDouble());
        Assert.Equal(JsonValueKind.Null, bars[12].ValueKind);
        Assert.Equal(24, series[1].GetProperty("data").GetArrayLength());
        // Noon in the district: twelve hours of two reports each.
        Assert.Equal("平日此时 24 件", board.Find(".wall-hours small").TextContent);
    }

    [Fact]
    public void EveryTile_HasItsAge()
    {
        var board = Render<SituationBoard>();

        var tiles = board.FindAll(".wall-tile, .wall-panel, .wall-map");
        Assert.Equal(13, tiles.Count);
        Assert.All(tiles, tile => Assert.Single(tile.QuerySelectorAll("[data-tile-age]")));
    }

    [Fact]
    public async Task Board_WhoseDetailsAloneHaveChanged_IsRenderedAgain()
    {
        var board = Render<SituationBoard>();

        Feed.Details = SituationDetails.None with { Categories = [new("04", 1, 0)] };
        Feed.Publish(Feed.Current);

        await board.WaitForStateAsync(() => board.FindAll(".wall-categories li").Count == 1);
    }

    [Fact]
    public void Address_NamesTheView()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"/wall/situation?tier=community&street={Streets[1]}");

        Render<SituationBoard>();

        var options = JSInterop.Invocations.Single(call => call.Identifier == "create" && call.Arguments.Count == 3).Arguments[1];
        var view = JsonSerializer.SerializeToElement(options, JsonSerializerOptions.Web).GetProperty("view");
        Assert.Equal(("Community", Streets[1]), (view.GetProperty("group").GetString(), view.GetProperty("focus").GetString()));
    }

    [Fact]
    public async Task Board_DisposedOf_LeavesNoSubscription()
    {
        Render<SituationBoard>();
        Assert.Equal(1, Feed.Subscribers);

        await DisposeComponentsAsync();

        Assert.Equal(0, Feed.Subscribers);
    }
}
