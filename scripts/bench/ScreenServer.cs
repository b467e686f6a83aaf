using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Grids.Contracts;

namespace HongqiaoDashboard.Bench;

/// <summary>The real program in a process of its own, as this build made it, for a browser to look at. It begins without a case.</summary>
internal sealed partial class ScreenServer : IAsyncDisposable
{
    private const string Key = "bench-key";
    private readonly Process _process;

    private ScreenServer(Process process, Uri address, GridEdition edition, (string Name, string Value) cookie)
    {
        (_process, Address, Edition, Cookie) = (process, address, edition, cookie);
        Http = new HttpClient { BaseAddress = address };
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The grids that it shows.</summary>
    public GridEdition Edition { get; }

    /// <summary>The session of its administrator.</summary>
    public (string Name, string Value) Cookie { get; }

    private HttpClient Http { get; }

    /// <summary>Starts it on a free port and waits until it listens.</summary>
    /// <param name="data">Its data folder.</param>
    public static async Task<ScreenServer> StartAsync(string data)
    {
        GridEdition edition;
        await using (var house = House.Compose(data))
        {
            edition = house.Services.GetRequiredService<IGridDirectory>().Current;
        }

        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "HongqiaoDashboard.dll"), "--urls=http://127.0.0.1:0", $"--Data:Directory={data}",
            $"--Data:MasterKeyFile={data}.key", $"--Intake:ApiKeys:0={Key}", .. House.Unlimited];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Production" } };
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var first = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Take(object sender, DataReceivedEventArgs e)
        {
            if (Listening().Match(e.Data ?? "") is { Success: true } match)
            {
                listening.TrySetResult(new Uri(match.Groups[1].Value));
            }

            if (FirstSession.SecretOf(e.Data ?? "") is { } secret)
            {
                first.TrySetResult(secret);
            }
        }

        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.Exited += (_, _) => listening.TrySetException(new InvalidOperationException("The server ended before it listened."));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var address = await listening.Task.WaitAsync(TimeSpan.FromMinutes(1));
        return new ScreenServer(process, address, edition, await FirstSession.BeginAsync(address, await first.Task.WaitAsync(TimeSpan.FromMinutes(1))));
    }

    /// <summary>Reports a case over Open311.</summary>
    /// <param name="place">Where.</param>
    /// <returns>Its number, and when it was sent and answered by this process's steady clock.</returns>
    public async Task<Posted> PostAsync(GridUnit place)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["api_key"] = Key,
            ["service_code"] = "0401",
            ["lat"] = place.Centre.Latitude.ToString("R", CultureInfo.InvariantCulture),
            ["long"] = place.Centre.Longitude.ToString("R", CultureInfo.InvariantCulture),
            ["description"] = "bench",
        });
        var sent = Stopwatch.GetTimestamp();
        using var answer = await Http.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), form);
        var body = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        return new Posted((string)JsonNode.Parse(body)![0]!["service_request_id"]!, place.Code, sent, Stopwatch.GetTimestamp());
    }

    /// <summary>Reports cases at a steady rate, whether or not earlier ones are answered.</summary>
    /// <param name="places">Where, one after the other and again from the first.</param>
    /// <param name="aSecond">Rate.</param>
    /// <param name="time">For how long.</param>
    public async Task<Posted[]> PostSteadilyAsync(IReadOnlyList<GridUnit> places, int aSecond, TimeSpan time)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        var began = Stopwatch.GetTimestamp();
        var posted = new List<Task<Posted>>();
        for (var total = aSecond * (int)time.TotalSeconds; posted.Count < total; await clock.WaitForNextTickAsync())
        {
            for (var due = Math.Min(total, 1 + (int)(aSecond * Stopwatch.GetElapsedTime(began).TotalSeconds)); posted.Count < due;)
            {
                posted.Add(PostAsync(places[posted.Count % places.Count]));
            }
        }

        return await Task.WhenAll(posted);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Now listening on: (http://\S+)")]
    private static partial Regex Listening();
}

/// <summary>A report that was taken in.</summary>
/// <param name="Number">Number of its case.</param>
/// <param name="Grid">Code of its basic grid.</param>
/// <param name="Sent">When it was sent, by the steady clock.</param>
/// <param name="Answered">When its answer had been read.</param>
internal sealed record Posted(string Number, string Grid, long Sent, long Answered);
