using Bunit;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Photos;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Pages;

/// <summary>Photographs of before and after in the panel of an item. What the script does in a browser is done here by its calls.</summary>
public sealed class ItemPhotographsTests : CampaignPages
{
    private readonly List<CampaignPhoto> _photos = [];

    public ItemPhotographsTests() => Campaign = new(Markets, Today, Market("M1", "集贸一条街")) { Adorn = standing => standing with { Photos = [.. _photos] } };

    [Fact]
    public void Panel_OfAnItem_ShowsBothSidesAndCompares()
    {
        Show(PhotoMoment.Before, "a");
        var page = Open("?item=M1");
        Assert.Empty(page.FindAll("[data-compare]"));
        Assert.Contains("尚无照片", page.Find("[data-moment=After]").TextContent, StringComparison.Ordinal);

        Show(PhotoMoment.After, "b");
        Campaign.Publish();

        page.WaitForElement("[data-compare]");
        Assert.Equal([Thumbnail("a"), Thumbnail("b")], page.FindAll(".before-after img").Select(img => img.GetAttribute("src")!));
    }

    [Fact]
    public async Task Upload_ThatHasArrived_IsShownWithTheItem_AndOneTakenAwayStaysOnRecord()
    {
        Show(PhotoMoment.Before, "a");
        var page = Open("?item=M1");
        await page.Find("[data-photos-open]").ClickAsync();
        await page.Find("[data-photo-taken]").ChangeAsync("2026-02-03");
        var picker = page.FindComponents<PhotoPicker>()[1].Instance;
        Assert.Equal("/api/campaigns/markets/items/M1/photos/after?taken=2026-02-03", picker.Upload.Address);

        Assert.True(await page.InvokeAsync(() => picker.Began(1, "x.jpg")));
        Assert.Single(page.FindAll("[data-photo=uploading]"));
        await page.InvokeAsync(() => picker.Arrived(1, Hash("b")));
        Assert.Empty(page.FindAll("[data-photo]"));

        await page.Find("[data-photo-remove]").ClickAsync();
        Assert.Empty(Campaign.Photographs);
        _photos.Clear();
        await page.Find("[data-photo-sure]").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("整治前：王五 于 1970-01-01", page.Find(".photo-gone").TextContent, StringComparison.Ordinal));
        Assert.Equal((PhotoMoment.Before, Hash("a"), false), (Campaign.Photographs[0].Photo.Moment, Campaign.Photographs[0].Photo.Hash, Campaign.Photographs[0].Kept));
        Assert.Empty(page.FindAll(".before-after img"));
    }

    [Fact]
    public void Panel_ForWhoMayNotSeeCases_ShowsNoPhotographs()
    {
        Show(PhotoMoment.Before, "a");
        Authorization.SetPolicies(Policies.ViewSituation);

        Assert.Empty(Open("?item=M1").FindAll(".before-after"));
    }

    private void Show(PhotoMoment moment, string letter) =>
        _photos.Add(new CampaignPhoto(moment, Hash(letter), 4, 3, new DateOnly(2026, 1, 5), new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero), "张三"));

    private static string Hash(string letter) => new(letter[0], 64);

    private static string Thumbnail(string letter) => $"/api/campaigns/markets/items/M1/photos/{Hash(letter)}/thumb";
}
