using System.Formats.Tar;
using System.IO.Compression;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary>Writes an archive of a data folder, streamed: what it needs of memory does not grow with the folder.</summary>
/// <param name="directory">The data folder.</param>
/// <param name="parts">What else belongs to it.</param>
/// <param name="services">Knows the read scopes of the snapshot.</param>
/// <param name="clock">Dates the backup.</param>
internal sealed class BackupWriter(DataDirectory directory, IEnumerable<IBackupPart> parts, IServiceProvider services, TimeProvider clock)
{
    /// <summary>Writes it, whole or not at all.</summary>
    /// <param name="target">Absolute path of the archive; nothing of that name may be there.</param>
    /// <param name="missing">Told each file that belongs to the backup and is not there.</param>
    /// <param name="cancellation">Ends it; nothing is left.</param>
    /// <exception cref="BackupException">It cannot be made.</exception>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public (BackupHead Head, BackupTotal Total) Write(string target, Action<string> missing, CancellationToken cancellation)
    {
        if (!File.Exists(directory.DatabaseFile))
        {
            throw new BackupException($"数据目录 {directory.Root} 中没有数据库。There is no database in the data folder {directory.Root}.");
        }

        var beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Guid.NewGuid():N}");
        var (archive, snapshot, lines) = (beside + ".tmp", beside + ".db.tmp", beside + ".lines.tmp");
        try
        {
            Create(snapshot).Dispose();
            DatabaseSnapshot.Take(directory, snapshot);
            var head = Examine(snapshot);
            var total = WriteArchive(archive, snapshot, lines, head, missing, cancellation);
            Place(archive, target);
            return (head, total);
        }
        finally
        {
            foreach (var temporary in (string[])[archive, lines, snapshot, snapshot + "-journal", snapshot + "-wal", snapshot + "-shm"])
            {
                File.Delete(temporary);
            }
        }
    }

    // For the owner's eyes only: reports name people.
    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static void Place(string archive, string target)
    {
        if (!Disk.TryName(archive, target))
        {
            throw new BackupException($"{target} 已存在，不会覆盖。{target} is there already and is not overwritten.");
        }

        Disk.Sync();
    }

    private BackupHead Examine(string snapshot)
    {
        if (DatabaseSnapshot.Fault(snapshot, thorough: false) is { } fault)
        {
            throw new BackupException($"数据库已损坏，未备份：{fault}。The database is damaged and was not backed up: {fault}.");
        }

        using var context = DatabaseSnapshot.Open(snapshot);
        var migration = context.Database.GetAppliedMigrations().LastOrDefault()
            ?? throw new BackupException($"{directory.DatabaseFile} 不是本程序的数据库。{directory.DatabaseFile} is no database of this program.");
        var at = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        return new BackupHead(BackupManifest.Format, BackupManifest.Version, at, typeof(BackupWriter).Assembly.GetName().Version!.ToString(3), migration);
    }

    private BackupTotal WriteArchive(string archive, string snapshot, string linesPath, BackupHead head, Action<string> missing, CancellationToken cancellation)
    {
        long files = 0, bytes = 0;
        using var file = Create(archive);
        using (var lines = Create(linesPath))
        using (var manifest = new StreamWriter(lines, leaveOpen: true) { NewLine = "\n" })
        using (var gzip = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax, leaveOpen: true))
        {
            manifest.WriteLine(BackupManifest.Line(head));
            Add(Path.GetFileName(directory.DatabaseFile), snapshot);
            using (var session = Read(snapshot))
            {
                foreach (var part in parts.OrderBy(part => part.Folder, StringComparer.Ordinal))
                {
                    AddPart(part, session);
                }
            }

            var total = new BackupTotal(files, bytes);
            manifest.WriteLine(BackupManifest.Line(total));
            manifest.Flush();
            lines.Position = 0;
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, BackupManifest.Name) { DataStream = lines, ModificationTime = head.At });

            void AddPart(IBackupPart part, ReadSession session)
            {
                var before = "";
                foreach (var name in part.Files(session, directory.File(part.Folder)))
                {
                    cancellation.ThrowIfCancellationRequested();
                    var whole = $"{part.Folder}/{name}";
                    if (!BackupManifest.IsName(whole) || string.CompareOrdinal(before, whole) >= 0)
                    {
                        throw new BackupException($"{whole} 不能放入备份：名称不允许或顺序不对。{whole} cannot be part of a backup: its name is not allowed, or out of order.");
                    }

                    before = whole;
                    try
                    {
                        Add(whole, directory.File([part.Folder, .. name.Split('/')]));
                    }
                    catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
                    {
                        missing(whole);
                    }
                }
            }

            void Add(string name, string path)
            {
                using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                using var hashed = new HashedStream(content, content.Length);
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = hashed, ModificationTime = File.GetLastWriteTimeUtc(path), Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
                });
                manifest.WriteLine(BackupManifest.Line(new BackupEntry(name, hashed.Length, hashed.Hash())));
                files++;
                bytes += hashed.Length;
            }
        }

        file.Flush(flushToDisk: true);
        return new BackupTotal(files, bytes);
    }

    // The copy is in the archive as it was; for reading with this program's model it may now be brought to its schema.
    private ReadSession Read(string snapshot)
    {
        var context = DatabaseSnapshot.Open(snapshot);
        if (context.Database.GetPendingMigrations().Any())
        {
            context.Database.Migrate();
        }

        return new ReadSession(context, services, Actor.System);
    }
}
