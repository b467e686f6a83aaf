#:sdk Microsoft.NET.Sdk.Web
#:property AssemblyName=HongqiaoDashboard.Bench
#:property PublishAot=false
#:property GenerateDocumentationFile=true
#:project ../HongqiaoDashboard/HongqiaoDashboard.csproj

// Measures what design decisions rest on, as ratios against a named baseline, so that machines compare:
//
//     bash scripts/bench.sh
//
// Each figure is the median of rounds in which the candidates take turns, after one round that is not counted.

using System.Diagnostics;
using System.Text.Json;
using HongqiaoDashboard.Features.Calendar;
using HongqiaoDashboard.Features.Grids;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Web;
using MessagePack;
using Microsoft.Data.Sqlite;

const int Rounds = 7;
const int Changes = 10_240;
const int Batch = 256;

var folder = Directory.CreateTempSubdirectory("hongqiao-bench-");
try
{
    await using var lane = Compose(Path.Combine(folder.FullName, "lane"));
    await using var desk = Compose(Path.Combine(folder.FullName, "desk"));
    await using var raw = Compose(Path.Combine(folder.FullName, "raw"));

    Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {Rounds} rounds, median; data in {Path.GetPathRoot(folder.FullName)}");
    Console.WriteLine();
    Console.WriteLine($"Writing: {Changes} reports a round, a row and a log entry each, {Batch} to a transaction, WAL, synchronous=FULL");
    var writing = await MeasureAsync(
        ("raw prepared INSERTs (baseline)", RawWriter(raw)),
        ("write lane, hot tables", LaneWriter(lane)),
        ("case desk, as Open311 calls it", DeskWriter(desk)));
    Print(writing, time => $"{2 * Changes / time.TotalSeconds,12:N0} rows/s", (time, baseline) => baseline / time, "of the baseline's rate");

    var edition = lane.Services.GetRequiredService<IGridDirectory>().Current;
    var before = await PictureAsync(lane);
    var after = before with
    {
        Version = before.Version + 1,
        Heat = [.. before.Heat.Select((cell, i) => i % 20 == 0 ? cell with { Open = cell.Open + 1, Today = cell.Today + 1 } : cell)],
    };
    var delta = SituationDelta.Between(before, after);
    Console.WriteLine();
    Console.WriteLine($"Sending: {before.Heat.Count} cells of {edition.Id}, {delta.Heat.Count} of them changed ({100.0 * delta.Heat.Count / before.Heat.Count:0.0} %), {before.Stream.Count} cards, {before.Kpis.Count} figures");
    Size("JSON", value => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), SituationWire.Json).Length);
    Size("MessagePack", value => MessagePackSerializer.Serialize(value.GetType(), value, SituationWire.MessagePack).Length);

    void Size(string protocol, Func<object, int> bytes) =>
        Console.WriteLine($"  {protocol,-34}{bytes(before),12:N0} bytes snapshot (baseline){bytes(delta),10:N0} bytes delta {(double)bytes(delta) / bytes(before),8:0.000} of the baseline");

    var sending = await MeasureAsync(
        ("write the snapshot (baseline)", Repeated(() => JsonSerializer.SerializeToUtf8Bytes(before, SituationWire.Json))),
        ("find and write the delta", Repeated(() => JsonSerializer.SerializeToUtf8Bytes(SituationDelta.Between(before, after), SituationWire.Json))));
    Print(sending, time => $"{time.TotalMicroseconds / 200,12:N0} µs", (time, baseline) => time / baseline, "of the baseline's time");
}
finally
{
    SqliteConnection.ClearAllPools();
    folder.Delete(recursive: true);
}

static WebApplication Compose(string data)
{
    var builder = WebApplication.CreateBuilder([$"--Data:Directory={data}"]);
    builder.Logging.ClearProviders();
    builder.AddPersistence();
    builder.AddIdentity();
    builder.AddWebShell();
    builder.AddCalendar();
    builder.AddGrids();
    builder.AddIncidents();
    builder.AddSituation();
    var app = builder.Build();
    DatabaseStartup.Open(app.Services)!.Dispose();
    return app;
}

