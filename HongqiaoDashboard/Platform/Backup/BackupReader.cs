using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary>
/// Goes through an archive from its beginning to its end, twice: first to see that it is whole and harmless, before anything
/// of it is stored; then to take the files out, and they must be the same.
/// </summary>
/// <param name="archive">Path of the archive.</param>
/// <param name="database">Name of the database's file, which comes first.</param>
/// <param name="folders">Folders that files may lie in.</param>
/// <param name="room">Bytes that its files may have together.</param>
internal sealed class BackupReader(string archive, string database, IReadOnlySet<string> folders, long room)
{
    private const int Chunk = 128 * 1024;

    /// <summary>Checks the whole archive.</summary>
    /// <param name="seen">Path of a file to note in what was found; needed again by <see cref="Extract"/>.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BackupException">What is wrong with it.</exception>
    public (BackupHead Head, BackupTotal Total) Verify(string seen, CancellationToken cancellation)
    {
        using var file = Open();
        using var notes = new StreamWriter(seen, append: false, new UTF8Encoding(false)) { NewLine = "\n" };
        long files = 0, bytes = 0;
        try
        {
            using var gzip = Unpack(file);
            using var tar = new TarReader(gzip);
            var before = "";
            while (Next(tar, cancellation) is { } entry)
            {
                if (entry.Name == BackupManifest.Name)
                {
                    notes.Flush();
                    var result = Compare(entry.DataStream, seen, files, bytes);
                    return tar.GetNextEntry() is null && IsAtItsEnd(gzip) ? result : throw Damaged("后面还有内容", "something follows its manifest");
                }

                Check(entry, before, files);
                before = files == 0 ? "" : entry.Name;
                var found = Copy(entry, Stream.Null, room - bytes, cancellation);
                notes.WriteLine(BackupManifest.Line(found));
                files++;
                bytes += found.Length;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException or FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            throw Damaged("无法读到结尾", "it cannot be read to its end");
        }

        throw Damaged("没有清单，可能被截断", "it has no manifest, so it may be cut off");
    }

    /// <summary>Takes the files out of an archive that was found whole.</summary>
    /// <param name="seen">What <see cref="Verify"/> noted.</param>
    /// <param name="folder">An empty folder.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="BackupException">The archive is another one by now.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public void Extract(string seen, string folder, CancellationToken cancellation)
    {
        using var file = Open();
        using var notes = new StreamReader(seen);
        using var gzip = Unpack(file);
        using var tar = new TarReader(gzip);
        while (notes.ReadLine() is { } line)
        {
            var expected = BackupManifest.Parse<BackupEntry>(line)!;
            if (Next(tar, cancellation) is not { } entry || entry.Name != expected.Name)
            {
                throw Changed();
            }

            var path = Path.Combine([folder, .. expected.Name.Split('/')]);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var content = new FileStream(path, options);
            if (Copy(entry, content, expected.Length, cancellation) != expected)
            {
                throw Changed();
            }
        }
    }

    private FileStream Open() => new(archive, FileMode.Open, FileAccess.Read, FileShare.Read, Chunk, FileOptions.SequentialScan);

    private static GZipStream Unpack(Stream file) => new(file, CompressionMode.Decompress);

    // To the very end, where the checksum of everything stands; a tar ends with a few blocks of zeros.
    private static bool IsAtItsEnd(GZipStream gzip)
    {
        var rest = new byte[Chunk];
        return gzip.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false) < rest.Length;
    }

    private static TarEntry? Next(TarReader tar, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return tar.GetNextEntry();
    }

    private static BackupEntry Copy(TarEntry entry, Stream target, long room, CancellationToken cancellation)
    {
        if (entry.Length > room)
        {
            throw new BackupException("磁盘空间不足以恢复此备份。There is not enough room on the disk for this backup.");
        }

        using var hashed = new HashedStream(entry.DataStream ?? Stream.Null, entry.Length);
        var buffer = new byte[Chunk];
        for (int got; (got = hashed.Read(buffer)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            target.Write(buffer, 0, got);
        }

        return new BackupEntry(entry.Name, hashed.Length, hashed.Hash());
    }

    private void Check(TarEntry entry, string before, long files)
    {
        if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
        {
            throw Unsafe(entry.Name, "它不是普通文件", "it is no plain file");
        }

        if (!BackupManifest.IsName(entry.Name))
        {
            throw Unsafe(entry.Name, "名称不允许", "its name is not allowed");
        }

        if (files == 0 ? entry.Name != database : string.CompareOrdinal(before, entry.Name) >= 0)
        {
            throw Unsafe(entry.Name, "顺序不对", "it is out of order");
        }

        if (files > 0 && !folders.Contains(entry.Name.Split('/')[0]) | !entry.Name.Contains('/'))
        {
            throw Unsafe(entry.Name, "本版本不认识", "this version does not know it");
        }
    }

    private static (BackupHead Head, BackupTotal Total) Compare(Stream? manifest, string seen, long files, long bytes)
    {
        using var lines = new StreamReader(manifest ?? Stream.Null);
        var head = BackupManifest.Parse<BackupHead>(lines.ReadLine());
        if (head is not { Format: BackupManifest.Format })
        {
            throw Damaged("清单无法读取", "its manifest cannot be read");
        }

        if (head.Version != BackupManifest.Version)
        {
            throw new BackupException($"此备份的格式版本为 {head.Version}，本程序只认识 {BackupManifest.Version}。The backup has format version {head.Version}; this program knows {BackupManifest.Version}.");
        }

        using var notes = new StreamReader(new FileStream(seen, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        while (notes.ReadLine() is { } found)
        {
            var told = lines.ReadLine();
            if (told != found)
            {
                var name = BackupManifest.Parse<BackupEntry>(found)!.Name;
                throw Damaged($"{name} 与清单不符", $"{name} is not what the manifest says");
            }
        }

        var total = new BackupTotal(files, bytes);
        return files > 0 && BackupManifest.Parse<BackupTotal>(lines.ReadLine()) == total && lines.ReadLine() is null
            ? (head, total)
            : throw Damaged("清单与内容不符", "its manifest does not fit its content");
    }

    private static BackupException Damaged(string chinese, string english) => new($"备份文件已损坏：{chinese}。The archive is damaged: {english}.");

    private static BackupException Unsafe(string name, string chinese, string english) =>
        new($"备份中的“{Quote(name)}”不能恢复：{chinese}。'{Quote(name)}' in the archive cannot be restored: {english}.");

    private static BackupException Changed() => new("恢复期间备份文件发生了变化。The archive changed while it was being restored.");

    private static string Quote(string name) => string.Concat(name.Take(100).Select(c => char.IsControl(c) ? '?' : c));
}
