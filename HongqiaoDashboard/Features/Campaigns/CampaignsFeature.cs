using HongqiaoDashboard.Features.Campaigns.Api;
using HongqiaoDashboard.Features.Campaigns.Components;
using HongqiaoDashboard.Features.Campaigns.Components.Admin;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Export;
using HongqiaoDashboard.Features.Campaigns.Import;
using HongqiaoDashboard.Features.Campaigns.Live;
using HongqiaoDashboard.Features.Campaigns.Photos;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;

namespace HongqiaoDashboard.Features.Campaigns;

/// <summary>Campaigns: shantytown relocation, street-market clearance, and any other one by configuration.</summary>
internal static class CampaignsFeature
{
    /// <summary>Adds the configuration, the desk, the live pictures and what they fill in elsewhere.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddCampaigns(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<CampaignBook>();
        services.AddSingleton<IDatabaseSeed>(provider => provider.GetRequiredService<CampaignBook>());
        services.AddSingleton<CampaignSignal>();
        services.AddSingleton<CampaignJournal>();
        services.AddSingleton<ICampaignDesk, CampaignDesk>();
        services.AddSingleton<CampaignProjection>();
        services.AddSingleton<ICampaignFeed>(provider => provider.GetRequiredService<CampaignProjection>());
        services.AddSingleton<ISituationPart>(provider => provider.GetRequiredService<CampaignProjection>());
        services.AddHostedService(provider => provider.GetRequiredService<CampaignProjection>());
        services.AddSingleton<CampaignWords>();
        services.AddSingleton<PageWords>();
        services.AddSingleton<CampaignAdminWords>();
        services.AddSingleton<IIntegrityPart, CampaignIntegrity>();
        services.AddSingleton<ICasePanel, CampaignCasePanelSlot>();
        services.AddSingleton<IReadScope<CampaignItemRow>, CampaignItemReadScope>();
        services.AddSingleton<IReadScope<CampaignEntryRow>, CampaignEntryReadScope>();
        services.AddSingleton<IReadScope<CampaignLinkRow>, CampaignLinkReadScope>();
        services.AddSingleton<CampaignPhotos>();
        services.AddSingleton<ICampaignPhotos>(provider => provider.GetRequiredService<CampaignPhotos>());
        services.AddSingleton<IPhotoRows, CampaignPhotoRows>();
        services.AddSingleton<IReadScope<CampaignPhotoRow>, CampaignPhotoReadScope>();
        services.AddSingleton<CampaignImportRun>();
        services.AddSingleton<CampaignImportWords>();
        services.AddSingleton<CampaignImportShelf>();
        services.AddVerb<CampaignImportVerb>();
        services.AddSingleton<CampaignExport>();
    }

    /// <summary>Maps where the items are, their photographs, the workbook, and what an import refused.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapCampaigns(this WebApplication app)
    {
        app.MapItemOutlines();
        app.MapCampaignPhotos();
        CampaignExport.Map(app);
        CampaignImportShelf.Map(app);
    }
}
