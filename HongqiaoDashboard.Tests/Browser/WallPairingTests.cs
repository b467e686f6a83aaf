using System.Net;
using System.Net.WebSockets;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>Displays that come in by a code, stay in through everything but a revocation, and go out at once by one.</summary>
[Collection(ServerCollection.Name)]
public sealed class WallPairingTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    // A missed sign of life is all that a revoked display may take.
    private const float Heartbeat = 5_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Displays_PairedByTheirCodes_OutliveTheServerAndOneRevokedIsBlankWhileTheOtherGoesOn()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-");
        try
        {
            await using var first = await StartAsync(data.FullName, 0);
            var admin = await browser.NewPageAsync(first, 1366, 900);
            await admin.GotoAsync(Address(first, "/admin/walls"));
            var (left, right) = (await OpenDisplayAsync(first, "/wall/situation?tier=street"), await OpenDisplayAsync(first, "/wall/situation"));
            var (leftCode, rightCode) = (await CodeAsync(left), await CodeAsync(right));
            Assert.NotEqual(leftCode, rightCode);

            // With the keyboard alone.
            await ConfirmAsync(admin, leftCode.ToLowerInvariant(), "左屏", boards: 1);
            await Expect(admin.Locator("[data-done]")).ToContainTextAsync("左屏");
            await FreshAsync(left);
            Assert.EndsWith("/wall/situation?tier=street", left.Url, StringComparison.Ordinal);
            Assert.True((await left.Context.CookiesAsync()).Single(held => held.Name == "hq.wall") is { HttpOnly: true, SameSite: SameSiteAttribute.Strict, Expires: > 0 });

            // Its cookie opens nothing to a page of another origin, whoever's browser that page is in.
            var own = first.Address.GetLeftPart(UriPartial.Authority);
            var cookie = "hq.wall=" + (await left.Context.CookiesAsync()).Single(held => held.Name == "hq.wall").Value;
            Assert.Equal((HttpStatusCode.SwitchingProtocols, HttpStatusCode.Forbidden), (await SocketAsync(first, cookie, own), await SocketAsync(first, cookie, "http://elsewhere.example")));
            Assert.Equal(HttpStatusCode.Unauthorized, await SocketAsync(first, cookie + "x", own));

            // A code that has been used is of no use to anybody: not to an administrator, and not to a display that has read it.
            await ConfirmAsync(admin, leftCode, "再来", boards: 1);
            await Expect(admin.Locator("[data-problem]")).ToBeVisibleAsync();
            var replayed = new HttpRequestMessage(HttpMethod.Get, "/wall/pair/status");
            replayed.Headers.Add("Cookie", "hq.pairing=" + leftCode);
            using (var answer = await first.Http.SendAsync(replayed, Cancellation))
            {
                Assert.Contains("gone", await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
                Assert.False(answer.Headers.Contains("Set-Cookie"));
            }

            // It gets what it was given, and no other board or page.
            await ConfirmAsync(admin, rightCode, "右屏", boards: 2);
            await FreshAsync(right);
            await left.GotoAsync(Address(first, "/wall/campaigns"));
            await Expect(left.Locator("[data-unpaired=refused]")).ToBeVisibleAsync();
            await left.GotoAsync(Address(first, "/"));
            await Expect(left.Locator("[data-unpaired=refused]")).ToBeVisibleAsync();
            await left.GotoAsync(Address(first, "/wall/situation"));
            await FreshAsync(left);
            await right.GotoAsync(Address(first, "/wall/campaigns"));
            await FreshAsync(right);
            await Expect(admin.Locator("[data-wall='2'][data-state=there] [data-shows]")).ToContainTextAsync("重点行动");
            await Expect(admin.Locator("[data-wall='1'][data-state=there] [data-shows]")).ToContainTextAsync("态势");

            // Neither end needs the other to remember.
            await first.KillAsync();
            await left.WaitForSelectorAsync("html[data-recovering]");
            await using var second = await StartAsync(data.FullName, first.Address.Port);
            await left.WaitForSelectorAsync("html:not([data-recovering]) [data-freshness=fresh]");
            await right.WaitForSelectorAsync("html:not([data-recovering]) [data-freshness=fresh]");

            // Blank within a heartbeat, with a code of its own again; the other goes on as if nothing were.
            await right.EvaluateAsync("() => { window.same = true; }");
            await admin.GotoAsync(Address(second, "/admin/walls"));
            await RevokeAsync(admin, "1");
            await Expect(left.Locator(".wall-board")).ToHaveCountAsync(0, new() { Timeout = Heartbeat });
            Assert.NotEqual(leftCode, await CodeAsync(left));
            await FreshAsync(right);
            Assert.True(await right.EvaluateAsync<bool>("() => window.same === true"));

            // Revoked while it was away: blank as soon as it is back.
            await right.Context.SetOfflineAsync(true);
            await right.WaitForSelectorAsync("html[data-recovering]");
            await RevokeAsync(admin, "2");
            await Expect(admin.Locator("[data-wall='2'][data-state=revoked]")).ToBeVisibleAsync();
            await right.Context.SetOfflineAsync(false);
            await Expect(right.Locator(".wall-board")).ToHaveCountAsync(0, new() { Timeout = Heartbeat });
            await CodeAsync(right);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    // A build serves its static files in Development only.
    private static Task<AppServer> StartAsync(string data, int port) => AppServer.StartAsync(data, "Development", ["Demo:Enabled=false"], port: port);

    private static string Address(AppServer server, string path) => new Uri(server.Address, path).ToString();

    private static Task<IElementHandle?> FreshAsync(IPage page) => page.WaitForSelectorAsync(".wall-board [data-freshness=fresh]");

    private static async Task<string> CodeAsync(IPage page)
    {
        await page.WaitForURLAsync(url => url.Contains("/wall/pair", StringComparison.Ordinal));
        return (await page.Locator("[data-code]").GetAttributeAsync("data-code"))!;
    }

    private async Task<IPage> OpenDisplayAsync(AppServer server, string path)
    {
        var page = await browser.NewPageAsync(1920, 1080);
        // Not this machine's own user.
        await page.Context.SetExtraHTTPHeadersAsync(new Dictionary<string, string> { ["X-Forwarded-For"] = "203.0.113.9" });
        await page.GotoAsync(Address(server, path));
        return page;
    }

    private static async Task ConfirmAsync(IPage admin, string code, string name, int boards)
    {
        await admin.Locator(".walls-form [data-field=code]").FillAsync("");
        await admin.Keyboard.TypeAsync(code);
        await admin.Keyboard.PressAsync("Tab");
        await admin.Keyboard.PressAsync("ControlOrMeta+a");
        await admin.Keyboard.InsertTextAsync(name);
        await admin.Keyboard.PressAsync("Tab");
        foreach (var box in await admin.Locator(".walls-form [data-board]").AllAsync())
        {
            await Expect(box).ToBeFocusedAsync();
            if (boards-- > 0 && !await box.IsCheckedAsync())
            {
                await admin.Keyboard.PressAsync("Space");
            }

            await admin.Keyboard.PressAsync("Tab");
        }

        await admin.Keyboard.PressAsync("Tab");
        await Expect(admin.Locator("[data-confirm]")).ToBeFocusedAsync();
        await admin.Keyboard.PressAsync("Enter");
    }

    private static async Task<HttpStatusCode> SocketAsync(AppServer server, string cookie, string origin)
    {
        using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        socket.Options.SetRequestHeader("Origin", origin);
        socket.Options.SetRequestHeader("Cookie", cookie);
        try
        {
            await socket.ConnectAsync(new UriBuilder(new Uri(server.Address, "/hubs/situation")) { Scheme = "ws" }.Uri, Cancellation);
        }
        catch (WebSocketException)
        {
            // The status says why.
        }

        return socket.HttpStatusCode;
    }

    private static async Task RevokeAsync(IPage admin, string wall)
    {
        await admin.Locator($"[data-wall='{wall}'] [data-revoke]").ClickAsync();
        await admin.Locator($"[data-wall='{wall}'] [data-really]").ClickAsync();
    }
}
