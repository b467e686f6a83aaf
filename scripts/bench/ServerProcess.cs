using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;

namespace HongqiaoDashboard.Bench;

/// <summary>A server in a process of its own, so that what its clients cost is not counted as its cost.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly ChannelReader<string> _lines;

    private ServerProcess(Process process, ChannelReader<string> lines, Uri address) => (_process, _lines, Address) = (process, lines, address);

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Processor time that it has used.</summary>
    public TimeSpan Cpu => ProcessClock.Read(_process);

    /// <summary>Starts one of the servers that this program contains.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="arguments">Its arguments.</param>
    public static Task<ServerProcess> ServeAsync(string kind, params string[] arguments) =>
        StartAsync(Environment.ProcessPath!, [.. Launcher(), "serve", kind, .. arguments]);

    /// <summary>Starts the program itself, as it is released.</summary>
    /// <param name="arguments">Its arguments.</param>
    public static Task<ServerProcess> ProgramAsync(params string[] arguments) =>
        StartAsync("dotnet", [Path.Combine(AppContext.BaseDirectory, "HongqiaoDashboard.dll"), "--urls=http://127.0.0.1:0", "--environment=Production", .. House.Unlimited, .. arguments]);

    /// <summary>Starts a server and waits until it says where it listens.</summary>
    /// <param name="file">Program.</param>
    /// <param name="arguments">Its arguments.</param>
    public static async Task<ServerProcess> StartAsync(string file, params string[] arguments)
    {
        var process = new Process { StartInfo = new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true } };
        var lines = Channel.CreateUnbounded<string>();
        process.OutputDataReceived += (_, e) => _ = e.Data is null ? lines.Writer.TryComplete() : lines.Writer.TryWrite(e.Data);
        process.Start();
        process.BeginOutputReadLine();
        var line = await NextAsync(lines.Reader, Listening);
        return new ServerProcess(process, lines.Reader, new Uri(line[(line.IndexOf(Listening, StringComparison.Ordinal) + Listening.Length)..].TrimEnd('"', '}')));
    }

    /// <summary>Feeds pictures, four a second unless said otherwise.</summary>
    /// <param name="pictures">How many.</param>
    /// <param name="milliseconds">Time between two.</param>
    /// <returns>When each was fed, in ticks of the system's monotonic clock, which all processes share.</returns>
    public async Task<long[]> FeedAsync(int pictures, int milliseconds = 250) =>
        [.. (await AskAsync($"feed {pictures} {milliseconds}")).Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => long.Parse(t, CultureInfo.InvariantCulture))];

    /// <summary>Bytes that live in the server's managed memory once garbage is collected.</summary>
    public async Task<long> MemoryAsync() => long.Parse(await AskAsync("memory"), CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
    }

    // Run by `dotnet`, the program is its first argument; run as an executable it is the process itself.
    private static string[] Launcher() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ServerProcess).Assembly.Location] : [];

    private async Task<string> AskAsync(string command)
    {
        await _process.StandardInput.WriteLineAsync(command);
        await _process.StandardInput.FlushAsync();
        return (await NextAsync(_lines, "done"))["done".Length..].Trim();
    }

    private static async Task<string> NextAsync(ChannelReader<string> lines, string wanted)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = await lines.ReadAsync(patience.Token);
            if (line.Contains(wanted, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }
}
