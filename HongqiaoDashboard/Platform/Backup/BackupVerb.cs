using System.Globalization;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Hosting;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary><c>-- backup FILE</c>: one file with everything of the data folder, while a server may be working on it.</summary>
internal sealed class BackupVerb(BackupWriter writer, VerbRecords? records = null) : IVerb
{
    public string Name => "backup";

    public string Usage => "backup FILE          writes a backup of the data folder / 备份数据目录";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (call.Arguments is not [{ Length: > 0 } file])
        {
            await call.Error.WriteLineAsync(Usage);
            return VerbCall.WrongCall;
        }

        var target = Path.GetFullPath(file);
        if (Path.Exists(target))
        {
            await call.Error.WriteLineAsync($"{target} 已存在，不会覆盖。{target} is there already and is not overwritten.");
            return 1;
        }

        var (missing, isRecorded) = (0, true);
        try
        {
            // Before it is made, so that the backup itself speaks of it, and nobody copies everything unseen.
            await RecordAsync(AuditResult.Begun);
            var (head, total) = writer.Write(
                target,
                name =>
                {
                    missing++;
                    call.Error.WriteLine($"缺少文件 {name}，备份中没有它。{name} is missing, so it is not in the backup.");
                },
                cancellation);
            await call.Output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{(missing == 0 ? "OK" : $"{missing} missing")}: {target}, {total.Files} files, {total.Bytes} bytes, as of {head.At:O}, {head.Migration}"));
            await RecordAsync(AuditResult.Done, new("files", total.Files), new("megabytes", (total.Bytes + (1 << 20) - 1) >> 20), new("missing", missing));
            return missing == 0 ? 0 : 1;
        }
        catch (BackupException e)
        {
            await call.Error.WriteLineAsync(e.Message);
        }
        catch (OperationCanceledException)
        {
            await call.Error.WriteLineAsync("已取消，没有留下备份。Cancelled; no backup was left.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or SqliteException)
        {
            await call.Error.WriteLineAsync($"备份未完成：{e.Message}。The backup was not made: {e.Message}");
        }

        await RecordAsync(AuditResult.Failed);
        return 1;

        async Task RecordAsync(AuditResult result, params AuditFact[] facts) =>
            isRecorded = isRecorded && records is not null
                && await records.TryAsync(new AuditRecord("data.backed-up", Path.GetFileName(target), result) { Facts = facts }, call.Error);
    }
}
