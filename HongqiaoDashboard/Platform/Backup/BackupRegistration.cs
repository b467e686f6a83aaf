using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary>Puts backup and restore in place.</summary>
internal static class BackupRegistration
{
    /// <summary>Adds the two verbs.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddBackup(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<Audit.VerbRecords>();
        builder.Services.AddSingleton<BackupWriter>();
        builder.Services.AddVerb<BackupVerb>();
        builder.Services.AddVerb<RestoreVerb>();
    }

    /// <summary>Registers a part of the data folder that belongs to a backup.</summary>
    /// <typeparam name="TPart">The part.</typeparam>
    /// <param name="services">The application's services.</param>
    public static IServiceCollection AddBackupPart<TPart>(this IServiceCollection services) where TPart : class, IBackupPart =>
        services.AddSingleton<IBackupPart, TPart>();
}
