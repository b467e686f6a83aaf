using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Bench;

/// <summary>What reports cost on their way into the tables.</summary>
internal static class Writing
{
    private const int Changes = 10_240;
    private const int Batch = 256;

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folders are made.</param>
    public static async Task RunAsync(string folder)
    {
        await using var lane = House.Compose(Path.Combine(folder, "lane"));
        await using var desk = House.Compose(Path.Combine(folder, "desk"));
        await using var raw = House.Compose(Path.Combine(folder, "raw"));
        await using var searched = House.Compose(Path.Combine(folder, "raw-searched"));
        Console.WriteLine($"Writing: {Changes:N0} reports a round, a row and a log entry each, {Batch} to a transaction, WAL, synchronous=FULL");
        var writing = await Rounds.MeasureAsync(
            ("raw prepared INSERTs (baseline)", RawWriter(raw, Changes)),
            ("write lane, hot tables", LaneWriter(lane)),
            ("case desk, as Open311 calls it", DeskWriter(desk)),
            ("raw prepared INSERTs, search index too", RawWriter(searched, Changes, withSearch: true)));
        Rounds.Print(writing, time => $"{2 * Changes / time.TotalSeconds,12:N0} rows/s", Rounds.OfRate, "of the baseline's rate");
        Console.WriteLine($"  The desk writes the search index too: {Rounds.OfRate(writing[2].Median, writing[3].Median):0.00} of the rate of raw INSERTs that do");
    }

    private static Func<Task> DeskWriter(WebApplication app)
    {
        var desk = app.Services.GetRequiredService<IIncidentDesk>();
        var places = House.Places(app);
        return () => Task.WhenAll(Enumerable.Range(0, Changes).Select(n => desk.ReportAsync(
            new ReportIncident { Type = "0401", Point = places[n % places.Length], Description = "bench", Source = "bench" }, Actor.System)));
    }

    private static Func<Task> LaneWriter(WebApplication app)
    {
        var lane = app.Services.GetRequiredService<IWriteLane>();
        (Incident Incident, IncidentEvent Entry)? sample = null;
        return async () =>
        {
            var (model, entry) = sample ??= await House.SampleAsync(app);
            await Task.WhenAll(Enumerable.Range(0, Changes).Select(_ => lane.WriteAsync(session =>
            {
                var (id, seq) = (session.Next("incident"), session.Next("incident-log"));
                session.Hot<Incident>().Insert(model with { Id = id, Number = $"B{id:D9}", LastSeq = seq });
                session.Hot<IncidentEvent>().Insert(new IncidentEvent
                {
                    Seq = seq, IncidentId = id, Kind = entry.Kind, At = entry.At, ActorId = entry.ActorId, ActorName = entry.ActorName,
                    From = entry.From, To = entry.To, Detail = entry.Detail, Before = entry.Before, After = entry.After,
                });
                return id;
            })));
        };
    }

    /// <summary>
    /// The least that any program could do on the same tables with the same indexes and the same promise to the caller: values
    /// ready, commands prepared once, one thread.
    /// </summary>
    /// <param name="app">A program of its own.</param>
    /// <param name="changes">How many reports a round.</param>
    /// <param name="withSearch">Whether the index of texts is written too, as it is for every case.</param>
    public static Func<Task> RawWriter(WebApplication app, int changes, bool withSearch = false)
    {
        var connection = new SqliteConnection(SqliteConnections.ConnectionString(app.Services.GetRequiredService<DataDirectory>()));
        connection.Open();
        SqliteConnections.Configure(connection);
        (SqliteCommand Command, int Key, int Other)? incidents = null;
        (SqliteCommand Command, int Key, int Other)? events = null;
        SqliteCommand? search = null;
        var next = 1_000L;
        return async () =>
        {
            if (incidents is null)
            {
                await House.SampleAsync(app);
                incidents = Prepare("Incidents", "Id", "Number");
                events = Prepare("IncidentEvents", "Seq", "IncidentId");
                search = withSearch ? PrepareSearch() : null;
            }

            for (var written = 0; written < changes; written += Batch)
            {
                using var transaction = connection.BeginTransaction(deferred: false);
                for (var i = 0; i < Batch; i++)
                {
                    next++;
                    Insert(incidents.Value, transaction, next, $"B{next:D9}");
                    Insert(events!.Value, transaction, next, next);
                    if (search is not null)
                    {
                        Insert((search, 0, 1), transaction, next, CaseText.Pairs("bench", null)!);
                    }
                }

                transaction.Commit();
            }
        };

        (SqliteCommand, int, int) Prepare(string table, string key, string other)
        {
            using var sample = connection.CreateCommand();
    #pragma warning disable CA2100 // Names of tables and columns of this program.
            sample.CommandText = $"SELECT * FROM {table} LIMIT 1";
            using var reader = sample.ExecuteReader();
            reader.Read();
            var insert = connection.CreateCommand();
            var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToList();
            insert.CommandText = $"INSERT INTO {table} ({string.Join(", ", names.Select(n => $"\"{n}\""))}) VALUES ({string.Join(", ", names.Select((_, i) => $"$p{i}"))})";
    #pragma warning restore CA2100
            for (var i = 0; i < names.Count; i++)
            {
                insert.Parameters.AddWithValue($"$p{i}", reader.GetValue(i));
            }

            return (insert, names.IndexOf(key), names.IndexOf(other));
        }

        SqliteCommand PrepareSearch()
        {
            var insert = connection.CreateCommand();
            insert.CommandText = "INSERT INTO \"CaseSearch\" (\"rowid\", \"Pairs\") VALUES ($key, $pairs)";
            insert.Parameters.AddWithValue("$key", 0L);
            insert.Parameters.AddWithValue("$pairs", "");
            return insert;
        }

        static void Insert((SqliteCommand Command, int Key, int Other) table, SqliteTransaction transaction, long key, object other)
        {
            table.Command.Transaction = transaction;
            table.Command.Parameters[table.Key].Value = key;
            table.Command.Parameters[table.Other].Value = other;
            table.Command.ExecuteNonQuery();
        }
    }
}
