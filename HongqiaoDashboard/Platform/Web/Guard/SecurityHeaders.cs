using Microsoft.Net.Http.Headers;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// Headers that tell browsers what our answers are not to be used for. They stand on every answer, errors included; an endpoint
/// that says something stricter itself is left alone.
/// </summary>
internal static class SecurityHeaders
{
    // A year. No subdomains: those are not ours to speak for.
    private const string Transport = "max-age=31536000";

    // What no page of this program uses. The grid worker's page will need camera and geolocation.
    private const string Permissions =
        "accelerometer=(), autoplay=(), camera=(), display-capture=(), encrypted-media=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=(), fullscreen=(self)";

    /// <summary>Puts them in place.</summary>
    /// <param name="app">The composed application.</param>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var policy = new ContentPolicy(app.Configuration["Map:TileUrl"]);
        app.Use((context, next) =>
        {
            // Last of all, because whoever handles an error empties the headers first.
            context.Response.OnStarting(() =>
            {
                Set(context, policy);
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    private static void Set(HttpContext context, ContentPolicy policy)
    {
        var headers = context.Response.Headers;
        headers.TryAdd(HeaderNames.ContentSecurityPolicy, policy.With(ScriptNonce.Find(context)));
        headers.TryAdd(HeaderNames.XContentTypeOptions, "nosniff");
        // Not "no-referrer": with that, browsers send "Origin: null" with the forms of our own pages.
        headers.TryAdd("Referrer-Policy", "same-origin");
        headers.TryAdd("Permissions-Policy", Permissions);
        headers.TryAdd("Cross-Origin-Opener-Policy", "same-origin");
        headers.TryAdd("Cross-Origin-Resource-Policy", "same-origin");
        headers.TryAdd(HeaderNames.XFrameOptions, "DENY");
        if (context.Request.IsHttps && !OwnNames.IsThisMachine(context.Request.Host.Host))
        {
            headers.TryAdd(HeaderNames.StrictTransportSecurity, Transport);
        }
    }
}
