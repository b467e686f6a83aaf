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

    /// <summary>Opens a page of the administrator in a profile of its own and waits until it is live.</summary>
    /// <param name="server">The server.</param>
    /// <param name="path">Path and query of the page.</param>
    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="height">Of the window.</param>
    public async Task<IPage> OpenAsync(AppServer server, string path, int width = 1920, int height = 1080)
    {
        var page = await NewPageAsync(server, width, height);
        await page.GotoAsync(new Uri(server.Address, path).ToString());
        await page.WaitForSelectorAsync("[data-freshness=fresh]");
        return page;
    }

    /// <summary>An empty page in a profile of its own, in which the administrator of a server is signed in.</summary>
    /// <param name="server">The server.</param>
    /// <param name="width">Of the window, in CSS pixels.</param>
    /// <param name="height">Of the window.</param>
    public async Task<IPage> NewPageAsync(AppServer server, int width, int height)
    {
        var page = await NewPageAsync(width, height);
        await SignInAsync(page, server.Address, server.Cookie);
        return page;
    }

    /// <summary>Puts a session's cookie into the profile of a page.</summary>
    /// <param name="page">The page.</param>
    /// <param name="server">Where the cookie is sent to, whatever the port.</param>
    /// <param name="cookie"><c>name=value</c>.</param>
    public static Task SignInAsync(IPage page, Uri server, string cookie)
    {
        var parts = cookie.Split('=', 2);
        return page.Context.AddCookiesAsync([new Cookie { Name = parts[0], Value = parts[1], Url = server.GetLeftPart(UriPartial.Authority), HttpOnly = true, SameSite = SameSiteAttribute.Lax }]);
    }

    /// <summary>An empty page in a profile of its own, in which nobody is signed in.</summary>
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
