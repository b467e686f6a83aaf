using System.Diagnostics;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Bench;

/// <summary>A headless Chromium, drawn by the processor as on the cheapest of players.</summary>
internal sealed class Screen : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Screen(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Starts the browser.</summary>
    /// <returns>The browser; null when there is none, which is said.</returns>
    public static async Task<Screen?> StartAsync()
    {
        if (!File.Exists(Program))
        {
            Console.WriteLine($"  not measured: there is no Chromium at {Program}; scripts/test.sh installs it (Debian's package chromium)");
            return null;
        }

        var playwright = await Playwright.CreateAsync();
        return new Screen(playwright, await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
        }));
    }

    /// <summary>An empty page that never gives up waiting before a minute has passed.</summary>
    /// <param name="server">Whose administrator is signed in.</param>
    /// <param name="width">CSS pixels.</param>
    /// <param name="height">CSS pixels.</param>
    public async Task<IPage> OpenAsync(ScreenServer server, int width, int height)
    {
        var context = await _browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = width, Height = height } });
        await context.AddCookiesAsync([new Cookie { Name = server.Cookie.Name, Value = server.Cookie.Value, Url = server.Address.ToString(), HttpOnly = true }]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout((float)TimeSpan.FromMinutes(1).TotalMilliseconds);
        return page;
    }

    /// <summary>Begins to write down what its pages do.</summary>
    public Task<PageTasks> WatchAsync() => PageTasks.WatchAsync(_browser);

    /// <summary>
    /// Relates the page's steady clock to this process's: of many questions for it, the one that was answered soonest counts, and
    /// the page is taken to have read its clock half-way.
    /// </summary>
    /// <param name="page">The page.</param>
    /// <returns>What turns an instant of the page, in milliseconds, into one of this process, and how wrong that may be.</returns>
    public static async Task<(Func<double, long> ToOwn, TimeSpan Error)> RelateAsync(IPage page)
    {
        var (shortest, own, its) = (long.MaxValue, 0L, 0.0);
        for (var i = 0; i < 200; i++)
        {
            var asked = Stopwatch.GetTimestamp();
            var read = await page.EvaluateAsync<double>("performance.now()");
            var took = Stopwatch.GetTimestamp() - asked;
            if (took < shortest)
            {
                (shortest, own, its) = (took, asked + (took / 2), read);
            }
        }

        return (at => own + (long)((at - its) / 1000 * Stopwatch.Frequency), TimeSpan.FromSeconds(shortest / 2.0 / Stopwatch.Frequency));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
