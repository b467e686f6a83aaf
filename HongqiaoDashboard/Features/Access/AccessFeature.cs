using HongqiaoDashboard.Features.Access.Audit;
using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Features.Access.Audit.Export;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;

namespace HongqiaoDashboard.Features.Access;

/// <summary>Who may do what, and who did: so far the audit trail.</summary>
internal static class AccessFeature
{
    /// <summary>Adds the trail, its verb and its check.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddAccess(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<IAuditWriter, AuditWriter>();
        services.AddSingleton<IReadScope<AuditRow>, AuditReadScope>();
        services.AddSingleton<AuditReader>();
        services.AddSingleton<AuditWords>();
        services.AddSingleton<AuditExport>();
        services.AddSingleton<IIntegrityPart, AuditTrailCheck>();
        services.AddVerb<AuditVerb>();
        services.AddSingleton<DenialLedger>();
        services.AddSingleton<IDenials>(provider => provider.GetRequiredService<DenialLedger>());
        services.AddHostedService(provider => provider.GetRequiredService<DenialLedger>());
        services.AddPlatformJob<DenialLedger>("access-denials", "0 * * * * ?");
        services.AddSingleton<IAuthorizationEvaluator, DenialEvaluator>();
    }

    /// <summary>Maps the exports of the trail and its head.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapAccess(this WebApplication app) => AuditExport.Map(app);
}