static async Task<List<(string Name, TimeSpan Median)>> MeasureAsync(params (string Name, Func<Task> Run)[] candidates)
{
    var times = candidates.Select(_ => new List<TimeSpan>()).ToList();
    for (var round = 0; round <= Rounds; round++)
    {
        for (var i = 0; i < candidates.Length; i++)
        {
            GC.Collect();
            var began = Stopwatch.GetTimestamp();
            await candidates[i].Run();
            if (round > 0)
            {
                times[i].Add(Stopwatch.GetElapsedTime(began));
            }
        }
    }

    return [.. candidates.Select((c, i) => (c.Name, times[i].Order().ElementAt(Rounds / 2)))];
}

static void Print(List<(string Name, TimeSpan Median)> results, Func<TimeSpan, string> amount, Func<TimeSpan, TimeSpan, double> ratio, string of)
{
    foreach (var (name, median) in results)
    {
        Console.WriteLine($"  {name,-34}{amount(median)}{ratio(median, results[0].Median),8:0.00} {of}");
    }
}

static Func<Task> Repeated(Func<byte[]> work) => () =>
{
    for (var i = 0; i < 200; i++)
    {
        work();
    }

    return Task.CompletedTask;
};

static Func<Task> DeskWriter(WebApplication app)
{
    var desk = app.Services.GetRequiredService<IIncidentDesk>();
    var places = Places(app);
    return () => Task.WhenAll(Enumerable.Range(0, Changes).Select(n => desk.ReportAsync(
        new ReportIncident { Type = "0401", Point = places[n % places.Length], Description = "bench", Source = "bench" }, Actor.System)));
}

static Func<Task> LaneWriter(WebApplication app)
{
    var lane = app.Services.GetRequiredService<IWriteLane>();
    (Incident Incident, IncidentEvent Entry)? sample = null;
    return async () =>
    {
        var (model, entry) = sample ??= await SampleAsync(app);
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

// The least that any program could do on the same tables with the same indexes and the same promise to the caller: values
// ready, commands prepared once, one thread.
static Func<Task> RawWriter(WebApplication app)
{
    var connection = new SqliteConnection(SqliteConnections.ConnectionString(app.Services.GetRequiredService<HongqiaoDashboard.Platform.Hosting.DataDirectory>()));
    connection.Open();
    SqliteConnections.Configure(connection);
    (SqliteCommand Command, int Key, int Other)? incidents = null;
    (SqliteCommand Command, int Key, int Other)? events = null;
    var next = 1_000L;
    return async () =>
    {
        if (incidents is null)
        {
            await SampleAsync(app);
            incidents = Prepare("Incidents", "Id", "Number");
            events = Prepare("IncidentEvents", "Seq", "IncidentId");
        }

        for (var written = 0; written < Changes; written += Batch)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            for (var i = 0; i < Batch; i++)
            {
                next++;
                Insert(incidents.Value, transaction, next, $"B{next:D9}");
                Insert(events!.Value, transaction, next, next);
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

    static void Insert((SqliteCommand Command, int Key, int Other) table, SqliteTransaction transaction, long key, object other)
    {
        table.Command.Transaction = transaction;
        table.Command.Parameters[table.Key].Value = key;
        table.Command.Parameters[table.Other].Value = other;
        table.Command.ExecuteNonQuery();
    }
}

static async Task<(Incident Incident, IncidentEvent Entry)> SampleAsync(WebApplication app)
{
    await app.Services.GetRequiredService<IIncidentDesk>().ReportAsync(
        new ReportIncident { Type = "0401", Point = Places(app)[0], Description = "bench", Source = "bench" }, Actor.System);
    using var read = app.Services.GetRequiredService<IReadDoor>().Open(Actor.System);
    return (read.Query<Incident>().First(), read.Query<IncidentEvent>().First());
}

static HongqiaoDashboard.Kernel.GeoPoint[] Places(WebApplication app) =>
    [.. app.Services.GetRequiredService<IGridDirectory>().Current.Units.Where(unit => unit.Tier == GridTier.Basic).Select(unit => unit.Centre)];

static async Task<SituationSnapshot> PictureAsync(WebApplication app)
{
    var projection = app.Services.GetRequiredService<SituationProjection>();
    var asking = projection.SubscribeAsync(null, Actor.System, static () => { });
    for (var look = 0; !asking.IsCompleted && look < 100; look++)
    {
        projection.Step();
    }

    using var subscription = await asking.WaitAsync(TimeSpan.FromMinutes(1));
    return subscription.Current;
}
