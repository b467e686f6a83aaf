using System.Net;

namespace HongqiaoDashboard.Platform.Identity;

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
