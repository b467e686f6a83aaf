using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Jobs;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>Composes what all photographs share.</summary>
internal static class PhotoRegistration
{
    /// <summary>Adds limits, folder, receiving, answers, backup and the hourly sweep.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddPhotos(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<PhotoOptions>().BindConfiguration("Incidents:Photos").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<PhotoFiles>();
        services.AddSingleton<PhotoReceiver>();
        services.AddSingleton<PhotoAnswers>();
        services.AddBackupPart<PhotoBackup>();
        services.AddPlatformJob<PhotoSweep>("photos", "0 17 * * * ?");
    }
}
