using System.Runtime.InteropServices;
using System.Text;

namespace HongqiaoDashboard.Platform.Blobs;

/// <summary>
/// Makes a folder's entries durable. A file that is synced under a name that is not survives a power cut without its name;
/// the runtime opens no folders, so the system is asked itself. Windows keeps its folders in its own journal.
/// </summary>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    /// <summary>Returns when the disk has the folder's entries.</summary>
    /// <param name="folder">Absolute path.</param>
    /// <exception cref="IOException">The disk does not take them.</exception>
    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(Encoding.UTF8.GetBytes(folder + '\0'), ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(folder);
        }

        try
        {
            if (Sync(descriptor) != 0)
            {
                throw Failure(folder);
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    private static IOException Failure(string folder) => new($"The folder '{folder}' could not be synced (error {Marshal.GetLastPInvokeError()}).");

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Sync(int descriptor);

    [DllImport("libc", EntryPoint = "close"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Close(int descriptor);
}
