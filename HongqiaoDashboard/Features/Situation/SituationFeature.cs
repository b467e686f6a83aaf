using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.SignalR;

namespace HongqiaoDashboard.Features.Situation;

/// <summary>The live picture: KPIs, heat, stream, breaches; and the hub that pushes it.</summary>
internal static class SituationFeature
{
    /// <summary>Adds the projection, its feed for pages, and the hub.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddSituation(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<SituationProjection>();
        services.AddSingleton<ISituationFeed>(provider => provider.GetRequiredService<SituationProjection>());
        services.AddHostedService(provider => provider.GetRequiredService<SituationProjection>());
        services.AddSingleton<ICaseSelection, KpiSelection>();
        services.AddSingleton<SituationWords>();
        services.AddSingleton<IReadScope<StoredTally>, OpenReadScope<StoredTally>>();
        services.AddSingleton<IReadScope<TallyCheckpoint>, OpenReadScope<TallyCheckpoint>>();

        services.AddHealthChecks().AddCheck<SituationHealth>("situation");
        services.AddVerb<CheckVerb>();

        services.AddSingleton<SituationConnections>();
        services.AddSingleton<HubLifetimeManager<SituationHub>>(provider => provider.GetRequiredService<SituationConnections>());
        services.AddSignalR().AddMessagePackProtocol(options => options.SerializerOptions = SituationWire.MessagePack);
    }

    /// <summary>Maps the hub.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapSituation(this WebApplication app) =>
        app.MapHub<SituationHub>(SituationHub.Path).RequireAuthorization(Policies.ViewSituation);
}
