using System.Globalization;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary><c>-- restore FILE</c>: brings a backup back into an empty data folder, whole or not at all.</summary>
internal sealed class RestoreVerb(DataDirectory directory, IEnumerable<IBackupPart> parts, VerbRecords? records = null) : IVerb
{
    private const string LockName = "server.lock";

    public string Name => "restore";

    public string Usage => "restore FILE         brings a backup back into an empty data folder / 将备份恢复到空的数据目录";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (call.Arguments is not [{ Length: > 0 } file])
        {
            await call.Error.WriteLineAsync(Usage);
            return VerbCall.WrongCall;
        }

        try
        {
            await RestoreAsync(Path.GetFullPath(file), call, cancellation);
            return 0;
        }
        catch (BackupException e)
        {
            await call.Error.WriteLineAsync(e.Message);
        }
        catch (OperationCanceledException)
        {
            await call.Error.WriteLineAsync("已取消，没有恢复任何内容。Cancelled; nothing was restored.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or SqliteException)
        {
            await call.Error.WriteLineAsync($"没有恢复任何内容：{e.Message}。Nothing was restored: {e.Message}");
        }

        return 1;
    }

    private async Task RestoreAsync(string file, VerbCall call, CancellationToken cancellation)
    {
        if (!File.Exists(file))
        {
            throw new BackupException($"没有文件 {file}。There is no file {file}.");
        }

        using var held = ServerLock.TryTake(directory)
            ?? throw new BackupException($"数据目录 {directory.Root} 正被另一个服务或恢复使用。Another server or restore is working on the data folder {directory.Root}.");
        var stage = new RestoreStage(directory.Root);
        stage.Clean();
        if (Directory.EnumerateFileSystemEntries(directory.Root).Any(path => Path.GetFileName(path) != LockName))
        {
            throw new BackupException($"数据目录 {directory.Root} 不是空的，不会覆盖。The data folder {directory.Root} is not empty, and nothing in it is overwritten.");
        }

        try
        {
            stage.Begin();
            var database = Path.GetFileName(directory.DatabaseFile);
            var reader = new BackupReader(file, database, parts.Select(part => part.Folder).ToHashSet(StringComparer.Ordinal), new DriveInfo(directory.Root).AvailableFreeSpace);
            var (head, total) = reader.Verify(stage.Seen, cancellation);
            reader.Extract(stage.Seen, stage.Files, cancellation);
            Examine(Path.Combine(stage.Files, database));
            var remarks = parts.Select(part => part.Remark(Path.Combine(stage.Files, part.Folder))).OfType<string>().ToList();
            cancellation.ThrowIfCancellationRequested();
            stage.Place(database);
            if (records is not null)
            {
                // Into the trail that came back: whoever reads it sees where it was taken up again.
                await records.TryAsync(new AuditRecord("data.restored", Path.GetFileName(file)) { Facts = [new("asOf", head.At)] }, call.Error);
            }

            foreach (var remark in remarks)
            {
                await call.Error.WriteLineAsync(remark);
            }

            await call.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture, $"OK: {directory.Root}, {total.Files} files, {total.Bytes} bytes, as of {head.At:O}, {head.Migration}"));
        }
        catch
        {
            stage.Clean();
            throw;
        }
    }

    private static void Examine(string database)
    {
        if (DatabaseSnapshot.Fault(database, thorough: true) is { } fault)
        {
            throw new BackupException($"备份中的数据库已损坏：{fault}。The database in the archive is damaged: {fault}.");
        }

        using var context = DatabaseSnapshot.Open(database);
        var applied = context.Database.GetAppliedMigrations().ToList();
        if (applied.Count == 0)
        {
            throw new BackupException("备份中的数据库不是本程序的。The database in the archive is not one of this program.");
        }

        if (applied.Except(context.Database.GetMigrations()).FirstOrDefault() is { } newer)
        {
            throw new BackupException($"此备份来自更新版本的程序（{newer}），请用该版本恢复。The backup is of a newer version of the program ({newer}); restore it with that one.");
        }
    }
}
