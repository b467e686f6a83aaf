using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>The boards in a real browser, all on one server: their sizes, the map, and what moves with time.</summary>
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
          const parts = [...document.querySelectorAll('.wall-header, .camp-title, .wall-tile, .wall-panel, .wall-map')];
          for (const part of parts) {
            const box = part.getBoundingClientRect();
            if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.width === 0 || part.scrollHeight > part.clientHeight + 1) faults.add('spills: ' + part.className);
            for (const other of parts) {
              const b = other.getBoundingClientRect();
              if (other !== part && box.left < b.right - 1 && b.left < box.right - 1 && box.top < b.bottom - 1 && b.top < box.bottom - 1) faults.add(`overlap: ${part.className} ${other.className}`);
            }
          }
          const seams = innerWidth / innerHeight > 4.5 ? [innerWidth / 3, innerWidth * 2 / 3] : [];
          for (const part of parts.filter(p => !p.matches('.wall-header'))) {
            const box = part.getBoundingClientRect();
            if (seams.some(seam => box.left < seam && box.right > seam)) faults.add('on a seam: ' + part.className);
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
            const part = element.closest('.wall-header, .camp-title, .wall-tile, .wall-panel, .wall-map').getBoundingClientRect();
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
        var page = await browser.NewPageAsync(wall.Server, width, height);
        await page.GotoAsync(new Uri(wall.Server.Address, $"/culture?culture={culture}&returnTo=%2Fwall%2Fsituation%3Ftier%3Dstreet").ToString());
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]");
        await page.WaitForSelectorAsync(".wall-panel [data-age=fresh]");

        Assert.Empty(await page.EvaluateAsync<string[]>(Faults));
    }

    [Theory]
    [InlineData(1920, 1080, "zh-CN")]
    [InlineData(3840, 2160, "zh-CN")]
    [InlineData(5760, 1080, "en")]
    public async Task Campaigns_OfAnySize_FillTheBoardWithoutScrollingAndCutNothing(int width, int height, string culture)
    {
        var page = await browser.NewPageAsync(wall.Server, width, height);
        await page.GotoAsync(new Uri(wall.Server.Address, $"/culture?culture={culture}&returnTo=%2Fwall%2Fcampaigns").ToString());
        await page.WaitForSelectorAsync(".camp-map .leaflet-host[data-ready=true]");
        await page.WaitForSelectorAsync(".wall-panel [data-age=fresh]");
        await page.WaitForSelectorAsync(".camp-burn .chart-host[data-points]");

        Assert.Empty(await page.EvaluateAsync<string[]>(Faults));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task StreetVending_ReportedBesideAClearedMarket_RaisesItsFlagOnBothBoards()
    {
        var campaigns = await browser.OpenAsync(wall.Server, "/wall/campaigns");
        var situation = await browser.OpenAsync(wall.Server, "/wall/situation?tier=street");
        await campaigns.WaitForSelectorAsync(".camp-flags .wall-calm");
        await situation.WaitForSelectorAsync(".camp-strip [data-campaign=markets]");
        var market = Wall.Market(3).Point;

        using var response = await Reporting.PostAsync(wall.Server.Http, 103, service: "0601", at: (market.Latitude, market.Longitude));
        await Reporting.NumberAsync(response);

        var flag = await campaigns.WaitForSelectorAsync(".camp-flags [data-flagged=M003][data-flag=Raised][data-new] .camp-flag-ago:not(:empty)");
        Assert.Equal("0 分前", await flag!.TextContentAsync());
        Assert.Equal("回潮 1 处", await campaigns.TextContentAsync(".wall-header .camp-raised"));
        await situation.WaitForSelectorAsync(".wall-header [data-raised='1']");
        await campaigns.Context.CloseAsync();
        await situation.Context.CloseAsync();
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
        await page.WaitForFunctionAsync("() => window.pulses === 1");
        // The next one brings another picture, in which the first is no news any more.
        var second = await Reporting.ReportAsync(wall.Server.Http, 102);
        await page.WaitForSelectorAsync($".wall-stream [data-number={second}]");
        await page.WaitForFunctionAsync("() => window.pulses >= 2");
        await page.WaitForFunctionAsync("() => document.querySelectorAll('.map-pulse').length === 0");

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
        await page.WaitForFunctionAsync("() => document.querySelector('.leaflet-host').dataset.focus.length === 9");
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
        var page = await browser.OpenAsync(wall.Server, "/wall/situation" + query);
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]");
        return page;
    }

    /// <summary>One server with two campaigns and a day's reports for all of these tests.</summary>
    public sealed class Wall : IAsyncLifetime
    {
        private const int Markets = 17;
        private static readonly DateOnly Today = GridSamples.Shipped.TimeZone.DayOf(TimeProvider.System.GetUtcNow());
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hongqiao-test-");
        private AppServer? _server;

        /// <summary>The server.</summary>
        public AppServer Server => _server!;

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            await CampaignPlanting.PlantAsync(
                _data.FullName,
                ("relocation", [.. Enumerable.Range(1, 20).Select(n => CampaignPlanting.Parcel(n, $"西于庄第{n}地块", 1_500 + n))], [.. Enumerable.Range(1, 20).SelectMany(Moves)]),
                ("markets", [.. Enumerable.Range(1, Markets).Select(Market)], [.. Enumerable.Range(1, Markets).Select(n => CampaignPlanting.Day($"M{n:000}", Today.AddDays(n - 60),
                    new("notified", "markets", 1), new("clearing", "markets", 1), new StageAmount("cleared", "markets", 1)))]));
            // A build serves its static files in Development only; demo cases would get between report and assertion.
            _server = await AppServer.StartAsync(_data.FullName, "Development", ["Demo:Enabled=false", CampaignPlanting.Key]);
            await Reporting.ReportManyAsync(_server.Http, 24);
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            if (_server is not null)
            {
                await _server.DisposeAsync();
            }

            _data.Delete(recursive: true);
        }

        internal static CampaignItem Market(int n) => CampaignPlanting.Market(n, $"光荣道第{n}市场", "占路市场", Today.AddDays(n - 70), Today.AddDays(n - 58));

        // Eighty days of which each moves some households of a parcel.
        private static IEnumerable<CampaignEntry> Moves(int n) => Enumerable.Range(1, 80).Select(back => CampaignPlanting.Day($"P{n:000}", Today.AddDays(-back),
            new("surveyed", "households", 12), new("signed", "households", 11), new("moved-out", "households", 10 + (back + n) % 2), new("moved-out", "area", 220)));
    }
}
