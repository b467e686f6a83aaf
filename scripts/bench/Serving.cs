using System.Diagnostics;
using System.Globalization;

namespace HongqiaoDashboard.Bench;

/// <summary>What a server of the benches does in its own process: it listens, and does what its parent asks on standard input.</summary>
internal static class Serving
{
    /// <summary>Runs a server until standard input ends.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<int> RunAsync(string kind, string[] arguments)
    {
        await (kind switch
        {
            "hub" => HubServer.RunAsync(arguments[0], arguments[1]),
            "bare" => BareServer.RunAsync(arguments[0], arguments[1]),
            "form" => FormServer.RunAsync(),
            _ => throw new ArgumentException($"No such server: {kind}", nameof(kind)),
        });
        return 0;
    }

    /// <summary>Says where a started server listens, and obeys.</summary>
    /// <param name="app">The server.</param>
    /// <param name="feed">Feeds the next picture.</param>
    /// <param name="idle">Runs now and then while no pictures are fed.</param>
    public static async Task ObeyAsync(WebApplication app, Func<Task> feed, Action idle)
    {
        Console.WriteLine($"Now listening on: {app.Urls.First()}");
        var asked = Task.Run(Console.In.ReadLineAsync);
        while (true)
        {
            // Reading standard input blocks a thread however it is called, so it waits on one of its own.
            while (!asked.IsCompleted)
            {
                idle();
                await Task.WhenAny(asked, Task.Delay(20));
            }

            if (await asked is not { } line)
            {
                return;
            }

            var words = line.Split(' ');
            var answer = words[0] == "memory"
                ? GC.GetTotalMemory(forceFullCollection: true).ToString(CultureInfo.InvariantCulture)
                : await FeedAsync(feed, int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
            Console.WriteLine($"done {answer}");
            asked = Task.Run(Console.In.ReadLineAsync);
        }
    }

    private static async Task<string> FeedAsync(Func<Task> feed, int count, int milliseconds)
    {
        var (began, fed) = (Stopwatch.GetTimestamp(), new long[count]);
        for (var n = 0; n < count; n++)
        {
            fed[n] = Stopwatch.GetTimestamp();
            await feed();
            var rest = TimeSpan.FromMilliseconds(milliseconds * (n + 1.0)) - Stopwatch.GetElapsedTime(began);
            if (rest > TimeSpan.Zero)
            {
                await Task.Delay(rest);
            }
        }

        return string.Join(' ', fed);
    }
}
