using HongqiaoDashboard.Features.Access.Accounts;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Features.Access.Audit;
using HongqiaoDashboard.Features.Access.Audit.Export;
using HongqiaoDashboard.Features.Access.Keys;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Features.Access;

/// <summary>Who may come in, as whom, and what they did: accounts of people, keys of programs, the audit trail.</summary>
internal static class AccessFeature
{
    /// <summary>Adds accounts, keys, their ways in, and the trail.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        builder.Services.AddAudit();
        builder.Services.AddAccounts();
        builder.Services.AddVerb<AccountVerb>();
        builder.Services.AddHostedService<FirstStart>();
        builder.AddKeys();
    }

    /// <summary>Maps what a page cannot do: sign out, a demo's roles, exports of the trail.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapAccess(this WebApplication app)
    {
        SignOutEndpoint.Map(app);
        TrialEndpoint.Map(app);
        AuditExport.Map(app);
    }
}
