using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// Takes a client's address and scheme from the proxies that are configured, and from nobody else. The name that was asked for
/// is not taken so: a proxy hands on the Host header itself.
/// </summary>
/// <param name="trust">Which proxies.</param>
internal sealed class TrustedProxies(IOptions<TrustOptions> trust) : IPostConfigureOptions<ForwardedHeadersOptions>
{
    /// <summary>Sets the framework's options, whatever set them before: a variable of the environment would have everybody believed.</summary>
    /// <param name="name">Not looked at.</param>
    /// <param name="options">The options.</param>
    public void PostConfigure(string? name, ForwardedHeadersOptions options)
    {
        var proxies = trust.Value.Proxies;
        options.ForwardedHeaders = proxies.Length == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // As many as are known, from the nearest: the first that is not known is the client.
        options.ForwardLimit = null;
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address))
            {
                options.KnownProxies.Add(address);
            }
            else
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            }
        }
    }
}
