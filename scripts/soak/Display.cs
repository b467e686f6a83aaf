using Microsoft.Playwright;

namespace HongqiaoDashboard.Soak;

/// <summary>A page in a real browser, and what it holds after a forced collection.</summary>
internal sealed class Display
{
    private readonly IPage _page;
    private readonly ICDPSession _tools;

    private Display(IPage page, ICDPSession tools) => (_page, _tools) = (page, tools);

    /// <summary>Dialogs that waited for a click; there must be none.</summary>
    public int Dialogs { get; private set; }

    /// <summary>Times that the page was loaded.</summary>
    public int Loads { get; private set; }

    /// <summary>Opens a page in a profile of its own and waits until it is live.</summary>
    /// <param name="browser">The browser.</param>
    /// <param name="address">Where to.</param>
    public static async Task<Display> OpenAsync(IBrowser browser, Uri address)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 1920, Height = 1080 } });
        var page = await context.NewPageAsync();
        var display = new Display(page, await context.NewCDPSessionAsync(page));
        page.Dialog += async (_, dialog) =>
        {
            display.Dialogs++;
            await dialog.DismissAsync();
        };
        page.Load += (_, _) => display.Loads++;
        await page.GotoAsync(address.ToString());
        await page.WaitForSelectorAsync("[data-freshness=fresh]", new PageWaitForSelectorOptions { Timeout = 60_000 });
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]", new PageWaitForSelectorOptions { Timeout = 60_000 });
        await display._tools.SendAsync("Performance.enable");
        // The first one leaves something behind that later ones find.
        await display.ContentsAsync();
        return display;
    }

    /// <summary>Measures.</summary>
    public async Task<DisplayState> MeasureAsync()
    {
        await _tools.SendAsync("HeapProfiler.collectGarbage");
        await _tools.SendAsync("HeapProfiler.collectGarbage");
        var metrics = (await _tools.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        var elements = (await _tools.SendAsync("Runtime.evaluate", new Dictionary<string, object>
        {
            ["expression"] = "document.getElementsByTagName('*').length", ["returnByValue"] = true,
        }))!.Value.GetProperty("result").GetProperty("value").GetInt32();
        return new DisplayState(
            metrics["JSHeapUsedSize"], metrics["Nodes"], elements, metrics["JSEventListeners"], metrics["Documents"], Dialogs, Loads);
    }

    /// <summary>What its heap consists of.</summary>
    public Task<HeapContents> ContentsAsync() => HeapContents.OfAsync(_tools);

    /// <summary>Whether it shows a picture that is fresh.</summary>
    public async Task<bool> IsFreshAsync() => await _page.Locator("html:not([data-stale]) [data-freshness=fresh]").CountAsync() > 0;
}

/// <summary>A page at one instant, after a forced collection.</summary>
/// <param name="Heap">Bytes of the JavaScript heap in use.</param>
/// <param name="Nodes">DOM nodes that are held, in the document or not.</param>
/// <param name="Elements">Elements in the document.</param>
/// <param name="Listeners">Event listeners.</param>
/// <param name="Documents">Documents.</param>
/// <param name="Dialogs">Dialogs so far.</param>
/// <param name="Loads">Loads so far.</param>
internal sealed record DisplayState(double Heap, double Nodes, int Elements, double Listeners, double Documents, int Dialogs, int Loads);
