using HongqiaoDashboard.Platform.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>Copies of the whole database, taken while others write, and looked at without touching the live one.</summary>
internal static class DatabaseSnapshot
{
    /// <summary>
    /// Copies one committed state of the database to a file. SQLite reads it like any reader: writers go on, and the
    /// write-ahead log is folded back afterwards.
    /// </summary>
    /// <param name="directory">The data folder; a server may be working on it.</param>
    /// <param name="path">The copy; an empty file of that name may be there.</param>
    public static void Take(DataDirectory directory, string path)
    {
        using var live = Connect(directory.DatabaseFile, SqliteOpenMode.ReadWrite);
        using var copy = Connect(path, SqliteOpenMode.ReadWriteCreate);
        Run(copy, "PRAGMA synchronous=OFF");
        live.BackupDatabase(copy);
        // One file, without a log of its own beside it.
        Run(copy, "PRAGMA journal_mode=DELETE");
    }

    /// <summary>Opens a copy with Entity Framework.</summary>
    /// <param name="path">The copy.</param>
    public static AppDbContext Open(string path) =>
        new(new DbContextOptionsBuilder<AppDbContext>().UseSqlite(Text(path, SqliteOpenMode.ReadWrite)).Options);

    /// <summary>What SQLite finds wrong with a copy; null when nothing.</summary>
    /// <param name="path">The copy.</param>
    /// <param name="thorough">True to compare indexes with their tables too, which takes several times as long.</param>
    public static string? Fault(string path, bool thorough)
    {
        try
        {
            using var copy = Connect(path, SqliteOpenMode.ReadWrite);
            using var command = copy.CreateCommand();
            command.CommandText = thorough ? "PRAGMA integrity_check(1)" : "PRAGMA quick_check(1)";
            return command.ExecuteScalar() as string is "ok" ? null : "integrity check";
        }
        catch (SqliteException e)
        {
            return e.Message;
        }
    }

    private static SqliteConnection Connect(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(Text(path, mode));
        connection.Open();
        return connection;
    }

    private static string Text(string path, SqliteOpenMode mode) => new SqliteConnectionStringBuilder
    {
        DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = SqliteConnections.BusyTimeoutSeconds,
    }.ToString();

    private static void Run(SqliteConnection connection, string pragma)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = pragma;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
