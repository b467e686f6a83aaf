using System.Net;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>Whom the program believes at its doors; section <c>Access</c>. Nobody, unless they are named.</summary>
internal sealed class TrustOptions
{
    /// <summary>
    /// Pages of other sites that may send what changes something, and open sockets, as this program's own pages do:
    /// <c>https://desk.example.org</c>. Empty for none.
    /// </summary>
    public string[] Origins { get; set; } = [];

    /// <summary>
    /// Reverse proxies whose word on a client's address and scheme is taken: an address (<c>10.0.0.7</c>) or a network
    /// (<c>10.0.0.0/24</c>) each. Empty for none.
    /// </summary>
    public string[] Proxies { get; set; } = [];

    /// <summary>Whether an origin is written as browsers send it.</summary>
    /// <param name="origin">Scheme, host, and the port if it is not the scheme's own.</param>
    public static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && origin == address.GetLeftPart(UriPartial.Authority);

    /// <summary>Whether a proxy is an address or a network.</summary>
    /// <param name="proxy">As it is configured.</param>
    public static bool IsProxy(string proxy) => IPAddress.TryParse(proxy, out _) || IPNetwork.TryParse(proxy, out _);
}
