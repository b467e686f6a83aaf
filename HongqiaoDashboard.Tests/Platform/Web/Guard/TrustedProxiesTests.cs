using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Tests.Platform.Web.Guard;

/// <summary>Whose word on a client's address and scheme is taken.</summary>
public sealed class TrustedProxiesTests
{
    private static readonly (string, string)[] Forged =
        [("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "https"), ("X-Forwarded-Host", "elsewhere.example"), ("Forwarded", "for=203.0.113.9;proto=https"), ("X-Real-IP", "203.0.113.9")];

    [Theory]
    [InlineData()]
    // What the framework itself would have everybody believed by.
    [InlineData("FORWARDEDHEADERS_ENABLED=true")]
    [InlineData("Access:Proxies:0=10.0.0.7", "FORWARDEDHEADERS_ENABLED=true")]
    [InlineData("Access:Proxies:0=10.0.0.0/24", "Access:Proxies:1=::1")]
    public async Task ForwardedHeaders_OfAnybodyElse_ChangeNothing(params string[] settings)
    {
        await using var app = await GuardedApp.StartAsync(settings);
        foreach (var peer in (string[])["127.0.0.1", "10.0.1.7", "203.0.113.1"])
        {
            Assert.Equal((200, $"{peer} http 127.0.0.1"), await app.AskAsync("GET", "/who", [.. Forged, (GuardedApp.Peer, peer)]));
        }
    }

    [Theory]
    [InlineData("10.0.0.7", "203.0.113.9", "203.0.113.9 https 127.0.0.1")]
    // A proxy that only adds to what it was sent: the last one that is not known is the client.
    [InlineData("10.0.0.7", "127.0.0.1, 203.0.113.9", "203.0.113.9 https 127.0.0.1")]
    [InlineData("10.0.0.7", "198.51.100.1, 203.0.113.9, 10.0.3.4", "203.0.113.9 https 127.0.0.1")]
    [InlineData("::ffff:10.0.3.4", "203.0.113.9", "203.0.113.9 https 127.0.0.1")]
    [InlineData("10.0.0.8", "203.0.113.9", "10.0.0.8 http 127.0.0.1")]
    public async Task ForwardedHeaders_OfATrustedProxy_NameTheClient(string peer, string forwarded, string expected)
    {
        await using var app = await GuardedApp.StartAsync("Access:Proxies:0=10.0.0.7", "Access:Proxies:1=10.0.3.0/24");
        var protocols = string.Join(", ", forwarded.Split(", ").Select(_ => "https"));
        Assert.Equal((200, expected), await app.AskAsync("GET", "/who", (GuardedApp.Peer, peer), ("X-Forwarded-For", forwarded), ("X-Forwarded-Proto", protocols)));
    }

    [Theory]
    [InlineData("Access:Proxies:0=proxy.example", "Access:Proxies")]
    [InlineData("Access:Origins:0=https://desk.example/path", "Access:Origins")]
    [InlineData("Access:Origins:0=desk.example", "Access:Origins")]
    [InlineData("Access:Limits:CallsPerSecond=0", "Access:Limits")]
    [InlineData("Access:Connections:MostPerIdentity=0", "Access:Connections:MostPerIdentity")]
    public async Task Settings_ThatMeanNothing_StopTheStart(string setting, string named)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => GuardedApp.StartAsync(setting));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
