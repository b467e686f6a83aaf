using HongqiaoDashboard.Features.Access;
using HongqiaoDashboard.Features.Calendar;
using HongqiaoDashboard.Features.Grids;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Vault;
using HongqiaoDashboard.Platform.Web;

namespace HongqiaoDashboard.Bench;

/// <summary>The program's own parts on a data folder of their own; what listens is added by who needs it.</summary>
internal static class House
{
    /// <summary>Settings for callers that are all the same one, and ask as fast as they can.</summary>
    public static readonly string[] Unlimited =
    [
        "--Access:Connections:MostPerIdentity=1000000", "--Access:Limits:CallsPerSecond=1000000", "--Access:Limits:CallsAtOnce=1000000",
        "--Access:Limits:HubCallsPerSecond=1000000", "--Access:Limits:HubCallsAtOnce=1000000",
    ];

    /// <summary>Composes them and makes the database ready.</summary>
    /// <param name="data">The data folder.</param>
    public static WebApplication Compose(string data) => Build(Builder(data));

    /// <summary>Composes them for a program that goes on composing.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="settings">More of the command line.</param>
    public static WebApplicationBuilder Builder(string data, params string[] settings)
    {
        var builder = WebApplication.CreateBuilder([$"--Data:Directory={data}", $"--Data:MasterKeyFile={data}.key", .. Unlimited, .. settings]);
        builder.Logging.ClearProviders();
        builder.AddPersistence();
        builder.AddVault();
        builder.AddBackup();
        builder.AddIdentity();
        builder.AddWebShell();
        builder.AddJobs();
        builder.AddAccess();
        builder.AddCalendar();
        builder.AddGrids();
        builder.AddIncidents();
        builder.AddSituation();
        return builder;
    }

    /// <summary>Builds the program and makes its database ready.</summary>
    /// <param name="builder">The composed program.</param>
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        var app = builder.Build();
        DatabaseStartup.Open(app.Services)!.Dispose();
        return app;
    }

    /// <summary>The centres of all basic grids.</summary>
    /// <param name="app">The program.</param>
    public static GeoPoint[] Places(WebApplication app) =>
        [.. app.Services.GetRequiredService<IGridDirectory>().Current.Units.Where(unit => unit.Tier == GridTier.Basic).Select(unit => unit.Centre)];

    /// <summary>Reports a case and gives back how it lies in the tables.</summary>
    /// <param name="app">The program.</param>
    public static async Task<(Incident Incident, IncidentEvent Entry)> SampleAsync(WebApplication app)
    {
        await app.Services.GetRequiredService<IIncidentDesk>().ReportAsync(
            new ReportIncident { Type = "0401", Point = Places(app)[0], Description = "bench", Source = "bench" }, Actor.System);
        using var read = app.Services.GetRequiredService<IReadDoor>().Open(Actor.System);
        return (read.Query<Incident>().OrderBy(i => i.Id).First(), read.Query<IncidentEvent>().OrderBy(e => e.Seq).First());
    }

    /// <summary>Waits for the first picture of the situation.</summary>
    /// <param name="app">The program.</param>
    public static async Task<ISituationSubscription> PictureAsync(WebApplication app)
    {
        var projection = app.Services.GetRequiredService<SituationProjection>();
        var asking = projection.SubscribeAsync(null, Actor.System, static () => { });
        while (!asking.IsCompleted)
        {
            projection.Step();
        }

        return await asking;
    }
}
