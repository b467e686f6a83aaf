using System.Runtime.InteropServices;

namespace HongqiaoDashboard.Platform.Hosting;

/// <summary>What the file classes do not offer.</summary>
internal static partial class Disk
{
    /// <summary>Waits until all that was written, and every file's name, has reached the disk.</summary>
    public static void Sync()
    {
        // Elsewhere the streams' own flush has to do; a renamed file's name is journalled there.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD())
        {
            SyncAll();
        }
    }

    [DllImport("libc", EntryPoint = "sync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void SyncAll();
}
