using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Soak;

/// <summary>The other end of <see cref="House"/>: starts it and asks.</summary>
internal sealed partial class HouseProcess : IAsyncDisposable
{
    private readonly Process _process;

    private HouseProcess(Process process) => _process = process;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = default!;

    /// <summary>Starts it on a new data folder and waits until it listens.</summary>
    /// <param name="data">The folder.</param>
    /// <param name="updatesADay">How many log entries make a day pass.</param>
    public static async Task<HouseProcess> StartAsync(string data, double updatesADay)
    {
        var house = new HouseProcess(Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(HouseProcess).Assembly.Location, "house", data, updatesADay.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true,
        })!);
        while (await house._process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                house.Address = new Uri(match.Groups[1].Value);
                return house;
            }
        }

        throw new InvalidOperationException("The program ended before it listened.");
    }

    /// <summary>Has log entries written, and measures.</summary>
    /// <param name="updates">How many; none only measures.</param>
    public async Task<HouseState> FeedAsync(int updates = 0)
    {
        await _process.StandardInput.WriteLineAsync(updates > 0 ? $"feed {updates}" : "measure");
        await _process.StandardInput.FlushAsync();
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(House.Mark, StringComparison.Ordinal))
            {
                return JsonSerializer.Deserialize<HouseState>(line[House.Mark.Length..])!;
            }

            // What the program has to say of itself belongs to what is found.
            Console.WriteLine(line);
        }

        throw new InvalidOperationException("The program has ended.");
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}
