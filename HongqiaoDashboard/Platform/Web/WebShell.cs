using System.Globalization;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web.Guard;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Localization;
using MudBlazor.Services;
using Prometheus;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>What every page and endpoint stands on: Razor components, languages, compression, health and metrics.</summary>
internal static class WebShell
{
    /// <summary>Languages of the interface, the first one the default.</summary>
    public static readonly CultureInfo[] Cultures = [CultureInfo.GetCultureInfo("zh-CN"), CultureInfo.GetCultureInfo("en")];

    /// <summary>Adds the shell's services.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddWebShell(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        // Also outside Development, for a production environment run from the build's output; published files need it not.
        builder.WebHost.UseStaticWebAssets();
        services.AddSingleton(TimeProvider.System);
        builder.AddGuard();
        // A wall gives a silent server up after eight seconds (js/circuit.js), so the server must speak more often than that.
        // A page whose circuit has been forgotten is loaded anew, so nothing of the circuit is stored for it; a thousand of those
        // that went without a word would otherwise be kept for two hours.
        services.AddRazorComponents().AddInteractiveServerComponents(circuits =>
            {
                circuits.PersistedCircuitInMemoryMaxRetained = 0;
                // Whoever loses the line for a moment finds what they typed; more pages than that lose their line only with the server.
                circuits.DisconnectedCircuitMaxRetained = 100;
                circuits.DisconnectedCircuitRetentionPeriod = TimeSpan.FromMinutes(3);
                // A weak display draws a map of a thousand grids in some seconds; who waits for an answer holds a few bytes.
                circuits.JSInteropDefaultCallTimeout = TimeSpan.FromMinutes(1);
            })
            .AddHubOptions(hub => hub.KeepAliveInterval = TimeSpan.FromSeconds(3));
        services.AddMudServices();
        services.AddLocalization();
        services.AddProblemDetails().AddExceptionHandler<FaultHandler>();
        services.AddSessionKeys();
        services.AddResponseCompression(options => options.MimeTypes =
            [.. Microsoft.AspNetCore.ResponseCompression.ResponseCompressionDefaults.MimeTypes, "application/geo+json"]);
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.DefaultRequestCulture = new RequestCulture(Cultures[0]);
            options.SupportedCultures = options.SupportedUICultures = Cultures;
            // The user chooses; a browser's own preference does not override Chinese as the first language.
            options.RequestCultureProviders = [new QueryStringRequestCultureProvider(), new CookieRequestCultureProvider()];
        });
    }

    /// <summary>Puts the shell's middleware in its order.</summary>
    /// <param name="app">The composed application.</param>
    public static void UseWebShell(this WebApplication app)
    {
        app.UseOuterGuard();
        app.Use(RefuseWhenStopping);
        app.UseResponseCompression();
        app.UseRequestLocalization();
        app.UseExceptionHandler();
        app.UseInnerGuard();
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.Use(KeepPagesForPeople);
        app.UseRequestTimeouts();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseAuthorization();
        app.UseConnectionWatch();
        app.UseAntiforgery();

        app.MapStaticAssets().AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous().DisableRateLimiting();
        app.MapHealthChecks("/health/ready").AllowAnonymous().DisableRateLimiting();
        app.MapMetrics("/metrics").RequireAuthorization(Policies.Observe);
        app.MapAntiforgeryToken();
        app.MapGet("/culture", SetCulture).AllowAnonymous();
        app.MapThemeChoice();
    }

    /// <summary>Maps the pages below a root component.</summary>
    /// <typeparam name="TRoot">The document.</typeparam>
    /// <param name="app">The composed application.</param>
    public static void MapPages<TRoot>(this WebApplication app) =>
        // Who may frame a page is said by the guard's own policy; a second header would only be a second opinion.
        app.MapRazorComponents<TRoot>().AddInteractiveServerRenderMode(server => server.ContentSecurityFrameAncestorsPolicy = null).Add(StatePolicy);

    // A page states its policy itself, and one that does not is shut by the fallback. What serves circuits is the framework's and
    // states none; whoever has a live page may look at the situation.
    private static void StatePolicy(EndpointBuilder endpoint)
    {
        if (!endpoint.Metadata.OfType<ComponentTypeMetadata>().Any())
        {
            endpoint.Metadata.Add(new AuthorizeAttribute(Policies.ViewSituation));
        }
    }

    // Whoever comes back at once when a stopping server has let them go would hold it up; the next one answers soon.
    private static Task RefuseWhenStopping(HttpContext context, RequestDelegate next)
    {
        if (!context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.Connection = "close";
        context.Response.Headers.RetryAfter = "5";
        return Task.CompletedTask;
    }

    // A page in the place of an empty answer is for people. Run again as a page, a refused POST of a program would even end
    // as a bad request, for want of a form's token.
    private static Task KeepPagesForPeople(HttpContext context, RequestDelegate next)
    {
        if (!GuardRefusal.IsPerson(context.Request) && context.Features.Get<IStatusCodePagesFeature>() is { } pages)
        {
            pages.Enabled = false;
        }

        return next(context);
    }

    // A circuit cannot set cookies, so the choice of language is a plain request that comes back to where it was made.
    private static IResult SetCulture(HttpContext context, string culture, string? returnTo)
    {
        if (Cultures.Any(c => c.Name == culture))
        {
            context.Response.Cookies.Append(
                CookieRequestCultureProvider.DefaultCookieName,
                CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(culture)),
                new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, HttpOnly = true, IsEssential = true, Secure = context.Request.IsHttps });
        }

        return Results.LocalRedirect(LocalOrHome(returnTo));
    }

    /// <summary>An address of this program as it was given, and the overview for any other.</summary>
    /// <param name="returnTo">What a request asked to come back to.</param>
    internal static string LocalOrHome(string? returnTo) =>
        returnTo is ['/', ..] and not ['/', '/' or '\\', ..] && !returnTo.Any(char.IsControl) ? returnTo : "/";
}
