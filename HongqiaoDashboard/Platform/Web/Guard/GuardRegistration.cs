using Microsoft.AspNetCore.CookiePolicy;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>Puts in place what stands before every page, endpoint and hub: trust, names, headers, limits.</summary>
internal static class GuardRegistration
{
    /// <summary>Adds the guard's services.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddGuard(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<TrustOptions>().BindConfiguration("Access")
            .Validate(trust => trust.Origins.All(TrustOptions.IsOrigin), "Access:Origins must be like https://desk.example.org, without a path.")
            .Validate(trust => trust.Proxies.All(TrustOptions.IsProxy), "Access:Proxies must be addresses or networks, like 10.0.0.7 or 10.0.0.0/24.")
            .ValidateOnStart();
        services.AddOptions<LimitOptions>().BindConfiguration("Access:Limits")
            .Validate(limits => limits.IsValid, "Every number of Access:Limits must be 1 or more.").ValidateOnStart();

        services.ConfigureOptions<TrustedProxies>();
        services.ConfigureOptions<WireLimits>();
        services.ConfigureOptions<CallerLimits>();
        services.AddRateLimiter(_ => { });
        services.AddRequestTimeouts();
        services.AddCookieRules();
        services.TryAddSingleton<HubLimits>();
        services.TryAddSingleton<HubFaults>();
        services.AddSignalR(hubs =>
        {
            // The largest message is a piece of a file that a page sends, 20 KB; a call of a program has a code in it.
            hubs.MaximumReceiveMessageSize = 32 * 1024;
            hubs.MaximumParallelInvocationsPerClient = 1;
            hubs.EnableDetailedErrors = false;
            hubs.AddFilter<HubLimits>();
            hubs.AddFilter<HubFaults>();
        });
    }

    /// <summary>Puts in place what comes before anything is known of a request.</summary>
    /// <param name="app">The composed application.</param>
    public static void UseOuterGuard(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseCookiePolicy();
    }

    /// <summary>Puts in place what turns requests away in words; it stands behind the languages and before authentication.</summary>
    /// <param name="app">The composed application.</param>
    public static void UseInnerGuard(this WebApplication app)
    {
        app.UseOwnNames();
        app.UseCrossSiteCheck();
    }

    // Whatever sets a cookie: scripts cannot read it, other sites' pages do not send it with what acts, and where there is https
    // it goes by https alone.
    private static void AddCookieRules(this IServiceCollection services)
    {
        services.Configure<CookiePolicyOptions>(cookies =>
        {
            cookies.HttpOnly = HttpOnlyPolicy.Always;
            cookies.Secure = CookieSecurePolicy.SameAsRequest;
            cookies.MinimumSameSitePolicy = SameSiteMode.Lax;
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            // The guard says it for every answer, and more strictly.
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
    }
}
