using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Features.Access.Audit.Export;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Authorization;

namespace HongqiaoDashboard.Features.Access.Audit;

/// <summary>Puts the audit trail in place: writing, reading, its verb, its check, and what is refused.</summary>
internal static class AuditRegistration
{
    /// <summary>Adds the trail.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddAudit(this IServiceCollection services)
    {
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
}
