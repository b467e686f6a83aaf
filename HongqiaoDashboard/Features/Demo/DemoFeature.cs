using HongqiaoDashboard.Features.Demo.Live;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Ui.Notices;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Demo;

/// <summary>Made-up history and a live stream for a data folder of its own, marked on every page.</summary>
internal static class DemoFeature
{
    /// <summary>Adds the demo; whether it runs is configuration. After all features whose desks it uses, so that it stops before them.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddDemo(this WebApplicationBuilder builder) => builder.Services.AddDemo();

    /// <summary>Adds the demo to some services.</summary>
    /// <param name="services">The services.</param>
    public static void AddDemo(this IServiceCollection services)
    {
        services.AddOptions<DemoOptions>().BindConfiguration(DemoOptions.Section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DemoOptions>, DemoOptions.Validator>();
        services.AddSingleton<DemoFolder>();
        services.AddSingleton<DemoFill>();
        services.AddSingleton<DemoCampaignFill>();
        services.AddSingleton<DemoNotice>();
        services.AddSingleton<IDataNotice>(provider => provider.GetRequiredService<DemoNotice>());
        services.AddSingleton<ITrialAccess, DemoAccess>();
        services.AddSingleton<DemoService>();
        services.AddHostedService(provider => provider.GetRequiredService<DemoService>());
    }
}
