using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>The situation board in a real browser, all on one server: its sizes, its map, and what moves with time.</summary>
[Collection(ServerCollection.Name)]
public sealed class WallBoardTests(BrowserFixture browser, WallBoardTests.Wall wall) : IClassFixture<BrowserFixture>, IClassFixture<WallBoardTests.Wall>
{
    private static readonly string Street = GridSamples.Shipped.Children(GridSamples.Shipped.Root.Code)[0].Code;

    // What is drawn outside of its tile, cut off, or too small to be read from five metres. Rows that a list has no room
    // for stand in a further column that is not shown.
    private const string Faults =
        """
        () => {
          const faults = new Set();
          const unit = Math.min(innerWidth / 1920, innerHeight / 1080);
          if (document.documentElement.scrollWidth > innerWidth || document.documentElement.scrollHeight > innerHeight) faults.add('scrolls');
          const parts = [...document.querySelectorAll('.wall-header, .wall-tile, .wall-panel, .wall-map')];
          for (const part of parts) {
            const box = part.getBoundingClientRect();
            if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.width === 0 || part.scrollHeight > part.clientHeight + 1) faults.add('spills: ' + part.className);
            for (const other of parts) {
              const b = other.getBoundingClientRect();
              if (other !== part && box.left < b.right - 1 && b.left < box.right - 1 && box.top < b.bottom - 1 && b.top < box.bottom - 1) faults.add(`overlap: ${part.className} ${other.className}`);
            }
          }
          const filled = Math.max(...parts.map(p => p.getBoundingClientRect().bottom));
          if (filled < innerHeight - 40 * unit) faults.add('not filled');
          for (const element of document.querySelectorAll('.wall-root *')) {
            if (element.closest('.leaflet-pane') || ![...element.childNodes].some(node => node.nodeType === 3 && node.nodeValue.trim())) continue;
            const style = getComputedStyle(element);
            const box = element.getBoundingClientRect();
            const list = element.closest('.wall-rows')?.getBoundingClientRect();
            if (box.width === 0 || (list && box.left >= list.right)) continue;
            const what = `${element.className} ${element.textContent.trim()}`;
            if (parseFloat(style.fontSize) < 17.9 * unit) faults.add('small: ' + what);
            if (style.display !== 'inline' && element.scrollWidth > element.clientWidth + 1) faults.add('cut: ' + what);
            const part = element.closest('.wall-header, .wall-tile, .wall-panel, .wall-map').getBoundingClientRect();
            if (box.left < part.left - 1 || box.right > part.right + 1) faults.add('outside: ' + what);
          }
          return [...faults];
        }
        """;

