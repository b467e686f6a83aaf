using System.Data.Common;
using HongqiaoDashboard.Platform.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>Connection text and the settings that every SQLite connection must have.</summary>
internal static class SqliteConnections
{
    /// <summary>How long a writer waits for another process's transaction before it gives up.</summary>
    public const int BusyTimeoutSeconds = 10;

    /// <summary>Connection string of the embedded database.</summary>
    /// <param name="directory">The data folder.</param>
    public static string ConnectionString(DataDirectory directory) => new SqliteConnectionStringBuilder
    {
        DataSource = directory.DatabaseFile,
        Mode = SqliteOpenMode.ReadWriteCreate,
        DefaultTimeout = BusyTimeoutSeconds,
        ForeignKeys = true,
    }.ToString();

    /// <summary>
    /// WAL lets readers go on beside the writer; FULL makes each commit reach the disk before it is acknowledged. The busy
    /// timeout makes SQLite itself look for another process's lock every few milliseconds, at first; the provider, which goes
    /// on when SQLite gives up, looks every 150 only and would hardly ever find a busy writer's lock free.
    /// </summary>
    /// <param name="connection">A connection that was just opened.</param>
    public static void Configure(DbConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000; PRAGMA busy_timeout=1000;";
        command.ExecuteNonQuery();
    }

    /// <summary>Asserts what <see cref="Configure"/> asked for.</summary>
    /// <param name="connection">An open connection.</param>
    /// <exception cref="InvalidOperationException">The database does not keep the settings that durability rests on.</exception>
    public static void Assert(DbConnection connection)
    {
        var journal = Read(connection, "PRAGMA journal_mode");
        var synchronous = Read(connection, "PRAGMA synchronous");
        if (journal != "wal" || synchronous != "2")
        {
            throw new InvalidOperationException(
                $"The database must run with journal_mode=WAL and synchronous=FULL, but reports '{journal}' and '{synchronous}'. Is the data folder on a file system without shared memory?");
        }
    }

    private static string? Read(DbConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
        command.CommandText = pragma;
        return Convert.ToString(command.ExecuteScalar(), System.Globalization.CultureInfo.InvariantCulture);
    }
}

/// <summary>Sets the PRAGMAs on every connection that Entity Framework opens.</summary>
internal sealed class PragmaInterceptor : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) =>
        SqliteConnections.Configure(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        SqliteConnections.Configure(connection);
        return Task.CompletedTask;
    }
}
