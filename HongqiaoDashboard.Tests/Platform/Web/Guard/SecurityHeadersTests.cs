using System.Text.RegularExpressions;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web.Guard;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Platform.Web.Guard;

/// <summary>What every answer says to browsers, and what cookies carry.</summary>
public sealed class SecurityHeadersTests
{
    private static readonly Actor Leader = new("headers", "headers", Roles.Leader, null);

    [Fact]
    public async Task Answer_OfAnyKind_CarriesTheHeaders()
    {
        await using var app = await GuardedApp.StartAsync("Map:TileUrl=https://{s}.tiles.example:8443/{z}/{x}/{y}.png");
        foreach (var (path, status) in ((string, int)[])[("/who", 200), ("/health/live", 200), ("/fails", 500), ("/nowhere", 401), ("/metrics", 401)])
        {
            using var answer = await app.SendAsync("GET", path, ("Accept", "application/json"));
            Assert.Equal(status, (int)answer.StatusCode);
            string Of(string name) => string.Join(" | ", answer.Headers.TryGetValues(name, out var values) ? values : []);
            Assert.Equal(
                "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https://*.tiles.example:8443; connect-src 'self'; "
                + "worker-src 'self'; frame-src 'none'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
                Of("Content-Security-Policy"));
            Assert.Equal(("nosniff", "same-origin", "DENY"), (Of("X-Content-Type-Options"), Of("Referrer-Policy"), Of("X-Frame-Options")));
            Assert.Equal(("same-origin", "same-origin"), (Of("Cross-Origin-Opener-Policy"), Of("Cross-Origin-Resource-Policy")));
            Assert.Contains("geolocation=()", Of("Permissions-Policy"), StringComparison.Ordinal);
            Assert.Equal(("", ""), (Of("Strict-Transport-Security"), Of("Server")));
        }
    }

    [Theory]
    [InlineData("https", "desk.example", "max-age=31536000")]
    [InlineData("http", "desk.example", null)]
    // This machine has no certificate that anybody believes, and a browser would keep to https for all its ports.
    [InlineData("https", "localhost", null)]
    [InlineData("https", "127.0.0.1", null)]
    public async Task TransportSecurity_IsDemanded_OverHttpsOfAName(string scheme, string host, string? expected)
    {
        await using var app = await GuardedApp.StartAsync("AllowedHosts=*");
        using var answer = await app.SendAsync("GET", "/who", (GuardedApp.Scheme, scheme), ("Host", host));
        Assert.Equal(expected, answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? values.Single() : null);
    }

    [Theory]
    [InlineData("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example")]
    [InlineData("https://{s}.tile.example.org/{z}/{x}/{y}{r}.png", "https://*.tile.example.org")]
    [InlineData("http://t{s}.tiles.example:81/?x={x}", "http://*.tiles.example:81")]
    [InlineData("http://10.0.0.7:8080/{z}/{x}/{y}", "http://10.0.0.7:8080")]
    [InlineData("/tiles/{z}/{x}/{y}.png", null)]
    [InlineData("https://tiles.example; script-src *", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TileServer_InThePolicy_IsItsSiteAlone(string? address, string? expected) => Assert.Equal(expected, ContentPolicy.SourceOf(address));

    [Theory]
    [InlineData("https", true)]
    [InlineData("http", false)]
    public async Task Cookie_OfAnyKind_IsForThisSiteAndNoScript(string scheme, bool secure)
    {
        await using var app = await GuardedApp.StartAsync();
        foreach (var path in (string[])["/careless", "/culture?culture=en", "/theme?theme=dark", "/antiforgery"])
        {
            using var answer = await app.SendAsync("GET", path, (GuardedApp.Scheme, scheme), (HeaderDoor.Header, HeaderDoor.Write(Leader)));
            var cookie = answer.Headers.GetValues("Set-Cookie").Single();
            Assert.Matches(new Regex("; httponly", RegexOptions.IgnoreCase), cookie);
            Assert.Matches(new Regex("; samesite=(lax|strict)", RegexOptions.IgnoreCase), cookie);
            Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
        }
    }
}
