using Bunit;
using HongqiaoDashboard.Features.Walls.Pages;
using HongqiaoDashboard.Tests.Features.Situation;
using static HongqiaoDashboard.Tests.Features.Situation.SituationSamples;

namespace HongqiaoDashboard.Tests.Features.Walls;

public sealed class SituationBoardPageTests : SituationPageContext
{
    [Theory]
    [InlineData("zh-CN", "红桥区网格治理态势", "暂无上报", "没有超期案件")]
    [InlineData("en", "红桥区Grid Situation", "No reports yet", "Nothing is overdue")]
    public void Board_WithoutAnyCase_LooksIntended(string culture, string title, string stream, string breaches)
    {
        Speak(culture);

        var board = Render<SituationBoard>();

        Assert.Equal(title, board.Find("h1").TextContent);
        Assert.Equal(stream, board.Find(".wall-stream strong").TextContent);
        Assert.Equal(breaches, board.Find(".wall-breaches strong").TextContent);
        Assert.Equal("—", board.Find("[data-kpi=closureRate] .wall-number").TextContent.Trim());
        Assert.DoesNotContain("NaN", board.Markup, StringComparison.Ordinal);
        Assert.Empty(board.FindAll("[data-alarm]"));
    }

    [Fact]
    public void Board_WithCases_ShowsThemAndNothingToClick()
    {
        Feed = new FakeFeed(Empty().With(Count("open", "now", 8), Count("overdue", "now", 3)) with { Stream = [Card(1)], Breaches = [Card(2, Noon.AddMinutes(-1))] });

        var board = Render<SituationBoard>();

        Assert.Single(board.FindAll(".wall-stream li"));
        Assert.Single(board.FindAll(".wall-breaches [data-due]"));
        Assert.Equal("占在办 37.50 %", board.Find("[data-kpi=overdue][data-alarm] .wall-sub").TextContent);
        Assert.Empty(board.FindAll("a, button"));
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
