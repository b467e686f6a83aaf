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
    public static ServerLock? TryTake(DataDirectory directory)
    {
        try
        {
            return new ServerLock(new FileStream(directory.File("server.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
        {
            return null;
        }
    }

    public void Dispose() => _file.Dispose();
}
