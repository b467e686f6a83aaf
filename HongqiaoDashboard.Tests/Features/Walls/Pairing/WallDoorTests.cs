using System.Net;
using HongqiaoDashboard.Features.Access.Keys;
using HongqiaoDashboard.Features.Walls.Pairing;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Http;

namespace HongqiaoDashboard.Tests.Features.Walls.Pairing;

public sealed class WallDoorTests
{
    private static readonly IdentityDoor[] Doors = [WallDoor.Door, KeyDoor.Door];

    // Which door judges a request from elsewhere: by its cookies, its path, and whether a person's browser asks for a page.
    [Theory]
    [InlineData("/wall/situation", "", "text/html", "Wall")]
    [InlineData("/wall/situation", "hq.account=a; hq.wall=w", "text/html", "Wall")]
    [InlineData("/wall/situation", "", "*/*", null)]
    [InlineData("/wallpaper", "", "text/html", null)]
    [InlineData("/", "", "text/html", null)]
    [InlineData("/", "hq.wall=w", "text/html", "Wall")]
    [InlineData("/_blazor", "hq.wall=w", "*/*", "Wall")]
    [InlineData("/_blazor", "hq.wall=w; hq.account=a", "*/*", null)]
    [InlineData("/wall/standing", "hq.wall=w; hq.account=a", "*/*", "Wall")]
    [InlineData("/hubs/situation?access_token=k", "hq.wall=w", "*/*", "Key")]
    [InlineData("/wall/standing?access_token=k", "", "*/*", null)]
    [InlineData("/open311/v2/requests.json?api_key=k", "", "*/*", "Key")]
    [InlineData("/metrics?api_key=k", "", "*/*", null)]
    public void Request_FromElsewhere_IsJudgedByOneDoor(string address, string cookies, string accept, string? scheme) =>
        Assert.Equal(scheme, IdentityDoor.For(Doors, Request(address, cookies, accept, "203.0.113.9")));

    [Fact]
    public void Board_ForThisMachinesOwnUser_AsksForNoCode() =>
        Assert.Null(IdentityDoor.For(Doors, Request("/wall/situation", "", "text/html", "127.0.0.1")));

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public void Cookie_OfADisplay_IsForThisSiteAloneAndOverHttpsForHttpsAlone(string scheme, bool secure)
    {
        var context = Request("/wall/pair/status", "", "*/*", "203.0.113.9");
        context.Request.Scheme = scheme;
        WallDoor.SetCookie(context, "w");
        var cookie = context.Response.Headers.SetCookie.ToString();
        Assert.Contains("samesite=strict", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("max-age=34560000", cookie, StringComparison.Ordinal);
        Assert.Equal(secure, cookie.Contains("secure", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("http://hall.example", false)]
    [InlineData("http://hall.example:8080", true)]
    [InlineData("http://elsewhere.example", true)]
    [InlineData("null", true)]
    public void Origin_OfARequest_IsForeignUnlessItIsThisVeryAddress(string? origin, bool foreign)
    {
        var context = Request("/_blazor", "", "*/*", "203.0.113.9");
        context.Request.Headers.Origin = origin;
        Assert.Equal(foreign, RequestOrigin.IsForeign(context.Request));
    }

    private static DefaultHttpContext Request(string address, string cookies, string accept, string from)
    {
        var parts = address.Split('?');
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(from) } };
        (context.Request.Method, context.Request.Scheme, context.Request.Path) = ("GET", "http", parts[0]);
        context.Request.Host = new HostString(from == "127.0.0.1" ? "localhost" : "hall.example");
        context.Request.QueryString = new QueryString(parts.Length > 1 ? "?" + parts[1] : "");
        context.Request.Headers.Cookie = cookies;
        context.Request.Headers.Accept = accept;
        return context;
    }
}
