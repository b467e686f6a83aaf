using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Features.Incidents.Components.Catalog;
using HongqiaoDashboard.Features.Incidents.Components.Policy;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Features.Incidents.Photos;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;
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
        services.AddSingleton<PolicyBook>();
        services.AddSingleton<IPromisePolicies>(provider => provider.GetRequiredService<PolicyBook>());
        services.AddSingleton<IDatabaseSeed>(provider => provider.GetRequiredService<PolicyBook>());
        services.AddSingleton<IDatabaseSeed, CaseSearchSeed>();
        services.AddSingleton<IncidentDecision>();
        services.AddSingleton<CalendarReplay>();
        services.AddSingleton<CatalogBook>();
        services.AddSingleton<IIncidentCatalog>(provider => provider.GetRequiredService<CatalogBook>());
        services.AddSingleton<IDatabaseSeed>(provider => provider.GetRequiredService<CatalogBook>());
        services.AddSingleton<IncidentLogSignal>();
        services.AddSingleton<IIncidentLogSignal>(provider => provider.GetRequiredService<IncidentLogSignal>());
        services.AddSingleton<IncidentChanges>();
        services.AddSingleton<IIncidentChanges>(provider => provider.GetRequiredService<IncidentChanges>());
        services.AddSingleton<IncidentJournal>();
        services.AddSingleton<IIncidentDesk, IncidentDesk>();
        services.AddSingleton<IIncidentHistory, IncidentHistory>();
        services.AddSingleton<IIncidentReader, IncidentReader>();
        services.AddSingleton<SavedFilters>();
        services.AddSingleton<CaseDuplicates>();
        services.AddSingleton<CaseWords>();
        services.AddSingleton<CatalogWords>();
        services.AddSingleton<PolicyWords>();
        services.AddSingleton<IGridFact, OpenCasesByGrid>();
        services.AddHostedService<Regridding>();
        services.AddPlatformJob<SuspensionSweep>("incidents-suspensions", "0 * * * * ?");
        services.AddSingleton<PhotoDesk>();
        services.AddSingleton<IReadScope<IncidentPhoto>, IncidentPhotoReadScope>();
        services.AddSingleton<IPhotoRows, IncidentPhotoRows>();
        services.AddSingleton<IIncidentIntegrity, IncidentIntegrity>();
        services.AddSingleton<IReadScope<Incident>, IncidentReadScope>();
        services.AddSingleton<IReadScope<IncidentEvent>, IncidentEventReadScope>();
        services.AddOptions<ContactOptions>().BindConfiguration("Incidents:Contacts")
            .Validate(options => options.EraseAfterDays is >= 1 and <= 36500, "Incidents:Contacts:EraseAfterDays must be from 1 to 36500.").ValidateOnStart();
        services.AddPlatformJob<ContactRetention>("incidents-contacts", "0 43 * * * ?");
        services.AddSingleton<IIncidentContacts, IncidentContacts>();
        services.AddSingleton<IReadScope<IncidentContact>, IncidentContactReadScope>();
        services.AddSingleton<CaseSearchFiller>();
        services.AddHostedService(provider => provider.GetRequiredService<CaseSearchFiller>());
        services.AddSingleton<IReadScope<SavedFilter>, SavedFilterReadScope>();
        // Keys of cases and a mark: whatever is found by them is asked of the cases, which have their scope.
        services.AddSingleton<IReadScope<CaseSearchRow>, OpenReadScope<CaseSearchRow>>();
        services.AddSingleton<IReadScope<CaseSearchProgress>, OpenReadScope<CaseSearchProgress>>();
    }

    /// <summary>Maps the addresses of photographs.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapIncidents(this WebApplication app) => app.MapPhotos();

    private sealed class PromiseOptionsValidator : IValidateOptions<PromiseOptions>
    {
        public ValidateOptionsResult Validate(string? name, PromiseOptions options)
        {
            var faults = options.Faults().ToList();
            return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
        }
    }
}
