namespace HongqiaoDashboard.Platform.Hosting;

/// <summary>
/// Held by the one server that works on a data folder. A second server is refused; verbs of the same program are not,
/// because their writes are coordinated by the database itself.
/// </summary>
internal sealed class ServerLock : IDisposable
{
    private readonly FileStream _file;

    private ServerLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or tells that another process has it. The operating system frees it when a process dies.</summary>
    /// <param name="directory">The data folder.</param>
    /// <exception cref="IOException">The disk does not take the lock's file.</exception>
    public static ServerLock? TryTake(DataDirectory directory)
    {
        try
        {
            return new ServerLock(new FileStream(directory.File("server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (IsHeldElsewhere(e))
        {
            return null;
        }
    }

    /// <summary>Whether a server has the lock now. Looks without taking it, so that a server which starts meanwhile is not refused for it.</summary>
    /// <param name="directory">The data folder.</param>
    public static bool IsHeld(DataDirectory directory)
    {
        try
        {
            using var file = new FileStream(directory.File("server.lock"), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException e) when (IsHeldElsewhere(e))
        {
            return true;
        }
    }

    // EWOULDBLOCK on Linux and macOS, a sharing violation on Windows. A full or read-only disk is something else.
    private static bool IsHeldElsewhere(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020);

    public void Dispose() => _file.Dispose();
}
