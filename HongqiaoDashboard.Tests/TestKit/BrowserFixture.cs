using Microsoft.Playwright;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>One headless Chromium for all tests of a collection; each test takes a page of its own.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        // A ceiling, not a wait: a busy machine takes longer than the usual five seconds.
        Assertions.SetDefaultExpectTimeout((float)TimeSpan.FromSeconds(60).TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        });
    }

    /// <summary>Opens a page in a profile of its own and waits until it is live.</summary>
    /// <param name="address">Where to.</param>
    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="height">Of the window.</param>
    public async Task<IPage> OpenAsync(Uri address, int width = 1920, int height = 1080)
    {
        var page = await NewPageAsync(width, height);
        await page.GotoAsync(address.ToString());
        await page.WaitForSelectorAsync("[data-freshness=fresh]");
        return page;
    }

    /// <summary>An empty page in a profile of its own: somebody else's browser.</summary>
    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="height">Of the window.</param>
    public async Task<IPage> NewPageAsync(int width, int height)
    {
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)TimeSpan.FromSeconds(60).TotalMilliseconds);
        return page;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
