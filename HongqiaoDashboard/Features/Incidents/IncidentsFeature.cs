using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Incidents;

/// <summary>The closed loop: report, accept, dispatch, check in, handle, feed back, verify, close; and the log of it all.</summary>
internal static class IncidentsFeature
{
    /// <summary>Adds the case desk, the log, categories and promises.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddIncidents(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PromiseOptions>().BindConfiguration("Incidents:Promises").ValidateOnStart();
        services.AddSingleton<IValidateOptions<PromiseOptions>, PromiseOptionsValidator>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<PromiseOptions>>().Value.ToPolicy());
        services.AddSingleton<IIncidentCatalog>(_ => IncidentCatalog.Read(ReferenceData.File("incidents", "catalog.json")));
        services.AddSingleton<IncidentLogSignal>();
        services.AddSingleton<IIncidentLogSignal>(provider => provider.GetRequiredService<IncidentLogSignal>());
        services.AddSingleton<IncidentChanges>();
        services.AddSingleton<IIncidentChanges>(provider => provider.GetRequiredService<IncidentChanges>());
        services.AddSingleton<IncidentJournal>();
        services.AddSingleton<IIncidentDesk, IncidentDesk>();
        services.AddSingleton<IIncidentReader, IncidentReader>();
        services.AddSingleton<CaseWords>();
        services.AddSingleton<IGridFact, OpenCasesByGrid>();
        services.AddHostedService<Regridding>();
        services.AddSingleton<IIncidentIntegrity, IncidentIntegrity>();
        services.AddSingleton<IReadScope<Incident>, IncidentReadScope>();
        services.AddSingleton<IReadScope<IncidentEvent>, IncidentEventReadScope>();
    }

    private sealed class PromiseOptionsValidator : IValidateOptions<PromiseOptions>
    {
        public ValidateOptionsResult Validate(string? name, PromiseOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
