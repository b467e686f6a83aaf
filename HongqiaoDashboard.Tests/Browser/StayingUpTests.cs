using System.Diagnostics;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>
/// A wall that is left alone: whatever goes, it says how old its picture is, opens no dialog, never ends on the browser's own
/// error page, and is back within ten seconds of the cause's end.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class StayingUpTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private const string SuccessorsMark = "successor1";

    private static readonly PageWaitForSelectorOptions Soon = new() { Timeout = 10_000 };

    private readonly List<string> _mishaps = [];

    [Fact]
    public async Task Wall_ServerSilentAndNetworkLost_LooksStaleAndRecoversFromEach()
    {
        await using var server = await AppServer.StartAsync(null, "Development", ["Demo:Enabled=false"]);
        var behind = await OpenAsync(server);
        var away = await OpenAsync(server);
        foreach (var page in new[] { behind, away })
        {
            await page.EvaluateAsync(
                """
                () => {
                  const badge = document.querySelector('[data-freshness]');
                  new MutationObserver(() => { if (badge.dataset.freshness === 'stale') window.firstStale ??= badge.textContent; }).observe(badge, { attributeFilter: ['data-freshness'] });
                }
                """);
        }

        // Nothing closes: packets just do not arrive any more.
        Signals.Send(server.ProcessId, "STOP");
        await away.Context.SetOfflineAsync(true);
        foreach (var page in new[] { behind, away })
        {
            await page.WaitForSelectorAsync("html[data-stale] [data-freshness=stale]");
            // From the first missed heartbeat on, not some time later: beats come every five seconds.
            Assert.Matches(@"^\D*[6-8] 秒", await page.EvaluateAsync<string>("window.firstStale"));
            await page.WaitForSelectorAsync("html[data-recovering]");
        }

        Signals.Send(server.ProcessId, "CONT");
        await BackAsync(behind);
        Assert.True(await away.Locator("html[data-stale][data-recovering]").CountAsync() == 1);
        await away.Context.SetOfflineAsync(false);
        await BackAsync(away);

        // A machine that slept may have stopped its steady clock; the picture is as old as its wall clock says. It sleeps again
        // and again until that shows: a beat may arrive before the page looks at its clock, and makes all fresh.
        await behind.EvaluateAsync(
            """
            () => new Promise(seen => {
              const now = Date.now;
              let slept = 0;
              Date.now = () => now() + slept;
              const naps = setInterval(() => { slept += 3_600_000; }, 100);
              new MutationObserver((_, observer) => {
                if (!document.documentElement.dataset.stale) return;
                observer.disconnect();
                clearInterval(naps);
                seen();
              }).observe(document.documentElement, { attributeFilter: ['data-stale'] });
            })
            """);
        await BackAsync(behind);
        Assert.Empty(_mishaps);
    }

    [Fact]
    public async Task Wall_ServerKilledAndAnotherVersionStarted_IsAwakeOrAsleepLoadedAnewAndWaitsWhileNobodyAnswers()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-");
        var successor = await MakeSuccessorAsync();
        try
        {
            await using var first = await StartAsync(data.FullName);
            await Reporting.ReportAsync(first.Http, 1);
            var page = await OpenAsync(first);
            await page.WaitForSelectorAsync(".wall-stream li");
            var asleep = await OpenAsync(first);
            var version = await page.GetAttributeAsync("html", "data-version");
            var sleep = await PutToSleepAsync(asleep);

            await first.KillAsync();
            await page.WaitForSelectorAsync("html[data-stale] [data-freshness=stale]");
            await page.WaitForSelectorAsync("html[data-recovering]");
            Assert.Equal(1, await page.Locator(".wall-stream li").CountAsync());
            Assert.False(await page.Locator("#circuit-banner, #components-reconnect-modal").First.IsVisibleAsync());

            await using var second = await StartAsync(data.FullName, first.Address.Port, Path.Combine(successor, Path.GetFileName(AppServer.Program)));
            await BackAsync(page);
            await WakeAsync(sleep);
            await BackAsync(asleep);
            foreach (var wall in new[] { page, asleep })
            {
                Assert.NotEqual(version, await wall.GetAttributeAsync("html", "data-version"));
                var scripts = await wall.EvaluateAsync<string[]>("performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)");
                Assert.Contains($"/js/live.{SuccessorsMark}.js", scripts);
                Assert.DoesNotContain(scripts, script => script.StartsWith("/js/live.", StringComparison.Ordinal) && !script.Contains(SuccessorsMark, StringComparison.Ordinal));
            }

            // The new version's worker takes over from the old one, which may not be answering a load while it is put away. Asked by
            // the clock: a page that has just been woken may draw no frames yet, and would not be asked by them.
            foreach (var wall in new[] { page, asleep })
            {
                await wall.WaitForFunctionAsync(
                    "() => navigator.serviceWorker.controller?.state === 'activated' && navigator.serviceWorker.controller.scriptURL.includes(document.documentElement.dataset.version)",
                    null, new() { PollingInterval = 100 });
            }

            // Somebody loads the wall just now, and somebody else switches a display on.
            await second.KillAsync();
            await page.ReloadAsync();
            await asleep.GotoAsync(new Uri(first.Address, "/wall/situation?tier=street").ToString());
            foreach (var wall in new[] { page, asleep })
            {
                await Assertions.Expect(wall.Locator("[data-waiting] h1")).ToHaveTextAsync("正在等待服务器", new() { UseInnerText = true });
                // It is kept with the policy that the server gave it: nobody else's script runs there.
                Assert.False(await wall.EvaluateAsync<bool>(
                    "() => { const script = document.createElement('script'); script.textContent = 'window.slipped = true'; document.body.append(script); return window.slipped === true; }"));
            }

            await using var third = await StartAsync(data.FullName, first.Address.Port);
            await BackAsync(page);
            await BackAsync(asleep);
            Assert.EndsWith("?tier=street", asleep.Url, StringComparison.Ordinal);
            Assert.Empty(_mishaps);
        }
        finally
        {
            data.Delete(recursive: true);
            Directory.Delete(successor, recursive: true);
        }
    }

    // The same program with another fingerprint for one of its scripts, as a version has in which that script was changed.
    private static async Task<string> MakeSuccessorAsync()
    {
        var original = AppContext.BaseDirectory.TrimEnd('/');
        var folder = $"{original}-{Guid.NewGuid():N}";
        using (var copy = Process.Start("cp", ["-al", original, folder]))
        {
            await copy.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, copy.ExitCode);
        }

        var endpoints = Path.Combine(folder, "HongqiaoDashboard.staticwebassets.endpoints.json");
        var text = await File.ReadAllTextAsync(endpoints, TestContext.Current.CancellationToken);
        var mark = Regex.Match(text, @"js/live\.(\w+)\.js").Groups[1].Value;
        // The copy shares its files with the original; this one becomes its own.
        File.Delete(endpoints);
        await File.WriteAllTextAsync(endpoints, text.Replace($"js/live.{mark}.js", $"js/live.{SuccessorsMark}.js", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        return folder;
    }

    // Nothing of the page runs until it is woken: no timer, no message. A browser without a screen counts all its pages as seen
    // and freezes none of them, so its debugger holds the page.
    private static async Task<ICDPSession> PutToSleepAsync(IPage page)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("Debugger.enable");
        await tools.SendAsync("Debugger.pause");
        return tools;
    }

    private static async Task WakeAsync(ICDPSession tools)
    {
        await tools.SendAsync("Debugger.resume");
        await tools.SendAsync("Debugger.disable");
        await tools.DetachAsync();
    }

    // A build serves its static files in Development only; demo cases would get between report and assertion.
    private static Task<AppServer> StartAsync(string data, int port = 0, string? program = null) =>
        AppServer.StartAsync(data, "Development", ["Demo:Enabled=false"], port: port, program: program);

    private static Task<IElementHandle?> BackAsync(IPage page) => page.WaitForSelectorAsync("html:not([data-stale]):not([data-recovering]) [data-freshness=fresh]", Soon);

    // Each in a profile of its own, as displays have: one that is held must not hold another.
    private async Task<IPage> OpenAsync(AppServer server)
    {
        var page = await browser.NewPageAsync(server, 1920, 1080);
        page.Dialog += async (_, dialog) =>
        {
            _mishaps.Add($"dialog: {dialog.Message}");
            await dialog.DismissAsync();
        };
        page.FrameNavigated += (_, frame) =>
        {
            if (!frame.Url.StartsWith(server.Address.ToString(), StringComparison.Ordinal))
            {
                _mishaps.Add($"landed on {frame.Url}");
            }
        };
        await page.GotoAsync(new Uri(server.Address, "/wall/situation").ToString());
        await page.WaitForSelectorAsync("[data-freshness=fresh]");
        await page.EvaluateAsync("() => navigator.serviceWorker.ready.then(() => true)");
        return page;
    }
}
