using Bunit;
using HongqiaoDashboard.Features.Situation.Components;
using HongqiaoDashboard.Features.Situation.Contracts;
using static HongqiaoDashboard.Tests.Features.Situation.SituationSamples;

namespace HongqiaoDashboard.Tests.Features.Situation;

public sealed class SituationComponentTests : SituationPageContext
{
    [Theory]
    [InlineData("zh-CN", "结案率", "较昨日同期 —")]
    [InlineData("en", "Closure rate", "vs yesterday —")]
    public void KpiTile_WithoutADenominator_ShowsADash(string culture, string name, string comparison)
    {
        Speak(culture);

        var tile = Tile(Empty(), "closureRate", "today");

        Assert.Equal(name, tile.Find(".kpi-name").TextContent);
        Assert.Equal("—", tile.Find(".kpi-value").TextContent.Trim());
        Assert.Contains(comparison, tile.Find(".kpi-sub").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", tile.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(99_999, 100_000, "99.99")]
    [InlineData(9_982, 10_000, "99.82")]
    [InlineData(2, 3, "66.66")]
    [InlineData(7, 7, "100.00")]
    public void KpiTile_OfARate_ShowsTwoDigitsCut(long numerator, long denominator, string shown)
    {
        var tile = Tile(Empty().With(Rate("closureRate", "month", numerator, denominator)), "closureRate", "month");

        Assert.Equal(shown, tile.Find("[data-count]").TextContent);
        Assert.Contains($"{numerator:N0} / {denominator:N0}", tile.Markup, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zh-CN", 12, 9, "较昨日同期 +3")]
    [InlineData("zh-CN", 9, 12, "较昨日同期 −3")]
    [InlineData("zh-CN", 9, 9, "较昨日同期 持平")]
    [InlineData("en", 1_234, 0, "vs yesterday +1,234")]
    public void KpiTile_OfACount_ComparesWithTheSameSpanYesterday(string culture, long today, long yesterday, string shown)
    {
        Speak(culture);

        var tile = Tile(Empty().With(Count("reported", "today", today), Count("reported", "todayPrevious", yesterday)), "reported", "today");

        Assert.Equal(shown, tile.Find(".kpi-sub").TextContent.Trim());
    }

    [Fact]
    public void KpiTile_OfARate_ComparesInPoints()
    {
        var tile = Tile(Empty().With(Rate("closureRate", "month", 9_982, 10_000), Rate("closureRate", "monthPrevious", 9_912, 10_000)), "closureRate", "month");

        Assert.Contains("较上月同期 +0.70 个百分点", tile.Find(".kpi-sub").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void CaseList_OfCases_ShowsTypePlaceStateTimesAndTheWayToTheCase()
    {
        var due = Noon.AddHours(1);

        var list = List([Card(1, due), Card(2, state: "suspended")]);

        var first = list.FindAll("li")[0];
        Assert.Equal("暴露垃圾", first.QuerySelector(".live-type")!.TextContent);
        Assert.Equal("/incidents/HQ20240508-000001", first.QuerySelector("a")!.GetAttribute("href"));
        Assert.Equal("西于庄街道 · 增产里社区居委会", first.QuerySelector(".live-place")!.TextContent);
        Assert.Equal("上报", first.QuerySelector("[data-state=reported]")!.TextContent);
        Assert.Equal("11:59", first.QuerySelector("time")!.TextContent);
        Assert.Equal($"{due.ToUnixTimeMilliseconds()}", first.QuerySelector("[data-due]")!.GetAttribute("data-due"));
        Assert.Null(list.FindAll("li")[1].QuerySelector("[data-due]"));
    }

    [Fact]
    public void CaseList_OfYesterdaysCase_ShowsTheDay()
    {
        var list = List([Card(1) with { ReportedAt = Noon.AddDays(-1) }]);

        Assert.Equal("05-07 12:00", list.Find("time").TextContent);
    }

    [Fact]
    public void CaseList_WithoutCases_SaysSo()
    {
        var list = List([]);

        Assert.Equal("nothing", list.Find("strong").TextContent);
        Assert.Empty(list.FindAll("li"));
    }

    [Fact]
    public void CaseList_WithTheSameList_IsNotRenderedAgain()
    {
        IReadOnlyList<SituationCard> cards = [Card(1)];
        var list = List(cards);

        list.Render(parameters => parameters.Add(l => l.Cards, cards).Add(l => l.Now, Noon.AddSeconds(5)));

        Assert.Equal(1, list.RenderCount);
    }

    private IRenderedComponent<KpiTile> Tile(SituationSnapshot snapshot, string key, string period) =>
        Render<KpiTile>(parameters => parameters.Add(t => t.Snapshot, snapshot).Add(t => t.Key, key).Add(t => t.Period, period));

    private IRenderedComponent<CaseList> List(IReadOnlyList<SituationCard> cards) =>
        Render<CaseList>(parameters => parameters.Add(l => l.Cards, cards).Add(l => l.Now, Noon).Add(l => l.Links, true).Add(l => l.EmptyTitle, "nothing"));
}
