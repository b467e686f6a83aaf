using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Platform.Audit;

/// <summary>
/// Records of verbs that must do their work where nothing can be recorded, too: a backup of a full disk, a restore of an older
/// program's data. They say so then.
/// </summary>
internal sealed class VerbRecords(DataDirectory directory, IDbContextFactory<AppDbContext> contexts, IWriteLane lane)
{
    /// <summary>Keeps a record, or says that none was kept.</summary>
    /// <param name="record">What is done, by whoever sits at the console.</param>
    /// <param name="error">Standard error.</param>
    /// <returns>Whether it was kept.</returns>
    public async Task<bool> TryAsync(AuditRecord record, TextWriter error)
    {
        try
        {
            if (IsReady())
            {
                await lane.AuditAsync(record, Actor.Console);
                return true;
            }
        }
        catch (Exception e) when (e is StorageUnavailableException or SqliteException)
        {
            // Told below.
        }

        await error.WriteLineAsync($"审计记录未能写入：{record.Act}。The audit trail could not take a record: {record.Act}.");
        return false;
    }

    private bool IsReady()
    {
        if (!File.Exists(directory.DatabaseFile))
        {
            return false;
        }

        using var context = contexts.CreateDbContext();
        // Opened here, so that the look at the migrations takes this connection and its settings, and none of its own that only reads.
        context.Database.OpenConnection();
        return !context.Database.GetPendingMigrations().Any();
    }
}