    [Theory]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(1920, 1080, "en")]
    [InlineData(3840, 2160, "zh-CN")]
    [InlineData(5760, 1080, "zh-CN")]
    [InlineData(5760, 1080, "en")]
    [InlineData(3840, 1080, "zh-CN")]
    public async Task Board_OfAnySize_IsFilledWithoutScrollingAndCutsNothing(int width, int height, string culture)
    {
        var page = await browser.NewPageAsync(width, height);
        await page.GotoAsync(new Uri(wall.Server.Address, $"/culture?culture={culture}&returnTo=%2Fwall%2Fsituation%3Ftier%3Dstreet").ToString());
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]");
        await page.WaitForSelectorAsync(".wall-panel [data-age=fresh]");

        Assert.Empty(await page.EvaluateAsync<string[]>(Faults));
    }

    [Fact]
    public async Task NewReport_PulsesOnceAndOnlyOnce()
    {
        var page = await OpenAsync("?tier=basic");
        await page.EvaluateAsync(
            """
            () => {
              window.pulses = 0;
              new MutationObserver(changes => { for (const change of changes) for (const node of change.addedNodes) if (node.classList?.contains('map-pulse')) window.pulses++; })
                .observe(document.querySelector('.leaflet-host'), { childList: true, subtree: true });
            }
            """);

        var first = await Reporting.ReportAsync(wall.Server.Http, 101);
        await page.WaitForSelectorAsync($".wall-stream [data-number={first}]");
        await page.WaitForFunctionAsync("window.pulses === 1");
        // The next one brings another picture, in which the first is no news any more.
        var second = await Reporting.ReportAsync(wall.Server.Http, 102);
        await page.WaitForSelectorAsync($".wall-stream [data-number={second}]");
        await page.WaitForFunctionAsync("window.pulses >= 2");
        await page.WaitForFunctionAsync("document.querySelectorAll('.map-pulse').length === 0");

        Assert.Equal(2, await page.EvaluateAsync<int>("window.pulses"));
    }

    [Fact]
    public async Task Map_Drilled_GoesIntoAPartAndOutAgain()
    {
        var page = await OpenAsync($"?tier=community&street={Street}");
        await ExpectViewAsync(page, "Community", Street);
        Assert.Equal(GridSamples.Shipped.Find(Street)!.Name, await page.TextContentAsync(".map-caption"));
        Assert.Equal(GridSamples.Shipped.Children(Street).Length, await page.Locator(".map-label").CountAsync());

        await page.Keyboard.PressAsync("3");
        await ExpectViewAsync(page, "Basic", Street);
        await page.Keyboard.PressAsync("Home");
        await ExpectViewAsync(page, "Basic", "");
        await page.Keyboard.PressAsync("1");
        await ExpectViewAsync(page, "Street", "");
        await page.Mouse.ClickAsync(960, 560);
        await page.WaitForFunctionAsync("document.querySelector('.leaflet-host').dataset.focus.length === 9");
        await page.Keyboard.PressAsync("Escape");
        await ExpectViewAsync(page, "Street", "");
        await page.Keyboard.PressAsync("h");
        await page.WaitForSelectorAsync(".leaflet-host[data-heat=true] .leaflet-heatmap-layer");
        await page.Keyboard.PressAsync("h");
        await page.WaitForSelectorAsync(".leaflet-host[data-heat=false]");
    }

    [Fact]
    public async Task Map_WithATour_StandsWhereTheServersClockSays()
    {
        var page = await OpenAsync("?tour=tiers&every=5");
        await page.WaitForFunctionAsync(
            """
            async () => {
              const { serverNow } = await import('/js/live.js');
              const stops = ['Basic false', 'Basic false', 'Basic true', 'Community false', 'Street false'];
              const { group, heat } = document.querySelector('.leaflet-host').dataset;
              const seen = window.seen ??= new Set();
              if (`${group} ${heat}` === stops[Math.floor(serverNow() / 5000) % stops.length]) seen.add(`${group} ${heat}`);
              return seen.size >= 2;
            }
            """);
    }

    [Fact]
    public async Task Bars_ShrinkWithTheTimeThatIsLeft_AndEndEmpty()
    {
        var page = await OpenAsync("?tier=basic");
        await page.WaitForSelectorAsync(".wall-coming .time-bar i[data-left=left]");

        var bars = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const { paintBars } = await import('/js/ages.js');
              const bar = document.querySelector('.wall-coming .time-bar i');
              const [from, to] = [Number(bar.dataset.from), Number(bar.dataset.to)];
              const at = part => { paintBars(from + (to - from) * part); return `${bar.style.transform} ${bar.dataset.left}`; };
              return [`${(to - from) / 3600000} h`, at(0), at(0.5), at(0.9), at(1.5)];
            }
            """);

        Assert.Equal(["2 h", "scaleX(1) left", "scaleX(0.5) left", "scaleX(0.1) low", "scaleX(0) empty"], bars);
    }

    private static Task<IJSHandle> ExpectViewAsync(IPage page, string group, string focus) =>
        page.WaitForFunctionAsync("([group, focus]) => { const d = document.querySelector('.leaflet-host').dataset; return d.group === group && d.focus === focus; }", new[] { group, focus });

    private async Task<IPage> OpenAsync(string query)
    {
        var page = await browser.OpenAsync(new Uri(wall.Server.Address, "/wall/situation" + query));
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]");
        return page;
    }

    /// <summary>One server with a day's reports for all of these tests.</summary>
    public sealed class Wall : IAsyncLifetime
    {
        private AppServer? _server;

        /// <summary>The server.</summary>
        public AppServer Server => _server!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            // A build serves its static files in Development only; demo cases would get between report and assertion.
            _server = await AppServer.StartAsync(null, "Development", ["Demo:Enabled=false"]);
            await Reporting.ReportManyAsync(_server.Http, 24);
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }
        }
    }
}
