using Microsoft.AspNetCore.Http.Features;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Enters every connection that outlives its request into <see cref="LiveConnections"/>: circuits and hubs, whatever their
/// transport. It stands behind authorisation, in front of all hubs, so that a new hub needs nothing of its own.
/// </summary>
internal static class ConnectionWatch
{
    /// <summary>Puts the watch in place.</summary>
    /// <param name="app">The composed application.</param>
    public static void UseConnectionWatch(this WebApplication app) => app.Use(WatchAsync);

    private static async Task WatchAsync(HttpContext context, RequestDelegate next)
    {
        if (!Stays(context) || Actor.From(context.User) is not { } actor)
        {
            await next(context);
            return;
        }

        using var open = context.RequestServices.GetRequiredService<LiveConnections>().TryOpen(actor.Id, context.Abort);
        if (open is null)
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        if (context.RequestServices.GetServices<IdentityDoor>().Any(door => door.Stands?.Invoke(context) == false))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        await next(context);
    }

    // A hub's client asks with POST how to connect, and sends with POST where it has no socket; what stays open is a socket
    // or a GET.
    private static bool Stays(HttpContext context) =>
        context.Features.Get<IHttpWebSocketFeature>()?.IsWebSocketRequest == true
        || (HttpMethods.IsGet(context.Request.Method) && (context.Request.Path.StartsWithSegments("/hubs") || IsCircuit(context)));

    private static bool IsCircuit(HttpContext context) => context.Request.Path == "/_blazor";
}
