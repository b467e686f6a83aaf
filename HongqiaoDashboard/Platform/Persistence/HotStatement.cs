using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>
/// A statement that is prepared once and whose parameters are bound by number. The provider's command looks every parameter up by
/// its name and makes a reader each time it runs, which costs the writing thread more than SQLite itself.
/// </summary>
internal sealed class HotStatement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];

    /// <summary>Prepares a statement.</summary>
    /// <param name="connection">An open connection, which outlives it.</param>
    /// <param name="sql">Its text; parameters are ?1, ?2 and so on.</param>
    /// <exception cref="SqliteException">The database does not know what it names, or fails.</exception>
    public HotStatement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(_database, sql, out _statement), _database);
    }

    /// <summary>Runs it to its end, which leaves it ready for the next time; what was bound stays bound.</summary>
    /// <returns>How many rows it has changed.</returns>
    /// <exception cref="SqliteException">A constraint is broken, or the storage does not take it.</exception>
    public int Execute()
    {
        try
        {
            var code = raw.sqlite3_step(_statement);
            if (code is not (raw.SQLITE_DONE or raw.SQLITE_ROW))
            {
                SqliteException.ThrowExceptionForRC(code, _database);
            }

            return raw.sqlite3_changes(_database);
        }
        finally
        {
            _ = raw.sqlite3_reset(_statement);
        }
    }

    /// <summary>Binds nothing.</summary>
    public void BindNull(int parameter) => Check(raw.sqlite3_bind_null(_statement, parameter));

    /// <summary>Binds a number.</summary>
    public void Bind(int parameter, long value) => Check(raw.sqlite3_bind_int64(_statement, parameter, value));

    /// <summary>Binds a number.</summary>
    public void Bind(int parameter, double value) => Check(raw.sqlite3_bind_double(_statement, parameter, value));

    /// <summary>Binds bytes.</summary>
    public void Bind(int parameter, byte[] value) => Check(raw.sqlite3_bind_blob(_statement, parameter, value));

    /// <summary>Binds a text.</summary>
    public void Bind(int parameter, string value)
    {
        if (value.Length == 0)
        {
            // No bytes at all would be bound as nothing, which an empty text is not.
            Check(raw.sqlite3_bind_text(_statement, parameter, ""));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        if (_text.Length < most)
        {
            _text = new byte[most];
        }

        // SQLite copies it.
        var length = Encoding.UTF8.GetBytes(value, _text);
        Check(raw.sqlite3_bind_text(_statement, parameter, _text.AsSpan(0, length)));
    }

    /// <inheritdoc/>
    public void Dispose() => _statement.Dispose();

    private void Check(int code) => SqliteException.ThrowExceptionForRC(code, _database);
}
