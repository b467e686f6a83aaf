using System.Security.Cryptography;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Blobs;

/// <summary>
/// Files outside the database, each named by the SHA-256 of its content: the same content is stored once, and a file under a
/// name never changes. What <see cref="WriteAsync"/> has answered is on the disk, so a row that names it may be committed.
/// </summary>
/// <param name="root">The folder; made when the first file comes.</param>
/// <param name="clock">Dates the files, so that whoever sweeps them goes by the same clock as the rows.</param>
public sealed class BlobFolder(string root, TimeProvider clock)
{
    private const string Arriving = "arriving";

    // Whoever stores a file and whoever removes one must not meet over the same content.
    private readonly SemaphoreSlim[] _holds = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1, 1))];

    /// <summary>Absolute path of the folder.</summary>
    public string Root { get; } = root;

    /// <summary>The name under which content is stored: its SHA-256 as 64 lower-case hexadecimal digits.</summary>
    /// <param name="content">The content.</param>
    public static string NameOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Whether a text could be a name at all.</summary>
    /// <param name="text">Anything.</param>
    public static bool IsName(string text) => text.Length == 64 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>Where a file is, or would be.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="suffix">Which file under the name, for example <c>.jpg</c>.</param>
    /// <exception cref="ArgumentException">It is no name.</exception>
    public string PathOf(string name, string suffix) =>
        IsName(name) ? Path.Combine(Root, name[..2], name + suffix) : throw new ArgumentException($"'{name}' is no content's name.", nameof(name));

    /// <summary>
    /// Keeps everybody else who holds it away from one name, until disposed of. A file is stored, and its row committed,
    /// under one hold; it is looked for in the rows, and removed, under another.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<IDisposable> HoldAsync(string name, CancellationToken cancellation)
    {
        var hold = _holds[Convert.ToByte(name[..2], 16) % _holds.Length];
        await hold.WaitAsync(cancellation);
        return new Held(hold);
    }

    /// <summary>Stores a file and returns when the disk has it, folder entry and all.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="suffix">Which file under the name.</param>
    /// <param name="content">Its content.</param>
    /// <param name="cancellation">Withdraws it.</param>
    /// <exception cref="StorageUnavailableException">The disk did not take it; nothing stands under the name that did not before.</exception>
    public async Task WriteAsync(string name, string suffix, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var path = PathOf(name, suffix);
        try
        {
            if (File.Exists(path) && new FileInfo(path).Length == content.Length)
            {
                // Young again: it has just been asked for.
                File.SetLastWriteTimeUtc(path, clock.GetUtcNow().UtcDateTime);
                return;
            }

            var folder = Path.GetDirectoryName(path)!;
            var isNew = !Directory.Exists(folder);
            Directory.CreateDirectory(folder);
            await using (var arriving = OpenArriving(deleteOnClose: false))
            {
                try
                {
                    await arriving.WriteAsync(content, cancellation);
                    arriving.Flush(flushToDisk: true);
                    File.SetLastWriteTimeUtc(arriving.Name, clock.GetUtcNow().UtcDateTime);
                    File.Move(arriving.Name, path, overwrite: true);
                }
                catch
                {
                    File.Delete(arriving.Name);
                    throw;
                }
            }

            FolderSync.Flush(folder);
            if (isNew)
            {
                FolderSync.Flush(Root);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(e.Message, e);
        }
    }

    /// <summary>A file for what is still arriving: it goes when it is closed, and with the process at the latest.</summary>
    /// <exception cref="StorageUnavailableException">The disk does not take it.</exception>
    public FileStream OpenArriving()
    {
        try
        {
            return OpenArriving(deleteOnClose: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StorageUnavailableException(e.Message, e);
        }
    }

    /// <summary>Opens a file for reading; null when it is not there.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="suffix">Which file under the name.</param>
    public FileStream? OpenRead(string name, string suffix)
    {
        try
        {
            return new FileStream(PathOf(name, suffix), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 64 * 1024, FileOptions.Asynchronous);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The names of files that nobody has stored, or asked for by storing them again, since an instant.</summary>
    /// <param name="before">The instant.</param>
    public IEnumerable<string> NamesOlderThan(DateTimeOffset before) => Directory.Exists(Root)
        ? Directory.EnumerateDirectories(Root).SelectMany(Directory.EnumerateFiles)
            .Where(path => NameAt(path) is not null && IsOlder(path, before)).Select(path => NameAt(path)!).Distinct()
        : [];

    /// <summary>Removes all files under a name, unless one was stored again meanwhile. Called under a hold.</summary>
    /// <param name="name">The name.</param>
    /// <param name="before">Files that are younger stay.</param>
    /// <returns>Whether something was removed.</returns>
    public bool Remove(string name, DateTimeOffset before)
    {
        var folder = Path.GetDirectoryName(PathOf(name, ""))!;
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, name + "*") : [];
        if (files.Length == 0 || files.Any(path => !IsOlder(path, before)))
        {
            return false;
        }

        foreach (var path in files)
        {
            File.Delete(path);
        }

        return true;
    }

    /// <summary>Removes what began to arrive and was left behind by a process that died.</summary>
    /// <param name="before">What is younger stays.</param>
    public void RemoveLeftBehind(DateTimeOffset before)
    {
        var folder = Path.Combine(Root, Arriving);
        foreach (var path in Directory.Exists(folder) ? Directory.GetFiles(folder) : [])
        {
            if (IsOlder(path, before))
            {
                File.Delete(path);
            }
        }
    }

    private FileStream OpenArriving(bool deleteOnClose)
    {
        var folder = Path.Combine(Root, Arriving);
        Directory.CreateDirectory(folder);
        return new FileStream(
            Path.Combine(folder, Guid.NewGuid().ToString("N")), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, 64 * 1024,
            FileOptions.Asynchronous | (deleteOnClose ? FileOptions.DeleteOnClose : FileOptions.None));
    }

    private static string? NameAt(string path) => Path.GetFileName(path) is { Length: > 64 } file && IsName(file[..64]) ? file[..64] : null;

    private static bool IsOlder(string path, DateTimeOffset before) => File.GetLastWriteTimeUtc(path) < before.UtcDateTime;

    private sealed class Held(SemaphoreSlim hold) : IDisposable
    {
        private SemaphoreSlim? _hold = hold;

        public void Dispose() => Interlocked.Exchange(ref _hold, null)?.Release();
    }
}
