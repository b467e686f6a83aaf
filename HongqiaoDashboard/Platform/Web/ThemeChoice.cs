
namespace HongqiaoDashboard.Platform.Web;

/// <summary>Which theme a browser's user chose: light, dark, or that of the system. Kept in a cookie, like the language.</summary>
internal static class ThemeChoice
{
    /// <summary>The system's preference holds; the browser alone knows it (<c>js/theme.js</c>).</summary>
    public const string System = "system";

    /// <summary>Always light.</summary>
    public const string Light = "light";

    /// <summary>Always dark.</summary>
    public const string Dark = "dark";

    private const string Cookie = "hongqiao-theme";

    /// <summary>The choices, in the order in which they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = [System, Light, Dark];

    /// <summary>The choice that came with a request; <see cref="System"/> if none came.</summary>
    /// <param name="context">The request.</param>
    public static string Of(HttpContext context) =>
        context.Request.Cookies[Cookie] is { } value && All.Contains(value) ? value : System;

    /// <summary>Address that stores a choice and comes back.</summary>
    /// <param name="choice">One of <see cref="All"/>.</param>
    /// <param name="returnTo">Path and query of the page to come back to.</param>
    public static string Link(string choice, string returnTo) => $"/theme?theme={choice}&returnTo={Uri.EscapeDataString(returnTo)}";

    /// <summary>Maps the request that stores a choice.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapThemeChoice(this WebApplication app) => app.MapGet("/theme", Set).AllowAnonymous();

    // A circuit cannot set cookies; see the choice of language.
    private static IResult Set(HttpContext context, string theme, string? returnTo)
    {
        if (All.Contains(theme))
        {
            context.Response.Cookies.Append(Cookie, theme, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps });
        }

        return Results.LocalRedirect(WebShell.LocalOrHome(returnTo));
    }
}
