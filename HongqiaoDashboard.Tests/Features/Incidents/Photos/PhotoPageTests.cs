using Bunit;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Pages;
using HongqiaoDashboard.Features.Incidents.Photos;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Tests.TestKit;
using HongqiaoDashboard.Ui.Photos;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents.Photos;

/// <summary>Photographs on the case page. What the script does in a browser is done here by its calls.</summary>
public sealed class PhotoPageTests : CasePages
{
    [Fact]
    public async Task Form_OfAResultThatNeedsAPhotograph_SaysSoBeforeAndTakesIt()
    {
        var incident = await Database.MoveAsync(await Database.ReportAsync(type: "0405"), [Kind.Accepted, Kind.HandlingStarted]);
        var page = Open(incident.Number);
        await page.Find("[data-move=Noted]").ClickAsync();
        Assert.Empty(page.FindAll("[data-needed]"));
        await page.Find("[data-move=Resolved]").ClickAsync();
        Assert.Contains("至少需要 1 张照片，现有 0 张", page.Find("[data-needed]").TextContent, StringComparison.Ordinal);
        await page.Find("textarea:not([aria-hidden])").ChangeAsync("已清运");

        var picker = page.FindComponent<PhotoPicker>().Instance;
        Assert.True(await page.InvokeAsync(() => picker.Began(1, "现场.jpg")));
        // Not before it has arrived.
        Assert.True(page.Find("[data-submit]").HasAttribute("disabled"));
        await page.InvokeAsync(() => picker.Sent(1, 40));
        Assert.Equal("40", page.Find("[data-photo=uploading] [role=progressbar]").GetAttribute("aria-valuenow"));
        var photo = await TakeAsync(incident, 1);
        await page.InvokeAsync(() => picker.Arrived(1, photo.Hash));
        Assert.Equal($"/incidents/{incident.Number}/photos/{photo.Hash}/thumb", page.Find("[data-photo=ready] img").GetAttribute("src"));
        Assert.Contains("现有 1 张", page.Find("[data-needed]").TextContent, StringComparison.Ordinal);

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("「处置反馈」的第 1 张照片，共 1 张", page.Find(".case-timeline img").GetAttribute("alt")));
        Assert.Equal([photo.Hash], (await Database.LogAsync(incident.Number))[^1].Detail.Photos);
    }

    [Fact]
    public async Task Form_WithFilesThatFailedOrWereRemoved_SubmitsTheRest()
    {
        var incident = await Database.ReportAsync();
        var page = Open(incident.Number);
        await page.Find("[data-move=Noted]").ClickAsync();
        await page.Find("textarea:not([aria-hidden])").ChangeAsync("现场");
        var picker = page.FindComponent<PhotoPicker>().Instance;
        var (kept, removed) = (await TakeAsync(incident, 1), await TakeAsync(incident, 2));
        foreach (var (id, hash) in ((int, string?)[])[(1, removed.Hash), (2, null), (3, kept.Hash), (4, kept.Hash)])
        {
            await page.InvokeAsync(() => picker.Began(id, $"{id}.jpg"));
            await page.InvokeAsync(() => hash is null ? picker.Failed(id, null) : picker.Arrived(id, hash));
        }

        // The same photograph twice is one.
        Assert.Equal(["ready", "failed", "ready"], page.FindAll("[data-photo]").Select(e => e.GetAttribute("data-photo")));
        Assert.Contains("上传失败", page.Find("[data-photo=failed]").TextContent, StringComparison.Ordinal);
        await page.Find("[data-photo=ready] button").ClickAsync();
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".case-timeline img")));
        Assert.Equal([kept.Hash], (await Database.LogAsync(incident.Number))[^1].Detail.Photos);
    }

    [Fact]
    public async Task Form_WithAsManyAsAMoveMayBring_TakesNoMore()
    {
        var incident = await Database.ReportAsync();
        var page = Open(incident.Number);
        await page.Find("[data-move=Noted]").ClickAsync();
        var picker = page.FindComponent<PhotoPicker>().Instance;

        for (var id = 1; id <= 9; id++)
        {
            Assert.Single(page.FindAll("input[type=file]"));
            Assert.True(await page.InvokeAsync(() => picker.Began(id, "x.jpg")));
        }

        Assert.False(await page.InvokeAsync(() => picker.Began(10, "x.jpg")));
        Assert.Empty(page.FindAll("input[type=file]"));
    }

    private IRenderedComponent<CasePage> Open(string number)
    {
        RenderPopovers();
        var page = Render<CasePage>(parameters => parameters.Add(p => p.Number, number));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")));
        return page;
    }

    private Task<UploadedPhoto> TakeAsync(Incident incident, int seed) =>
        Database.Get<PhotoDesk>().TakeAsync(incident.Number, new MemoryStream(PhotoSamples.Scene(seed: seed)), TestDatabase.Operator, Xunit.TestContext.Current.CancellationToken);
}
