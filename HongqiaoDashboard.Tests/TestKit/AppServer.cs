using System.Diagnostics;
using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>
/// The real program in a process of its own, on a free port and a data folder of its own. Killing it is a SIGKILL.
/// </summary>
public sealed partial class AppServer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output;
    private readonly bool _ownsData;

    private AppServer(Process process, List<string> output, Uri address, string dataDirectory, bool ownsData, string cookie)
    {
        _process = process;
        _output = output;
        _ownsData = ownsData;
        Address = address;
        DataDirectory = dataDirectory;
        Cookie = cookie;
        Http = new HttpClient { BaseAddress = address, DefaultRequestHeaders = { { "Cookie", cookie } } };
        Stranger = new HttpClient { BaseAddress = address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Its data folder.</summary>
    public string DataDirectory { get; }

    /// <summary>A client of its administrator.</summary>
    public HttpClient Http { get; }

    /// <summary>A client of nobody.</summary>
    public HttpClient Stranger { get; }

    /// <summary>The administrator's cookie, <c>name=value</c>; it holds for the data folder, whichever server works on it.</summary>
    public string Cookie { get; }

    /// <summary>Process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>The program's file, beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "HongqiaoDashboard.dll");

    /// <summary>Where programs of the tests keep what belongs to their account: not in the profile of whoever runs the tests.</summary>
    private static string Profile { get; } = MakeProfile();

    /// <summary>All that it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return string.Join('\n', _output);
            }
        }
    }

    /// <summary>Starts the program and waits until it is ready.</summary>
    /// <param name="dataDirectory">A folder to go on with; null for a new one, removed at the end.</param>
    /// <param name="environment">Hosting environment; demo data comes with Development only.</param>
    /// <param name="settings">Configuration, <c>Key:Sub=value</c>.</param>
    /// <param name="wrapper">A program that runs it, for example a tracer, with its arguments.</param>
    /// <param name="port">A fixed port, to come back at the same address; 0 for a free one.</param>
    /// <param name="profile">Home of another account; null for the one that all tests share.</param>
    /// <param name="program">Another version of the program; null for <see cref="Program"/>.</param>
    public static async Task<AppServer> StartAsync(
        string? dataDirectory = null, string environment = "Production", IEnumerable<string>? settings = null, IReadOnlyList<string>? wrapper = null, int port = 0,
        string? profile = null, string? program = null)
    {
        var data = dataDirectory ?? Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        string[] command = [.. wrapper ?? [], "dotnet", program ?? Program, $"--urls=http://127.0.0.1:{port}", $"--Data:Directory={data}",
            // Tests report as fast as they can, and all of them are the same caller.
            "--Intake:ApiKeys:0=test-key", "--Access:Limits:CallsAtOnce=1000000", "--Access:Limits:CallsPerSecond=1000000", .. (settings ?? []).Select(s => "--" + s)];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = environment },
        };
        Live(start, profile);
        var output = new List<string>();
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        void Take(object sender, DataReceivedEventArgs e)
        {
            if (e.Data is null)
            {
                return;
            }

            lock (output)
            {
                output.Add(e.Data);
            }

            if (Listening().Match(e.Data) is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }

            if (FirstLink().Match(e.Data) is { Success: true } link)
            {
                first.TrySetResult(link.Groups[1].Value);
            }
        }

        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The server ended:\n" + string.Join('\n', output)));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = await listening.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        var cookie = await Administrator.CookieAsync(data, address, () => first.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        return new AppServer(process, output, address, data, dataDirectory is null, cookie);
    }

    /// <summary>Runs a verb of the program to its end.</summary>
    /// <param name="dataDirectory">Data folder.</param>
    /// <param name="arguments">The verb and its arguments.</param>
    /// <returns>Exit code, standard output and standard error.</returns>
    public static Task<(int ExitCode, string Output, string Error)> RunVerbAsync(string dataDirectory, params string[] arguments) =>
        RunAsync([], null, dataDirectory, arguments);

    /// <summary>Runs a verb under a program that watches it, for example a tracer.</summary>
    /// <param name="wrapper">The program with its arguments.</param>
    /// <param name="dataDirectory">Data folder.</param>
    /// <param name="arguments">The verb and its arguments.</param>
    public static Task<(int ExitCode, string Output, string Error)> RunWatchedVerbAsync(string[] wrapper, string dataDirectory, params string[] arguments) =>
        RunAsync(wrapper, null, dataDirectory, arguments);

    /// <summary>Runs a verb as another account.</summary>
    /// <param name="profile">Its home.</param>
    /// <param name="dataDirectory">Data folder.</param>
    /// <param name="arguments">The verb and its arguments.</param>
    public static Task<(int ExitCode, string Output, string Error)> RunVerbElsewhereAsync(string profile, string dataDirectory, params string[] arguments) =>
        RunAsync([], profile, dataDirectory, arguments);

    /// <summary>SIGTERM: the program stops by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        Signals.Send(_process.Id, "TERM");
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL: no handler runs, nothing is flushed by the program.</summary>
    public async Task KillAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Stranger.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
        if (_ownsData)
        {
            Directory.Delete(DataDirectory, recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] wrapper, string? profile, string dataDirectory, string[] arguments)
    {
        string[] command = [.. wrapper, "dotnet", Program, .. arguments, $"--Data:Directory={dataDirectory}"];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        Live(start, profile);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }

    private static void Live(ProcessStartInfo start, string? profile)
    {
        // They live for seconds: what the runtime learns for a second compilation comes too late for them.
        start.Environment["DOTNET_TieredPGO"] = "0";
        if (profile is null)
        {
            start.Environment["XDG_CONFIG_HOME"] = Profile;
            return;
        }

        start.Environment.Remove("XDG_CONFIG_HOME");
        start.Environment["HOME"] = profile;
    }

    private static string MakeProfile()
    {
        var profile = Directory.CreateTempSubdirectory("hongqiao-test-profile-");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => profile.Delete(recursive: true);
        return profile.FullName;
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();

    [GeneratedRegex(@"/account/first#(\S+)")]
    private static partial Regex FirstLink();
}
