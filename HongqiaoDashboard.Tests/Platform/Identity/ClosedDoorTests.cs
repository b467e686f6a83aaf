using System.Net;
using System.Net.Http.Headers;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Http;

namespace HongqiaoDashboard.Tests.Platform.Identity;

/// <summary>Without an identity nothing opens but what says so, wherever the caller sits.</summary>
[Collection(ServerCollection.Name)]
public sealed class ClosedDoorTests(SharedServer shared)
{
    public static TheoryData<string, string> Doors => new()
    {
        { "GET", "/" },
        { "GET", "/incidents" },
        { "GET", "/admin/catalog" },
        { "POST", "/hubs/situation/negotiate?negotiateVersion=1" },
        { "POST", "/_blazor/negotiate?negotiateVersion=1" },
        { "GET", "/metrics" },
        { "GET", "/antiforgery" },
        { "GET", $"/api/grids/{Features.Grids.GridSamples.Shipped.Id}/Street.geojson" },
    };

    public static TheoryData<string, string> Elsewhere => new()
    {
        { "X-Forwarded-For", "203.0.113.9" },
        { "X-Forwarded-For", "127.0.0.1" },
        { "X-Forwarded-Host", "localhost" },
        { "Forwarded", "for=127.0.0.1" },
        { "X-Real-IP", "127.0.0.1" },
        { "Via", "1.1 proxy" },
        { "Origin", "http://elsewhere.example" },
        { "Origin", "null" },
        { "Host", "elsewhere.example" },
    };

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Door_ForNobody_StaysShut(string method, string path)
    {
        using var answer = await SendAsync(method, path, "*/*");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Door_ForAForgedCookie_StaysShut(string method, string path)
    {
        using var answer = await SendAsync(method, path, "*/*", "hq.account=CfDJ8" + new string('A', 200));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Page_ForNobody_LeadsToTheSignInPageAndBack()
    {
        using var answer = await SendAsync("GET", "/incidents?open=true", "text/html");

        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
        Assert.Equal("/account/sign-in?returnTo=%2Fincidents%3Fopen%3Dtrue", answer.Headers.Location!.PathAndQuery);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/account/sign-in")]
    [InlineData("/open311/v2/services.json")]
    public async Task Door_ThatIsEverybodys_IsOpen(string path)
    {
        using var answer = await SendAsync("GET", path, "*/*");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.8.8", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.7", false)]
    [InlineData("::ffff:10.0.0.7", false)]
    [InlineData("fe80::1", false)]
    [InlineData(null, false)]
    public void Caller_ByItsAddress_IsThisMachinesUserOrNot(string? peer, bool expected) => Assert.Equal(expected, LoopbackCaller.Is(Calling(peer)));

    [Theory]
    [MemberData(nameof(Elsewhere))]
    public void Caller_OfWhomAHeaderTellsOtherwise_IsNotThisMachinesUser(string header, string value)
    {
        var context = Calling("127.0.0.1");
        context.Request.Headers[header] = value;

        Assert.False(LoopbackCaller.Is(context));
    }

    private static DefaultHttpContext Calling(string? peer)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer) } };
        context.Request.Host = new HostString("localhost", 5080);
        return context;
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string accept, string? cookie = null)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var http = new HttpClient(handler) { BaseAddress = shared.Server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
