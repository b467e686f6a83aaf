using HongqiaoDashboard.Features.Intake.Keys;
using HongqiaoDashboard.Features.Intake.Open311;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Intake;

/// <summary>Ways in: Open311 and, later, import, app and WeChat.</summary>
internal static class IntakeFeature
{
    /// <summary>Adds the intake.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddIntake(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<Open311Options>().BindConfiguration(Open311Options.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<Open311Options>, Open311Options.Validator>();
        services.AddSingleton(provider => new ReporterKeys(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<Disclosure>();
        services.AddSingleton<ServiceDocuments>();
        services.AddSingleton<RequestDocuments>();
        services.AddSingleton<RequestReading>();
        services.AddSingleton<ReportReading>();
        services.AddSingleton<Open311Endpoints>();
        services.AddSingleton<IStartupFilter, Open311Guard>();
    }

    /// <summary>Maps Open311.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapIntake(this WebApplication app) => Open311Routes.Map(app);
}
