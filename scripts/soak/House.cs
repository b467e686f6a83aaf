using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Components.Server;

namespace HongqiaoDashboard.Soak;

/// <summary>
/// The program as it is, by its own entry point, in a process of its own; with another clock, and a circuit that was left
/// without a word is forgotten sooner. Answers on standard output what it is asked on standard input, a line each.
/// </summary>
internal static class House
{
    /// <summary>What begins each answer; everything else on standard output is the program's log.</summary>
    public const string Mark = "soak ";

    /// <summary>How long a circuit waits for its browser to come back.</summary>
    public static readonly TimeSpan CircuitKept = TimeSpan.FromSeconds(5);

    /// <summary>Runs it until standard input ends.</summary>
    /// <param name="data">Its data folder.</param>
    /// <param name="updatesADay">How many log entries make a day pass.</param>
    public static async Task RunAsync(string data, double updatesADay)
    {
        var program = Assembly.Load("HongqiaoDashboard");
        var clock = new AheadClock(new DateTimeOffset(2026, 1, 15, 0, 0, 0, TimeSpan.Zero));
        var composed = new TaskCompletionSource<IHost>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Composition(clock, composed));
        string[] arguments = ["--applicationName=HongqiaoDashboard", "--urls=http://127.0.0.1:0", $"--Data:Directory={data}", $"--Data:MasterKeyFile={data}.key", "--Demo:Enabled=false",
            // Everybody comes from this machine, and so as one and the same.
            "--Access:Connections:MostPerIdentity=1000000", "--Access:Limits:CallsPerSecond=1000000", "--Access:Limits:CallsAtOnce=1000000"];
        var running = Task.Run(() => program.EntryPoint!.Invoke(null, [arguments]));
        await Task.WhenAny(composed.Task, running);
        var services = (await composed.Task).Services;
        Feeder? feeder = null;
        while (await Console.In.ReadLineAsync() is { } line)
        {
            // The first line comes when the program listens, and so has a database.
            feeder ??= new Feeder(
                services.GetRequiredService<IIncidentDesk>(), services.GetRequiredService<IIncidentCatalog>(), services.GetRequiredService<IGridDirectory>(), clock, updatesADay);
            if (line.StartsWith("feed ", StringComparison.Ordinal))
            {
                await feeder.FeedAsync(int.Parse(line[5..], CultureInfo.InvariantCulture));
            }

            Console.WriteLine(Mark + JsonSerializer.Serialize(Measure(services, feeder, clock)));
        }

        services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await running;
    }

    private static HouseState Measure(IServiceProvider services, Feeder feeder, AheadClock clock)
    {
        // Twice: what finalizers let go of is collected the second time. Aggressive gives back what is free, so that the
        // working set says what is held.
        for (var round = 0; round < 2; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        var heap = GC.GetTotalMemory(forceFullCollection: false);
        using var self = Process.GetCurrentProcess();
        return new HouseState(
            heap, self.WorkingSet64, History(services), feeder.Updates, feeder.OpenCases, clock.GetUtcNow(), services.GetRequiredService<SituationConnections>().Count);
    }

    // The one thing that grows by design: a row of counts for each day of each scope above the basic grids, and its month around
    // it. They are stored as they are held, a byte for the day before each row.
    private static long History(IServiceProvider services)
    {
        const int Row = Metric.Width * sizeof(int);
        const int ArrayHead = 24;
        const int Month = 32 + ArrayHead + (31 * 8) + ArrayHead + (Metric.Width * sizeof(long));
        using var read = services.GetRequiredService<IReadDoor>().Open(Actor.System);
        return read.Query<StoredTally>().Select(tally => tally.Counts.Length).ToList().Sum(length => Month + ((long)length / (1 + Row) * (ArrayHead + Row)));
    }

    // The program tells whoever listens when its services are composed; Entity Framework's tools and the framework's own tests
    // get hold of a program in the same way.
    private sealed class Composition(AheadClock clock, TaskCompletionSource<IHost> composed) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: IHostBuilder building })
            {
                building.ConfigureServices(services =>
                {
                    services.AddSingleton<TimeProvider>(clock).Configure<CircuitOptions>(circuits => circuits.DisconnectedCircuitRetentionPeriod = CircuitKept);
                    OpenDoor.Add(services);
                });
            }

            if (value is { Key: "HostBuilt", Value: IHost built })
            {
                composed.SetResult(built);
            }
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}

/// <summary>The program at one instant, after a forced collection.</summary>
/// <param name="Heap">Bytes of managed heap.</param>
/// <param name="WorkingSet">Bytes of memory that the process holds.</param>
/// <param name="History">Bytes of the heap that hold the day counts of all history: about six megabytes a year.</param>
/// <param name="Updates">Log entries so far.</param>
/// <param name="OpenCases">Cases under way.</param>
/// <param name="At">What its clock says.</param>
/// <param name="Connections">Connections of the hub.</param>
internal sealed record HouseState(long Heap, long WorkingSet, long History, long Updates, int OpenCases, DateTimeOffset At, int Connections);
