using HongqiaoDashboard.Features.Access.Accounts;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Features.Access;

/// <summary>Who may come in, and as whom: people's accounts.</summary>
internal static class AccessFeature
{
    /// <summary>Adds accounts and their way in.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddAccounts();
        builder.Services.AddVerb<AccountVerb>();
        builder.Services.AddHostedService<FirstStart>();
    }

    /// <summary>Maps what a page cannot do: sign out, and a demo's roles.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapAccess(this WebApplication app)
    {
        SignOutEndpoint.Map(app);
        TrialEndpoint.Map(app);
    }
}
