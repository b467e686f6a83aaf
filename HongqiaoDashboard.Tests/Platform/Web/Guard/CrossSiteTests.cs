using System.Collections.Frozen;
using System.Net;
using System.Net.WebSockets;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web.Guard;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Http;

namespace HongqiaoDashboard.Tests.Platform.Web.Guard;

/// <summary>Pages of other sites, and names that are not ours.</summary>
public sealed class CrossSiteTests
{
    private const string Elsewhere = "https://elsewhere.example";

    [Theory]
    [InlineData("http://desk.example:5080", null, false)]
    [InlineData("http://DESK.example:5080", null, false)]
    [InlineData("https://trusted.example", "cross-site", false)]
    // Whatever took the encryption off in front of us did not change the name.
    [InlineData("https://desk.example:5080", null, false)]
    [InlineData("http://desk.example", null, true)]
    [InlineData("http://desk.example:5081", "same-site", true)]
    [InlineData("http://desk.example.elsewhere.example:5080", null, true)]
    [InlineData("http://elsewhere.example", "cross-site", true)]
    [InlineData("null", null, true)]
    [InlineData("desk.example:5080", null, true)]
    [InlineData("http://desk.example:5080 http://elsewhere.example", null, true)]
    [InlineData(null, "cross-site", true)]
    [InlineData(null, "same-site", true)]
    [InlineData(null, "same-origin", false)]
    [InlineData(null, "none", false)]
    // A program: it has neither.
    [InlineData(null, null, false)]
    public void Request_ByWhereItsPageIsFrom_IsForeignOrOwn(string? origin, string? site, bool foreign)
    {
        var request = new DefaultHttpContext { Request = { Scheme = "http", Host = new HostString("desk.example", 5080) } }.Request;
        request.Headers.Origin = origin;
        request.Headers["Sec-Fetch-Site"] = site;
        Assert.Equal(foreign, CrossSite.IsForeign(request, new[] { "https://trusted.example" }.ToFrozenSet()));
    }

    [Fact]
    public void Request_OverHttps_IsForeignFromAPageThatIsNot()
    {
        var request = new DefaultHttpContext { Request = { Scheme = "https", Host = new HostString("desk.example") } }.Request;
        request.Headers.Origin = "http://desk.example";
        Assert.True(CrossSite.IsForeign(request, FrozenSet<string>.Empty));
        request.Headers.Origin = "https://desk.example";
        Assert.False(CrossSite.IsForeign(request, FrozenSet<string>.Empty));
    }

    [Fact]
    public async Task Action_OfAForeignPage_IsRefusedUnlessItShowsAKey()
    {
        await using var app = await GuardedApp.StartAsync("Access:Origins:0=https://trusted.example");
        var own = app.Http.BaseAddress!.GetLeftPart(UriPartial.Authority);
        (string, string) cookie = ("Cookie", "a=1; b=2"), foreign = ("Origin", Elsewhere);

        Assert.Equal((200, "2 cookies"), await app.AskAsync("POST", "/act", ("Origin", own), cookie));
        Assert.Equal((200, "2 cookies"), await app.AskAsync("POST", "/act", ("Origin", "https://trusted.example"), cookie));
        Assert.Equal((200, "2 cookies"), await app.AskAsync("POST", "/act", cookie));
        foreach (var method in (string[])["POST", "PUT", "PATCH", "DELETE"])
        {
            var (status, text) = await app.AskAsync(method, "/act", foreign, cookie);
            Assert.Equal(403, status);
            Assert.Contains("\"code\":\"ForeignOrigin\"", text, StringComparison.Ordinal);
            Assert.Contains("请求来自其他网站的页面", text, StringComparison.Ordinal);
        }

        Assert.Contains("comes from a page of another site", (await app.AskAsync("POST", "/act?culture=en", foreign)).Text, StringComparison.Ordinal);
        // Read, not done: what comes back is not given to the page.
        Assert.Equal(200, (await app.AskAsync("GET", "/who", foreign, cookie)).Status);
        // By the key alone.
        Assert.Equal((200, "0 cookies"), await app.AskAsync("POST", "/act", foreign, cookie, ("Authorization", "Bearer x")));
        Assert.Equal((200, "0 cookies"), await app.AskAsync("POST", "/program", foreign, cookie));
    }

    [Fact]
    public async Task Socket_OfAForeignPage_IsRefused()
    {
        await using var app = await GuardedApp.StartAsync();
        foreach (var (origin, query, expected) in ((string?, string, HttpStatusCode)[])[
            (app.Http.BaseAddress!.GetLeftPart(UriPartial.Authority), "", HttpStatusCode.SwitchingProtocols), (null, "", HttpStatusCode.SwitchingProtocols),
            (Elsewhere, "", HttpStatusCode.Forbidden), ("null", "", HttpStatusCode.Forbidden), (Elsewhere, "?access_token=x", HttpStatusCode.SwitchingProtocols)])
        {
            using var socket = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
            socket.Options.SetRequestHeader(HeaderDoor.Header, HeaderDoor.Write(new Actor("socket", "socket", Roles.Wall, null)));
            if (origin is not null)
            {
                socket.Options.SetRequestHeader("Origin", origin);
            }

            var connecting = socket.ConnectAsync(new UriBuilder(app.Http.BaseAddress!) { Scheme = "ws", Path = "/hubs/counting", Query = query }.Uri, TestContext.Current.CancellationToken);
            await connecting.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
            Assert.Equal(expected, socket.HttpStatusCode);
        }
    }

    [Fact]
    public async Task Name_ThatIsNotOurs_IsRefusedButForHealth()
    {
        await using var app = await GuardedApp.StartAsync();
        foreach (var host in (string[])["localhost", "127.0.0.1", "[::1]:5080", "10.1.2.3", Dns.GetHostName()])
        {
            Assert.Equal(200, (await app.AskAsync("GET", "/who", ("Host", host))).Status);
        }

        foreach (var host in (string[])["elsewhere.example", "localhost.elsewhere.example", "127.0.0.1.nip.example", ""])
        {
            Assert.NotEqual(200, (await app.AskAsync("GET", "/who", ("Host", host))).Status);
        }

        Assert.Contains("AllowedHosts", (await app.AskAsync("GET", "/who", ("Host", "elsewhere.example"), ("Accept", "text/html"))).Text, StringComparison.Ordinal);
        Assert.Equal(200, (await app.AskAsync("GET", "/health/live", ("Host", "elsewhere.example"))).Status);
    }

    [Fact]
    public async Task Name_ThatIsConfigured_IsOursAndNoOther()
    {
        await using var app = await GuardedApp.StartAsync("AllowedHosts=desk.example;localhost");
        Assert.Equal(200, (await app.AskAsync("GET", "/who", ("Host", "desk.example"))).Status);
        Assert.Equal(400, (await app.AskAsync("GET", "/who", ("Host", "elsewhere.example"))).Status);
    }
}
