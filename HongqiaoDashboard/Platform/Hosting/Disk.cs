using System.Runtime.InteropServices;
using System.Text;

namespace HongqiaoDashboard.Platform.Hosting;

/// <summary>What the file classes do not offer.</summary>
internal static partial class Disk
{
    // EEXIST of Linux, macOS and FreeBSD.
    private const int FileExists = 17;

    /// <summary>Waits until all that was written, and every file's name, has reached the disk.</summary>
    public static void Sync()
    {
        // Elsewhere the streams' own flush has to do; a renamed file's name is journalled there.
        if (OperatingSystem.IsLinux() || OperatingSystem.IsMacOS() || OperatingSystem.IsFreeBSD())
        {
            SyncAll();
        }
    }

    /// <summary>
    /// Gives a finished file its name, at once and only where the name is free. Moving would not do: on Unix it looks first
    /// and moves then, and of two that do so at the same moment the second one overwrites the first one's file.
    /// </summary>
    /// <param name="finished">The file, in the folder of the name; left where it is when the name is taken, and elsewhere it is gone.</param>
    /// <param name="name">Its name.</param>
    /// <returns>Whether it got the name; false when the name is taken.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public static bool TryName(string finished, string name)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(CText(finished), CText(name)) == 0)
            {
                File.Delete(finished);
                return true;
            }

            if (Marshal.GetLastPInvokeError() == FileExists)
            {
                return false;
            }

            // A file system without links: moving is the best there is.
        }

        try
        {
            File.Move(finished, name, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(name))
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] existing, byte[] added);

    private static byte[] CText(string path) => Encoding.UTF8.GetBytes(path + '\0');

    [DllImport("libc", EntryPoint = "sync")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern void SyncAll();
}
