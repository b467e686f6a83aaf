using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>Pages for everybody: judged by axe in both themes, walked with the keyboard, and drawn in the theme that was chosen.</summary>
[Collection(ServerCollection.Name)]
public sealed class AccessibilityTests(BrowserFixture browser, AccessibilityTests.FilledServer filled)
    : IClassFixture<BrowserFixture>, IClassFixture<AccessibilityTests.FilledServer>
{
    private static readonly string[] Serious = ["serious", "critical"];

    // Each page, what shows that it is there, and what is opened before it is judged.
    public static TheoryData<string, string, string?> Pages => new()
    {
        { "/", ".overview .leaflet-host[data-ready=true]", null },
        { "/incidents", ".cases-table tbody tr", ".cases-filter summary" },
        { "/incidents/{number}", ".case-timeline li", "[data-move=Accepted]" },
        { "/campaigns", ".campaigns-list li", null },
        { "/campaigns/relocation", ".camp-map[data-ready=true]", "[data-replay-open]" },
        { "/campaigns/markets?item=M001", ".panel .day", null },
        { "/grids", ".grids-map .leaflet-host[data-ready=true]", null },
        { "/grids/import", ".import-page", null },
        { "/admin/calendar", ".sheet-month", ".sheet-day:not([disabled])" },
        { "/admin/catalog", ".catalog-tree", "[data-category='04']" },
        { "/admin/promises", ".policy-rule", null },
        { "/admin/campaigns", ".camps-form .form", "[data-add]" },
        { "/admin/import", ".history-page", null },
        { "/admin/audit", ".audit-table tbody tr", ".audit-filter summary" },
        { "/admin/accounts", ".account-list tbody tr", "[data-end]" },
        { "/admin/keys", ".key-form", "[data-create]" },
        { "/admin/walls", ".walls-form", "[data-confirm]" },
        { "/admin/design", ".design-ramp", null },
        { "/wall/pair", "[data-code]", null },
        { "/wall/situation", ".wall-map .leaflet-host[data-ready=true]", null },
        { "/wall/campaigns", ".wall-map .leaflet-host[data-ready=true]", null },
    };

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_InBothThemes_HasNothingSeriousToAxe(string path, string there, string? open)
    {
        var page = await browser.NewPageAsync(filled.Server, 1366, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.AddInitScriptAsync(KeepViolations);
        await page.GotoAsync(Address(path.Replace("{number}", filled.Number, StringComparison.Ordinal)));
        await page.Locator(there).First.WaitForAsync();
        if (open is not null)
        {
            await page.Locator(open).First.ClickAsync();
        }

        var faults = await FaultsAsync(page);
        // The open page follows the system, its forms and all; a wall stays dark.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await page.WaitForFunctionAsync(OneTheme);
        if (!path.StartsWith("/wall", StringComparison.Ordinal))
        {
            faults.AddRange((await FaultsAsync(page)).Select(fault => "dark " + fault));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        // In both themes nothing was used that the content policy forbids, and what somebody slips in does not run.
        Assert.Empty(await page.EvaluateAsync<string[]>("() => window.violations"));
        Assert.Equal("script,handler,eval", await page.EvaluateAsync<string>(SlipIn));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Cases_WithTheKeyboardAlone_AreReachedPastTheMenu()
    {
        var page = await browser.NewPageAsync(filled.Server, 1366, 900);
        await page.GotoAsync(Address("/incidents"));
        await page.Locator(".cases-table tbody tr").First.WaitForAsync();
        await page.EvaluateAsync("() => document.activeElement.blur()");

        // The first stop is the way past the menu, and it can be seen.
        await page.Keyboard.PressAsync("Tab");
        var skip = page.Locator(".skip-link");
        await Expect(skip).ToBeFocusedAsync();
        await Expect(skip).ToBeInViewportAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#content")).ToBeFocusedAsync();
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/incidents(#content)?$"));

        // From there to the first case; each stop shows where one is.
        var stops = new List<string>();
        for (var stop = 0; stop < 40 && !await page.EvaluateAsync<bool>("() => document.activeElement.matches('.case-number a')"); stop++)
        {
            await page.Keyboard.PressAsync("Tab");
            stops.Add(await page.EvaluateAsync<string>(SeenFocus));
        }

        Assert.DoesNotContain(stops, stop => stop.StartsWith("unseen", StringComparison.Ordinal));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/incidents/HQ"));
        await Expect(page.Locator("#content")).ToBeFocusedAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Theme_ChosenInTheBar_IsThereBeforeTheFirstPaintAndStays()
    {
        var page = await browser.NewPageAsync(filled.Server, 1366, 900);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
        await page.GotoAsync(Address("/incidents?open=true"));
        await page.Locator(".cases-table").WaitForAsync();
        var root = page.Locator("html");
        await Expect(root).ToHaveAttributeAsync("data-theme", "light");

        // With the keyboard: open the menu, choose.
        await page.Locator(".desk-theme button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[data-theme-item=dark]").ClickAsync();
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await Expect(page).ToHaveURLAsync(Address("/incidents?open=true"));
        await page.Locator(".cases-table").WaitForAsync();
        await page.WaitForFunctionAsync(OneTheme);

        // The server's own document says it, before any script.
        var answer = await page.APIRequest.GetAsync(Address("/"));
        Assert.Contains("data-theme=\"dark\"", await answer.TextAsync(), StringComparison.Ordinal);

        // As the system: follows it while the page is open.
        await page.GotoAsync(Address("/theme?theme=system&returnTo=/incidents"));
        await page.Locator(".cases-table").WaitForAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await Expect(root).ToHaveAttributeAsync("data-theme", "dark");
        await page.WaitForFunctionAsync(OneTheme);
        await page.Context.CloseAsync();
    }

    private const string KeepViolations =
        "window.violations = []; document.addEventListener('securitypolicyviolation', e => window.violations.push(`${e.effectiveDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`));";

    // What was blocked of three ways to run a word of one's own. A timer's code is not under the eye of whoever drives the browser,
    // and so under the policy.
    private const string SlipIn =
        """
        () => new Promise(resolve => {
          const ran = [];
          window.slipped = what => ran.push(what);
          const script = document.createElement('script');
          script.textContent = "slipped('script')";
          document.body.append(script);
          const image = document.createElement('p');
          image.innerHTML = `<img src="data:," onerror="slipped('handler')">`;
          document.body.append(image);
          image.firstChild.addEventListener('error', () => setTimeout(() => {
            try { new Function("slipped('eval')")(); } catch { /* as it should be */ }
            resolve(['script', 'handler', 'eval'].filter(what => !ran.includes(what)).join());
          }));
        })
        """;

    // The dark theme is on, and MudBlazor's colours are those of the tokens.
    private const string OneTheme =
        """
        () => {
          if (document.documentElement.dataset.theme !== 'dark') return false;
          const seen = document.querySelector('.mud-layout') === null ? ['--surface'] : ['--surface', '--mud-palette-surface'];
          const colours = seen.map(name => { const p = document.createElement('p'); p.style.color = `var(${name})`; document.body.append(p); const is = getComputedStyle(p).color; p.remove(); return is; });
          return colours.every(colour => colour === colours[0]);
        }
        """;

    private const string SeenFocus =
        """
        () => {
          const at = document.activeElement;
          const box = at.getBoundingClientRect();
          const marks = [at, at.parentElement, at.closest('.mud-input-control, .mud-button-root, label')].filter(Boolean).map(e => getComputedStyle(e));
          const marked = marks.some(s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || at.closest('.mud-input') !== null;
          return (marked && box.width > 0 ? 'seen ' : 'unseen ') + at.outerHTML.slice(0, 200);
        }
        """;

    /// <summary>What axe finds serious on a page as it stands.</summary>
    internal static async Task<List<string>> FaultsAsync(IPage page)
    {
        await StillAsync(page);
        var found = await page.RunAxe();
        return [.. found.Violations.Where(rule => Serious.Contains(rule.Impact)).SelectMany(rule => rule.Nodes, (rule, node) => $"{rule.Id}: {node.Html} {string.Join(" ", node.Any.Concat(node.All).Select(check => check.Message))}")];
    }

    // axe judges colours as they are: nothing may be half faded in.
    private static async Task StillAsync(IPage page) =>
        await page.EvaluateAsync("() => Promise.all(document.getAnimations().filter(a => a.effect.getComputedTiming().endTime !== Infinity).map(a => a.finished.catch(() => {})))");

    private string Address(string path) => new Uri(filled.Server.Address, path).ToString();

    /// <summary>One program with a few cases for all tests of the class.</summary>
    public sealed class FilledServer : IAsyncLifetime
    {
        private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hongqiao-test-");

        /// <summary>The server.</summary>
        public AppServer Server { get; private set; } = default!;

        /// <summary>Number of one of its cases.</summary>
        public string Number { get; private set; } = "";

        /// <inheritdoc/>
        public async ValueTask InitializeAsync()
        {
            var day = new DateOnly(2026, 3, 2);
            await CampaignPlanting.PlantAsync(
                _data.FullName,
                ("relocation", [CampaignPlanting.Parcel(1, "西沽南", 300)], [CampaignPlanting.Day("P001", day, new("surveyed", "households", 20), new StageAmount("signed", "households", 10))]),
                ("markets", [CampaignPlanting.Market(1, "光荣道市场", "占路市场", day, day.AddDays(20))], [CampaignPlanting.Day("M001", day, new StageAmount("notified", "markets", 1))]));
            // A build serves its static files in Development only; demo cases would get between the ones of the test.
            Server = await AppServer.StartAsync(_data.FullName, environment: "Development", settings: ["Demo:Enabled=false", CampaignPlanting.Key]);
            await Reporting.ReportManyAsync(Server.Http, 12);
            Number = await Reporting.ReportAsync(Server.Http, 99);
            // Leaves a record to be shown.
            await Server.Http.GetStringAsync(new Uri("/admin/audit/export.csv", UriKind.Relative));
        }

        /// <inheritdoc/>
        public async ValueTask DisposeAsync()
        {
            await Server.DisposeAsync();
            _data.Delete(recursive: true);
        }
    }
}
