using System.Diagnostics;

namespace HongqiaoDashboard.Bench;

/// <summary>What the others notice of a wall that has stopped reading, and what the server keeps for it.</summary>
internal static class Stopped
{
    private const int Clients = 100;
    private const int PicturesFed = 12;
    private const int RoundsCounted = 7;

    // Enough to fill every buffer between the hub and a client that does not read.
    private const int Unread = 200;

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folder is made.</param>
    public static async Task RunAsync(string folder)
    {
        var pictures = Path.Combine(folder, "pictures.json");
        await Delivery.PicturesOf(folder, pictures);
        await using var server = await ServerProcess.ServeAsync("hub", Path.Combine(folder, "hub-stopped"), pictures);
        await using var watchers = new Watchers(server.Address, Dialect.Json);
        await watchers.ConnectAsync(Clients);
        await server.FeedAsync(pictures: 100, milliseconds: 10);
        Console.WriteLine($"A stopped wall: {Clients} hub clients beside it, {PicturesFed} pictures a round, four a second");
        var results = await Rounds.TakeTurnsAsync(
            RoundsCounted,
            ("99 of 100 within, all read (baseline)", () => ArrivalAsync(server, watchers)),
            ("99 of 100 within, one wall stopped", async () =>
            {
                using var stopped = await watchers.StopOneAsync(Unread);
                return await ArrivalAsync(server, watchers);
            }));
        foreach (var (name, median) in results)
        {
            Console.WriteLine($"  {name,-46}{median / 1_000,12:0.00} ms{median / results[0].Median,8:0.00} of the baseline's time");
        }

        await MemoryAsync(server, watchers);
    }

    // Microseconds from a picture to its arrival that 99 of 100 deltas keep.
    private static async Task<double> ArrivalAsync(ServerProcess server, Watchers watchers)
    {
        await Task.Delay(300);
        var (arrivals, had) = (watchers.Note(), watchers.Deltas);
        var fed = await server.FeedAsync(PicturesFed);
        await watchers.ArriveAsync(had + (PicturesFed * Clients));
        // A delta belongs to the last picture that was fed before it came.
        var times = arrivals.Select(arrival => Stopwatch.GetElapsedTime(fed.Last(at => at <= arrival), arrival).TotalMicroseconds).Order().ToList();
        return times[times.Count * 99 / 100];
    }

    private static async Task MemoryAsync(ServerProcess server, Watchers watchers)
    {
        const int many = 1_000;
        using var stopped = await watchers.StopOneAsync(Unread);
        await server.FeedAsync(pictures: 100, milliseconds: 10);
        var before = await server.MemoryAsync();
        await server.FeedAsync(many, milliseconds: 10);
        var after = await server.MemoryAsync();
        Console.WriteLine($"  {$"managed memory over {many:N0} pictures not read",-46}{before / 1024,12:N0} KiB before,{after / 1024,10:N0} KiB after");
    }
}
