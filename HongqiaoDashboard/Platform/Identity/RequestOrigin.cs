namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Whether a request was made by a page of another origin. Cookies that are kept from other sites still come with requests from
/// another port of the same host, and browsers let any page open a WebSocket anywhere.
/// </summary>
public static class RequestOrigin
{
    /// <summary>True when the browser says that the page is not of this very address.</summary>
    /// <param name="request">The request.</param>
    public static bool IsForeign(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && string.Equals(from.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
