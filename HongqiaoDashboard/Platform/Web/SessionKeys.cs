using HongqiaoDashboard.Platform.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>
/// The keys that cookies and forms are signed with. They live in the data folder, readable by the program's own user alone, so that
/// sessions survive a restart whatever that user's home is; they are no part of a backup, so that whoever holds one signs nobody in.
/// </summary>
internal static class SessionKeys
{
    /// <summary>Name of their folder.</summary>
    public const string Folder = "sessions";

    /// <summary>Adds them.</summary>
    /// <param name="services">The application's services.</param>
    public static void AddSessionKeys(this IServiceCollection services)
    {
        services.AddDataProtection().SetApplicationName("HongqiaoDashboard");
        services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, ILoggerFactory>((options, data, loggers) =>
            options.XmlRepository = new FileSystemXmlRepository(Made(data.File(Folder)), loggers));
    }

    private static DirectoryInfo Made(string path) => OperatingSystem.IsWindows()
        ? Directory.CreateDirectory(path)
        : Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
}
