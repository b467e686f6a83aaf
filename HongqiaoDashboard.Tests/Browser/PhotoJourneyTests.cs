using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>Photographs through the real page.</summary>
[Collection(ServerCollection.Name)]
public sealed class PhotoJourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private AppServer _server = default!;

    public async ValueTask InitializeAsync() => _server = await AppServer.StartAsync(environment: "Development", settings: ["Demo:Enabled=false", "Incidents:Photos:MaxMegabytes=1"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(1366, 900)]
    [InlineData(390, 844)]
    public async Task Result_ThatNeedsAPhotograph_IsGivenWithOneAndShowsIt(int width, int height)
    {
        var number = await ReportAsync();
        var page = await browser.NewPageAsync(_server, width, height);
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        await page.GotoAsync(new Uri(_server.Address, "/incidents/" + number).ToString());
        await MoveAsync(page, "Accepted");
        await MoveAsync(page, "HandlingStarted");
        await page.Locator("[data-move=Resolved]").ClickAsync();
        await Expect(page.Locator("[data-needed]")).ToContainTextAsync("至少需要 1 张照片，现有 0 张");
        await page.Locator("form textarea").First.FillAsync("已清运");
        await page.Locator("[data-submit]").ClickAsync();
        await Expect(page.Locator("[data-fault]")).ToContainTextAsync("至少需要 1 张照片");

        // Two that are taken in, one that is not a photograph whatever its name says, one that is too big to be sent at all.
        await page.Locator("input[type=file]").SetInputFilesAsync([
            File("上午.jpg", "image/jpeg", PhotoSamples.Marked(6)), File("page.jpg", "image/jpeg", "<html></html>"u8.ToArray()),
            File("big.jpg", "image/jpeg", new byte[2 << 20]), File("b.png", "image/png", PhotoSamples.MarkedPng()[..])]);
        await Expect(page.Locator("[data-photo=ready]")).ToHaveCountAsync(2);
        await Expect(page.Locator("[data-photo=failed]")).ToHaveTextAsync(["page.jpg 这不是可识别的照片。请上传 JPEG、PNG 或 WebP 格式的照片。", "big.jpg 照片文件不能超过 1 MB。"]);
        await Expect(page.Locator("[data-needed]")).ToContainTextAsync("现有 2 张");
        await page.Locator("[data-submit]").ClickAsync();
        await Expect(page.Locator("form")).ToHaveCountAsync(0);

        await Expect(page.Locator(".case-head .case-state")).ToHaveTextAsync("待核查");
        var thumbnails = page.Locator(".case-timeline [data-photo-open] img");
        await Expect(thumbnails).ToHaveCountAsync(2);
        await thumbnails.First.ScrollIntoViewIfNeededAsync();
        await page.WaitForFunctionAsync("() => [...document.querySelectorAll('[data-photo-open] img')].every(img => img.complete && img.naturalWidth === 320 && img.naturalHeight === 240)");
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the window.");

        // The viewer: full size, turned by its buttons, closed by a key.
        await thumbnails.First.ClickAsync();
        var shown = page.Locator(".mud-dialog img");
        await Expect(shown).ToHaveAttributeAsync("alt", "「处置反馈」的第 1 张照片，共 2 张");
        await page.WaitForFunctionAsync("() => document.querySelector('.mud-dialog img').naturalWidth === 800");
        await page.Locator("[data-photo-next]").ClickAsync();
        await Expect(shown).ToHaveAttributeAsync("alt", "「处置反馈」的第 2 张照片，共 2 张");
        await page.Keyboard.PressAsync("Escape");
        await Expect(shown).ToHaveCountAsync(0);
        Assert.Empty(errors);
    }

    private async Task<string> ReportAsync()
    {
        using var report = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["api_key"] = "test-key", ["service_code"] = "0405", ["lat"] = "39.169", ["long"] = "117.157", ["description"] = "路边有渣土", ["attribute[volume]"] = "2",
        });
        using var answer = await _server.Http.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), report, TestContext.Current.CancellationToken);
        return await Reporting.NumberAsync(answer);
    }

    private static FilePayload File(string name, string type, byte[] content) => new() { Name = name, MimeType = type, Buffer = content };

    private static async Task MoveAsync(IPage page, string move)
    {
        await page.Locator($"[data-move={move}]").ClickAsync();
        await page.Locator("[data-submit]").ClickAsync();
        await Expect(page.Locator("form")).ToHaveCountAsync(0);
    }
}
