using System.Globalization;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Peers;

/// <summary>What a foreign client sees when the server dies, and what its neighbours see when it stops itself.</summary>
[Collection(ServerCollection.Name)]
public sealed class SituationFaultTests
{
    [Fact]
    public async Task Client_OfAServerThatIsKilledAndRestarted_ResyncsInANewEpochWithoutAGap()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        try
        {
            var server = await AppServer.StartAsync(data);
            await using var peer = SituationClient.Start(server);
            await peer.OpenAsync("json", "json");
            await peer.OpenAsync("msgpack", "msgpack");
            await Reporting.ReportManyAsync(server.Http, 40);
            await peer.UntilOpenAsync("json", 40);
            await server.KillAsync();
            await server.DisposeAsync();

            await using var restarted = await AppServer.StartAsync(data, port: server.Address.Port);
            foreach (var client in (string[])["json", "msgpack"])
            {
                await peer.UntilAsync(client, new { epochs = 2, synced = true });
            }

            await Reporting.ReportManyAsync(restarted.Http, 40, first: 40);
            foreach (var client in (string[])["json", "msgpack"])
            {
                var state = (await peer.UntilOpenAsync(client, 80)).AssertUnbroken();
                Assert.Equal((2, 2, 2), (state.Epochs.Length, state.Connects, state.Snapshots));
                Assert.Null((await peer.CompareAsync(client)).Difference);
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Client_ThatStops_DelaysNobodyCostsNoMemoryAndCatchesUp()
    {
        await using var server = await AppServer.StartAsync();
        await using var others = SituationClient.Start(server);
        await using var stopped = SituationClient.Start(server);
        string[] names = [.. Enumerable.Range(1, 9).Select(n => $"c{n}")];
        foreach (var name in names)
        {
            await others.OpenAsync(name, name[^1] % 2 == 0 ? "msgpack" : "json");
        }

        await stopped.OpenAsync("s");
        using var load = new Load(server.Http);
        var before = await DeltasAsync(others, names, 16);
        var memory = Memory(server);

        stopped.Freeze();
        var during = await DeltasAsync(others, names, 40);
        var grown = Memory(server) - memory;
        stopped.Thaw();
        var posted = await load.StopAsync();

        // Nobody waits longer than before: the usual step is a tick, and the slowest steps are not slower than a heartbeat.
        Assert.InRange(Median(during), 0, (2 * Median(before)) + 250);
        Assert.InRange(during.Max(), 0, 5_000);
        Assert.InRange(grown, long.MinValue, 96 << 20);
        foreach (var name in names)
        {
            (await others.UntilOpenAsync(name, posted)).AssertUnbroken();
        }

        var late = await stopped.UntilOpenAsync("s", posted);
        Assert.Equal((0, 0, 0, 0), (late.Gaps, late.Duplicates, late.Early, late.Faults.Length));
        Assert.Null((await stopped.CompareAsync("s")).Difference);
        Assert.Null((await others.CompareAsync(names[0])).Difference);
    }

    // Steps between deltas, of all clients, over the next so many deltas of each.
    private static async Task<List<int>> DeltasAsync(SituationClient peer, string[] names, int count)
    {
        var steps = new List<int>();
        var marks = new Dictionary<string, int>();
        foreach (var name in names)
        {
            marks[name] = (await peer.StateAsync(name)).Deltas;
        }

        foreach (var name in names)
        {
            var state = await peer.UntilAsync(name, new { deltas = marks[name] + count });
            steps.AddRange(state.DeltaGaps.Skip(Math.Max(0, marks[name] - 1)).Take(count));
        }

        return steps;
    }

    private static int Median(List<int> values) => values.Order().ElementAt(values.Count / 2);

    private static long Memory(AppServer server)
    {
        var line = File.ReadLines($"/proc/{server.ProcessId}/status").Single(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    // Reports at a steady rate until it is told to stop.
    private sealed class Load : IDisposable
    {
        private readonly PeriodicTimer _timer = new(TimeSpan.FromMilliseconds(40));
        private readonly Task<int> _posting;

        public Load(HttpClient http) => _posting = PostAsync(http);

        public async Task<int> StopAsync()
        {
            _timer.Dispose();
            return await _posting;
        }

        public void Dispose() => _timer.Dispose();

        private async Task<int> PostAsync(HttpClient http)
        {
            var posted = 0;
            while (await _timer.WaitForNextTickAsync(TestContext.Current.CancellationToken))
            {
                await Reporting.ReportAsync(http, posted++);
            }

            return posted;
        }
    }
}
