using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Signs in whoever sits at this machine. Until accounts exist only loopback may read or act; loopback means a loopback
/// peer and no forwarded header, so that a reverse proxy on the same machine opens nothing.
/// </summary>
internal sealed class LoopbackAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    /// <summary>Name of the scheme.</summary>
    public const string SchemeName = "Loopback";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (!LoopbackCaller.Is(Context))
        {
            return Task.FromResult(AuthenticateResult.NoResult());
        }

        var identity = new ClaimsIdentity(SchemeName);
        identity.AddClaim(new Claim(ClaimTypes.NameIdentifier, "loopback"));
        identity.AddClaim(new Claim(ClaimTypes.Name, "本机操作员"));
        identity.AddClaim(new Claim(ClaimTypes.Role, Roles.Admin));
        return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}

/// <summary>Decides whether a request comes from this machine's own user.</summary>
internal static class LoopbackCaller
{
    private static readonly string[] ForwardingHeaders =
        ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    /// <summary>True for a loopback peer without forwarded headers, and not for a foreign page in this machine's browser.</summary>
    /// <param name="context">The request.</param>
    public static bool Is(HttpContext context)
    {
        var peer = context.Connection.RemoteIpAddress;
        if (peer is null || !IPAddress.IsLoopback(peer) || ForwardingHeaders.Any(context.Request.Headers.ContainsKey))
        {
            return false;
        }

        // A page of another site runs in a browser on this very machine: being loopback is not enough. Its name must be
        // this machine's too, or a site could rebind its own name to 127.0.0.1 and read as if it were ours.
        if (!IsOwnName(context.Request.Host.Host))
        {
            return false;
        }

        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length == 0
            || (Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && string.Equals(from.Authority, context.Request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsOwnName(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
