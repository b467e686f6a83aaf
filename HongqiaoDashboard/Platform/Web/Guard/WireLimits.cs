using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>What a connection may cost before anybody knows who it is, and how long a request may take.</summary>
/// <param name="limits">Limits that are configured.</param>
internal sealed class WireLimits(IOptions<LimitOptions> limits) : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<RequestTimeoutOptions>
{
    private const int Kilobyte = 1024;

    /// <summary>Sets the server's limits.</summary>
    /// <param name="options">The options.</param>
    public void Configure(KestrelServerOptions options)
    {
        options.AddServerHeader = false;
        var wire = options.Limits;
        // Photographs, imports and Open311 state larger ones of their own.
        wire.MaxRequestBodySize = (long)limits.Value.BodyKilobytes * Kilobyte;
        wire.MaxRequestHeadersTotalSize = 16 * Kilobyte;
        wire.MaxRequestHeaderCount = 64;
        // A filter in an address may be long, and nine times as long when it is Chinese.
        wire.MaxRequestLineSize = 8 * Kilobyte;
        // Whoever says its headers a letter at a time holds a connection only so long.
        wire.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        wire.MaxConcurrentConnections = limits.Value.Connections;
        wire.MaxConcurrentUpgradedConnections = limits.Value.Connections;
    }

    /// <summary>Sets the time of requests that state none.</summary>
    /// <param name="options">The options.</param>
    public void Configure(RequestTimeoutOptions options) =>
        options.DefaultPolicy = new RequestTimeoutPolicy { Timeout = TimeSpan.FromSeconds(limits.Value.TimeoutSeconds) };
}
