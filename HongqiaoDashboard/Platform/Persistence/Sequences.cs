using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>The last number that a named sequence has given out.</summary>
internal sealed class Sequence
{
    public required string Name { get; init; }
    public long Last { get; set; }
}

internal sealed class SequenceConfiguration : IEntityTypeConfiguration<Sequence>
{
    public void Configure(EntityTypeBuilder<Sequence> builder)
    {
        builder.ToTable("Sequences");
        builder.HasKey(s => s.Name);
        builder.Property(s => s.Name).HasMaxLength(64);
    }
}

/// <summary>Reads each sequence once a transaction, counts in memory, stores at the end.</summary>
internal sealed class SequenceBook(LaneConnection lane, SqliteTransaction transaction)
{
    private readonly Dictionary<string, long> _last = [];
    private readonly Dictionary<string, long> _stored = [];
    private readonly Dictionary<string, long> _mark = [];

    public long Next(string name)
    {
        if (!_last.TryGetValue(name, out var last))
        {
            last = _stored[name] = Read(name);
        }

        _mark.TryAdd(name, last);
        return _last[name] = last + 1;
    }

    public void Mark() => _mark.Clear();

    public void Rewind()
    {
        foreach (var (name, last) in _mark)
        {
            _last[name] = last;
        }

        _mark.Clear();
    }

    public void Store()
    {
        foreach (var (name, last) in _last)
        {
            if (last == _stored[name])
            {
                continue;
            }

            using var command = lane.Connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = "INSERT INTO \"Sequences\" (\"Name\", \"Last\") VALUES ($name, $last) ON CONFLICT (\"Name\") DO UPDATE SET \"Last\" = excluded.\"Last\"";
            command.Parameters.AddWithValue("$name", name);
            command.Parameters.AddWithValue("$last", last);
            command.ExecuteNonQuery();
        }
    }

    private long Read(string name)
    {
        using var command = lane.Connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "SELECT \"Last\" FROM \"Sequences\" WHERE \"Name\" = $name";
        command.Parameters.AddWithValue("$name", name);
        return command.ExecuteScalar() is long last ? last : 0;
    }
}
