using HongqiaoDashboard.Features.Intake.Data;
using HongqiaoDashboard.Features.Intake.Import;
using HongqiaoDashboard.Features.Intake.Keys;
using HongqiaoDashboard.Features.Intake.Open311;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Intake;

/// <summary>Ways in: Open311 and the import of history and, later, app and WeChat.</summary>
internal static class IntakeFeature
{
    /// <summary>Adds the intake.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        builder.AddOpen311();
        builder.AddImport();
    }

    /// <summary>Adds Open311 alone.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddOpen311(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<Open311Options>().BindConfiguration(Open311Options.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<Open311Options>, Open311Options.Validator>();
        services.AddSingleton<IKeyRing>(provider => new ReporterKeys(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Disclosure>();
        services.AddSingleton<ServiceDocuments>();
        services.AddSingleton<CaseEntryWords>();
        services.AddSingleton<RequestDocuments>();
        services.AddSingleton<UpdateDocuments>();
        services.AddSingleton<CaseEntryReading>();
        services.AddSingleton<ReportTokens>();
        services.AddSingleton<UpdatePosting>();
        services.AddSingleton<IReadScope<ReportToken>, OpenReadScope<ReportToken>>();
        services.AddSingleton<RequestReading>();
        services.AddSingleton<ReportReading>();
        services.AddSingleton<Open311Endpoints>();
        services.AddSingleton<IStartupFilter, Open311Guard>();
    }

    private static void AddImport(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<ImportMappings>();
        services.AddSingleton<IDatabaseSeed>(provider => provider.GetRequiredService<ImportMappings>());
        services.AddSingleton<ImportRun>();
        services.AddOptions<ImportPageOptions>().BindConfiguration(ImportPageOptions.Section);
        services.AddSingleton<ImportShelf>();
        services.AddSingleton<ImportPreviews>();
        services.AddSingleton<ImportDesk>();
        services.AddHostedService(provider => provider.GetRequiredService<ImportDesk>());
        services.AddPlatformJob<ImportDesk>("intake-imports", "0 31 4 * * ?");
        services.AddVerb<ImportVerb>();
    }

    /// <summary>Maps Open311 and what imports leave to be downloaded.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapIntake(this WebApplication app)
    {
        Open311Routes.Map(app);
        ImportDownloads.Map(app);
    }
}
