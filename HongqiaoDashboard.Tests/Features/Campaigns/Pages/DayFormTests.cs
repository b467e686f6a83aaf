using AngleSharp.Dom;
using Bunit;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Pages;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Pages;

/// <summary>A day of an item, entered, corrected, refused, and entered by two people at once.</summary>
public sealed class DayFormTests : CampaignPages
{
    private static readonly DateOnly LastWeek = new(2026, 3, 12);

    [Fact]
    public async Task Day_EnteredForToday_IsKeptAndCounted()
    {
        var page = Open("?item=P1");

        await TypeAsync(page, "signed.households", "40");
        await SubmitAsync(page);

        page.WaitForElement("[data-saved]");
        Assert.Contains("签约 40 户", page.Find("[data-saved]").TextContent, StringComparison.Ordinal);
        Assert.Equal("40", page.Find("[data-stage=signed][data-measure=households] b").TextContent);
        Assert.Contains("第 1 版，王五", page.Find("[data-has]").TextContent, StringComparison.Ordinal);
        Assert.Contains("累计 40，上限 563", page.Find(".day-table").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Day_CorrectedFromItsHistory_IsANewRevisionAndTotalsFollow()
    {
        Campaign.Enter("P1", LastWeek, "张三", Households("signed", 60), Households("moved", 50));
        var page = Open("?item=P1");

        await page.Find("[data-correct='2026-03-12']").ClickAsync();
        Assert.Equal("50", Field(page, "moved.households").GetAttribute("value"));
        await TypeAsync(page, "moved.households", "45");
        await SubmitAsync(page);

        page.WaitForElement("[data-saved]");
        Assert.Equal("45", page.Find("[data-total=households] [data-count]").TextContent);
        var revisions = page.FindAll("[data-history='2026-03-12'] ul li");
        Assert.Equal(2, revisions.Count);
        Assert.Contains("搬迁 50 户", revisions[1].TextContent, StringComparison.Ordinal);
        Assert.True(revisions[1].HasAttribute("data-old"));
    }

    [Fact]
    public async Task Entry_OfMoreThanIsPossible_IsRefusedInPlainWordsAndStaysTyped()
    {
        Campaign.Refusing = new Refusal("MoreThanStageBefore", "渔村", LastWeek, new CampaignWord("搬迁", "Moved out"), 999L, 563L, new CampaignWord("户", "households"), new CampaignWord("签约", "Signed"));
        var page = Open("?item=P1");

        await TypeAsync(page, "moved.households", "999");
        await SubmitAsync(page);

        Assert.Contains("“渔村”到 2026-03-12 “搬迁”累计将达 999 户，而“签约”只到 563 户", page.Find("[data-fault]").TextContent, StringComparison.Ordinal);
        Assert.Equal("999", Field(page, "moved.households").GetAttribute("value"));

        await TypeAsync(page, "moved.households", "12,5x");
        await SubmitAsync(page);
        Assert.Contains("“搬迁”的户数不是整数", page.Find("[data-fault]").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", Field(page, "moved.households").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task TwoPeople_OnTheSameDay_SeeBothEntriesAndChoose()
    {
        var page = Open("?item=P1");
        await TypeAsync(page, "signed.households", "40");

        Campaign.Enter("P1", Today, "张三", Households("signed", 25));

        page.WaitForElement("[data-conflict]");
        Assert.Contains("签约 25 户", page.Find("[data-theirs]").TextContent, StringComparison.Ordinal);
        Assert.Contains("签约 40 户", page.Find("[data-mine]").TextContent, StringComparison.Ordinal);
        Assert.Equal("40", Field(page, "signed.households").GetAttribute("value"));
        Assert.True(page.Find("[data-submit]").HasAttribute("disabled"));

        await page.Find("[data-keep=mine]").ClickAsync();
        await SubmitAsync(page);
        page.WaitForElement("[data-saved]");
        Assert.Equal("40", page.Find("[data-stage=signed][data-measure=households] b").TextContent);
    }

    [Fact]
    public async Task TwoPeople_OneGivesUp_HasTheOthersEntryInTheForm()
    {
        var page = Open("?item=P1");
        await TypeAsync(page, "signed.households", "40");
        Campaign.Enter("P1", Today, "张三", Households("signed", 25));
        page.WaitForElement("[data-conflict]");

        await page.Find("[data-keep=theirs]").ClickAsync();

        Assert.Equal("25", Field(page, "signed.households").GetAttribute("value"));
        Assert.Empty(page.FindAll("[data-conflict]"));
    }

    [Fact]
    public void FormThatNobodyTouched_WhenTheDayIsEntered_ShowsIt()
    {
        var page = Open("?item=P1");

        Campaign.Enter("P1", Today, "张三", Households("signed", 25));

        page.WaitForAssertion(() => Assert.Equal("25", Field(page, "signed.households").GetAttribute("value")));
        Assert.Empty(page.FindAll("[data-conflict]"));
    }

    [Fact]
    public async Task AnotherDay_ChosenWhileTyping_LosesNothing()
    {
        var page = Open("?item=P1");
        await TypeAsync(page, "signed.households", "40");

        await page.Find("[data-day]").ChangeAsync("2026-03-12");
        Assert.Null(Field(page, "signed.households").GetAttribute("value") is { Length: > 0 } left ? left : null);
        await page.Find("[data-day]").ChangeAsync("2026-03-20");

        Assert.Equal("40", Field(page, "signed.households").GetAttribute("value"));
    }

    [Fact]
    public async Task Case_LinkedToAnItem_ReachesTheDesk()
    {
        var page = Open("?item=P2");

        await page.Find("[data-number]").InputAsync(" HQ20260301-000007 ");
        await page.Find(".blockers-add").SubmitAsync();

        Assert.Equal(("P2", "HQ20260301-000007", true), Campaign.Linked);
    }

    private static IElement Field(IRenderedComponent<CampaignPage> page, string field) => page.Find($"[data-field='{field}']");

    private static Task TypeAsync(IRenderedComponent<CampaignPage> page, string field, string value) => Field(page, field).InputAsync(value);

    private static Task SubmitAsync(IRenderedComponent<CampaignPage> page) => page.Find("form.day").SubmitAsync();
}
