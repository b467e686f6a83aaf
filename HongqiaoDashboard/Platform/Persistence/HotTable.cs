using System.Data.Common;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>
/// Prepared statements generated from Entity Framework's own model, so that the hot tables keep one definition and still write
/// many times as fast as through change tracking. They run in whatever transaction their connection is in.
/// </summary>
/// <typeparam name="T">The entity. It has a single-column key; an update may be guarded by a concurrency token.</typeparam>
public sealed class HotTable<T> : IDisposable where T : class
{
    private readonly HotColumn<T>[] _columns;
    private readonly bool _guarded;
    private readonly Lazy<HotStatement> _insert;
    private readonly Lazy<HotStatement> _update;
    private readonly Lazy<HotStatement> _upsert;

    internal HotTable(SqliteConnection connection, IModel model)
    {
        var entity = model.FindEntityType(typeof(T)) ?? throw new InvalidOperationException($"{typeof(T).Name} is not an entity.");
        _columns = [.. entity.GetProperties().Select(property => new HotColumn<T>(property))];
        var key = _columns.Single(c => c.Property.IsPrimaryKey());
        var token = _columns.SingleOrDefault(c => c.Property.IsConcurrencyToken);
        _guarded = token is not null;
        var table = entity.GetTableName()!;
        var others = _columns.Where(c => c != key).ToArray();

        var insert = $"INSERT INTO \"{table}\" ({string.Join(", ", _columns.Select(c => c.Quoted))}) VALUES ({string.Join(", ", _columns.Select(Parameter))})";
        var update = new StringBuilder($"UPDATE \"{table}\" SET {string.Join(", ", others.Select(c => $"{c.Quoted} = {Parameter(c)}"))} WHERE {key.Quoted} = {Parameter(key)}");
        if (token is not null)
        {
            update.Append(System.Globalization.CultureInfo.InvariantCulture, $" AND {token.Quoted} = ?{_columns.Length + 1}");
        }

        var upsert = $"{insert} ON CONFLICT ({key.Quoted}) DO UPDATE SET {string.Join(", ", others.Select(c => $"{c.Quoted} = excluded.{c.Quoted}"))}";
        // Prepared when first used: a virtual table, for one, knows no upsert.
        _insert = new(() => new HotStatement(connection, insert));
        _update = new(() => new HotStatement(connection, update.ToString()));
        _upsert = new(() => new HotStatement(connection, upsert));

        string Parameter(HotColumn<T> column) => $"?{Array.IndexOf(_columns, column) + 1}";
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The entity, its key already set.</param>
    /// <exception cref="DbException">A constraint is broken, or the storage does not take it.</exception>
    public void Insert(T row) => Filled(_insert.Value, row).Execute();

    /// <summary>Adds a row, or writes it anew if its key is there; not guarded by a concurrency token.</summary>
    /// <param name="row">The entity as it shall be.</param>
    public void Upsert(T row) => Filled(_upsert.Value, row).Execute();

    /// <summary>Writes a row anew.</summary>
    /// <param name="row">The entity as it shall be.</param>
    /// <param name="expected">The concurrency token that the stored row must still have; ignored if the entity has none.</param>
    /// <returns>False when the row is gone or somebody else has changed it.</returns>
    public bool Update(T row, long? expected = null)
    {
        var update = Filled(_update.Value, row);
        if (_guarded)
        {
            update.Bind(_columns.Length + 1, expected ?? throw new ArgumentNullException(nameof(expected), "This entity is guarded by a concurrency token."));
        }

        return update.Execute() == 1;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var statement in (ReadOnlySpan<Lazy<HotStatement>>)[_insert, _update, _upsert])
        {
            if (statement.IsValueCreated)
            {
                statement.Value.Dispose();
            }
        }
    }

    private HotStatement Filled(HotStatement statement, T row)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Bind(row, statement, i + 1);
        }

        return statement;
    }
}
