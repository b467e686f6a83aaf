using Microsoft.Extensions.DependencyInjection.Extensions;
using Quartz;

namespace HongqiaoDashboard.Platform.Jobs;

/// <summary>Jobs by the clock, on Quartz with its store in memory: what is to be done is known by the features' rows alone.</summary>
internal static class JobRegistration
{
    /// <summary>Starts the scheduler with the server, and stops it with the server. Verbs start neither.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddQuartz();
        // A run that is under way hears that the server stops, and is waited for.
        builder.Services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
    }

    /// <summary>Registers a job of a feature.</summary>
    /// <typeparam name="TJob">The job; made once.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="name">Its name in the log, unlike every other job's.</param>
    /// <param name="cron">When: second, minute, hour, day of the month, month, day of the week.</param>
    /// <param name="zone">Whose hours and days the cron means; null for UTC, which serves what does not ask for days.</param>
    public static IServiceCollection AddPlatformJob<TJob>(
        this IServiceCollection services, string name, string cron, Func<IServiceProvider, TimeZoneInfo>? zone = null) where TJob : class, IPlatformJob
    {
        services.TryAddSingleton<TJob>();
        services.TryAddSingleton<JobLog>();
        return services.AddQuartz(quartz => quartz.ScheduleJob<JobRun<TJob>>(
            (provider, trigger) => trigger.WithIdentity(name)
                .WithSchedule(CronScheduleBuilder.Create(cron).InTimeZone(zone?.Invoke(provider) ?? TimeZoneInfo.Utc)),
            (_, job) => job.WithIdentity(name)));
    }
}
