namespace HongqiaoDashboard.Bench;

/// <summary>What it costs the server to bring a change to its clients.</summary>
internal static class Delivery
{
    private const int RoundsCounted = 5;

    private static readonly int[] Clients = [0, 20, 200, 1_000];

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folders are made.</param>
    public static async Task RunAsync(string folder)
    {
        var pictures = Path.Combine(folder, "pictures.json");
        await PicturesOf(folder, pictures);
        await using var json = await ServerProcess.ServeAsync("hub", Path.Combine(folder, "hub-json"), pictures);
        await using var messagePack = await ServerProcess.ServeAsync("hub", Path.Combine(folder, "hub-messagepack"), pictures);
        await using var bareJson = await ServerProcess.ServeAsync("bare", "json", pictures);
        await using var bareMessagePack = await ServerProcess.ServeAsync("bare", "messagepack", pictures);
        await using var socketIo = await ServerProcess.StartAsync("node", Path.Combine(AppContext.BaseDirectory, "socket-io.mjs"), pictures);
        Candidate[] candidates =
        [
            new("bare Kestrel WebSocket, JSON ready", bareJson, Dialect.Silent),
            new("bare Kestrel WebSocket, MessagePack ready", bareMessagePack, Dialect.Silent),
            new("Socket.IO, JSON", socketIo, Dialect.SocketIo),
            new("hub, JSON", json, Dialect.Json),
            new("hub, MessagePack", messagePack, Dialect.MessagePack),
        ];
        try
        {
            await MeasureAsync(candidates);
        }
        finally
        {
            foreach (var candidate in candidates)
            {
                await candidate.Watchers.DisposeAsync();
            }
        }
    }

    /// <summary>Makes the pictures that all servers are fed with.</summary>
    /// <param name="folder">Where a data folder is made.</param>
    /// <param name="file">Where they are written.</param>
    public static async Task PicturesOf(string folder, string file)
    {
        await using var app = House.Compose(Path.Combine(folder, "pictures"));
        await House.SampleAsync(app);
        using var picture = await House.PictureAsync(app);
        Pictures.From(picture.Current).Save(file);
    }

    private static async Task MeasureAsync(Candidate[] candidates)
    {
        Console.WriteLine("Delivery: processor time of the server for each delta that arrives, four pictures a second, one cell of twenty changed;");
        Console.WriteLine("  what the same feeding costs without clients is taken off; each server is a process of its own, its clients are not in it");
        await WarmAsync(candidates);
        var before = 0;
        foreach (var clients in Clients)
        {
            foreach (var candidate in candidates)
            {
                await candidate.Watchers.ConnectAsync(clients - before);
            }

            before = clients;
            var turns = candidates.Select(candidate => (candidate.Name, (Func<Task<double>>)(() => TurnAsync(candidate, clients)))).ToArray();
            var results = await Rounds.TakeTurnsAsync(RoundsCounted, turns);
            if (clients > 0)
            {
                Print(clients, [.. results.Select(result => result.Median)], candidates);
                continue;
            }

            for (var i = 0; i < candidates.Length; i++)
            {
                candidates[i].Idle = results[i].Median;
            }

            Console.WriteLine($"  Without clients: {string.Join(", ", candidates.Select(candidate => $"{candidate.Name} {candidate.Idle:0} µs a picture"))}");
        }
    }

    // What compiles while it runs has compiled what matters before it is measured.
    private static async Task WarmAsync(Candidate[] candidates)
    {
        foreach (var candidate in candidates)
        {
            await using var watchers = new Watchers(candidate.Server.Address, candidate.Dialect);
            await watchers.ConnectAsync(20);
            await candidate.Server.FeedAsync(pictures: 400, milliseconds: 5);
        }
    }

    // Few clients cost little, and that takes longer to be seen.
    private static int PicturesFor(int clients) => clients is > 0 and < 100 ? 12 : 6;

    // Microseconds of the server's: for a picture when there are no clients, else for each delta that has arrived.
    private static async Task<double> TurnAsync(Candidate candidate, int clients)
    {
        await Task.Delay(100);
        var (pictures, server, watchers) = (PicturesFor(clients), candidate.Server, candidate.Watchers);
        var (began, had) = (server.Cpu, watchers.Deltas);
        await server.FeedAsync(pictures);
        var arrived = await watchers.ArriveAsync(had + (long)pictures * clients) - had;
        var used = (server.Cpu - began).TotalMicroseconds;
        if (watchers.Lost > 0)
        {
            throw new InvalidOperationException($"{candidate.Name}: {watchers.Lost} of {clients} connections have ended.");
        }

        candidate.Missed += (long)pictures * clients - arrived;
        return clients == 0 ? used / pictures : (used - candidate.Idle * pictures) / arrived;
    }

    private static void Print(int clients, double[] costs, Candidate[] candidates)
    {
        Console.WriteLine($"  {clients:N0} clients:");
        for (var i = 0; i < candidates.Length; i++)
        {
            // The bare one that sends the same bytes is the baseline.
            var baseline = candidates[i].Name.Contains("MessagePack", StringComparison.Ordinal) ? 1 : 0;
            var ratios = i == baseline ? "(baseline)" : $"{costs[i] / costs[baseline],10:0.00} of the bare one's time{(i > 2 ? $"{costs[i] / costs[2],8:0.00} of Socket.IO's" : "")}";
            // A server on a busy machine may leave pictures out for clients that are behind.
            var missed = candidates[i].Missed == 0 ? "" : $"; {candidates[i].Missed:N0} left out";
            candidates[i].Missed = 0;
            Console.WriteLine($"    {candidates[i].Name,-44}{costs[i],8:0.0} µs{candidates[i].Watchers.Size,8:N0} bytes {ratios}{missed}");
        }
    }

    private sealed record Candidate(string Name, ServerProcess Server, Dialect Dialect)
    {
        public Watchers Watchers { get; } = new(Server.Address, Dialect);

        /// <summary>Microseconds that a picture costs without clients.</summary>
        public double Idle { get; set; }

        /// <summary>Deltas that clients were not sent, since this was last told.</summary>
        public long Missed { get; set; }
    }
}
