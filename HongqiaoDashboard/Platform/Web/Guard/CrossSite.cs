using System.Collections.Frozen;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// Turns away what a page of another site sends in the name of whoever looks at it: everything that may change something, and
/// every socket. Whoever shows a key of their own may call from anywhere, but then by that key alone.
/// </summary>
internal static class CrossSite
{
    /// <summary>Puts the check in place; it stands before authentication.</summary>
    /// <param name="app">The composed application.</param>
    public static void UseCrossSiteCheck(this WebApplication app)
    {
        var trusted = app.Services.GetRequiredService<IOptions<TrustOptions>>().Value.Origins.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
        app.Use((context, next) =>
        {
            if (!Acts(context) || !IsForeign(context.Request, trusted))
            {
                return next(context);
            }

            if (!ShowsKey(context))
            {
                return GuardRefusal.WriteAsync(context, StatusCodes.Status403Forbidden, "ForeignOrigin");
            }

            context.Request.Headers.Cookie = default;
            return next(context);
        });
    }

    /// <summary>Whether a request was made by a page of another site.</summary>
    /// <param name="request">The request.</param>
    /// <param name="trusted">Sites that count as our own.</param>
    internal static bool IsForeign(HttpRequest request, IReadOnlySet<string> trusted)
    {
        // Browsers send it with all that is checked here; "null" is a page that hides where it is from.
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin)
        {
            return !IsOwn(origin, request) && !trusted.Contains(origin);
        }

        return request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site";
    }

    // A page over https is trusted where we were asked over http: something in between took the encryption off. Not the other way
    // round, or whoever sits on the line could write a page of our name.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var page)
        && (page.Scheme == "https" || page.Scheme == request.Scheme)
        && Uri.TryCreate($"{page.Scheme}://{request.Host.Value}", UriKind.Absolute, out var own)
        && string.Equals(page.Authority, own.Authority, StringComparison.OrdinalIgnoreCase);

    private static bool Acts(HttpContext context)
    {
        var method = context.Request.Method;
        return !(HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method) || HttpMethods.IsTrace(method))
            || context.Features.Get<IHttpWebSocketFeature>()?.IsWebSocketRequest == true
            // What comes before the sockets' own middleware has looked.
            || context.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase);
    }

    private static bool ShowsKey(HttpContext context) =>
        context.Request.Headers.Authorization.Count > 0
        || context.Request.Query.ContainsKey("access_token")
        || context.GetEndpoint()?.Metadata.GetMetadata<ForPrograms>() is not null;
}
