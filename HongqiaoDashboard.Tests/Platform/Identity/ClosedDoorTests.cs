using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Net.WebSockets;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Http;

namespace HongqiaoDashboard.Tests.Platform.Identity;

/// <summary>Until accounts exist only this machine's own user passes, whatever door is tried.</summary>
[Collection(ServerCollection.Name)]
public sealed class LoopbackDoorTests(SharedServer shared)
{
    public static TheoryData<string, string> Doors => new()
    {
        { "GET", "/" },
        { "GET", "/wall/situation" },
        { "POST", "/hubs/situation/negotiate?negotiateVersion=1" },
        { "POST", "/_blazor/negotiate?negotiateVersion=1" },
        { "GET", "/metrics" },
        { "GET", "/culture?culture=en" },
        { "GET", "/theme?theme=dark" },
        { "GET", $"/api/grids/{Features.Grids.GridSamples.Shipped.Id}/Street.geojson" },
    };

    public static TheoryData<string, string> Strangers => new()
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
    public async Task Door_ForAStranger_StaysShut(string method, string path)
    {
        foreach (var (header, value) in Strangers.Select(row => row.Data))
        {
            using var answer = await SendAsync(method, path, header, value);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path} with {header}: {value} gave {answer.StatusCode}");
        }
    }

    [Theory]
    [MemberData(nameof(Doors))]
    public async Task Door_ForThisMachinesUser_IsOpen(string method, string path)
    {
        using var answer = await SendAsync(method, path, "Origin", shared.Server.Address.GetLeftPart(UriPartial.Authority));
        Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True((int)answer.StatusCode < 500);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_ForAStranger_IsOpen(string path)
    {
        using var answer = await SendAsync("GET", path, "X-Forwarded-For", "203.0.113.9");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/hubs/situation")]
    [InlineData("/_blazor")]
    public async Task WebSocket_OfAForeignPage_IsRefused(string path)
    {
        var address = new UriBuilder(new Uri(shared.Server.Address, path)) { Scheme = "ws" }.Uri;
        using var own = new ClientWebSocket();
        own.Options.SetRequestHeader("Origin", shared.Server.Address.GetLeftPart(UriPartial.Authority));
        await own.ConnectAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(WebSocketState.Open, own.State);

        using var foreign = new ClientWebSocket { Options = { CollectHttpResponseDetails = true } };
        foreign.Options.SetRequestHeader("Origin", "http://elsewhere.example");
        await Assert.ThrowsAsync<WebSocketException>(() => foreign.ConnectAsync(address, TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.HttpStatusCode);
    }

    [Fact]
    public async Task Door_FromAnotherAddressOfThisMachine_StaysShut()
    {
        // A machine without a network has no such address; the rule itself is then shown by the tests below alone.
        var addresses = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(a)).ToList();
        await using var server = await AppServer.StartAsync(settings: ["urls=http://0.0.0.0:0"]);
        foreach (var address in addresses)
        {
            using var http = new HttpClient { BaseAddress = new UriBuilder(server.Address) { Host = address.ToString() }.Uri };
            using var page = await http.GetAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken);
            using var hub = await http.PostAsync(new Uri("/hubs/situation/negotiate?negotiateVersion=1", UriKind.Relative), null, TestContext.Current.CancellationToken);
            using var health = await http.GetAsync(new Uri("/health/live", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (page.StatusCode, hub.StatusCode, health.StatusCode));
        }
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
    public void Caller_ByItsAddress_IsThisMachinesUserOrNot(string? peer, bool expected)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = peer is null ? null : IPAddress.Parse(peer) } };
        context.Request.Host = new HostString("localhost", 5080);
        Assert.Equal(expected, LoopbackCaller.Is(context));
    }

    private async Task<HttpResponseMessage> SendAsync(string method, string path, string header, string value)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = shared.Server.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.TryAddWithoutValidation(header, value);
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
