using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>
/// Drives the foreign hub client of <c>Peers/situation-client.mjs</c>: a Node process with any number of connections.
/// </summary>
public sealed class SituationClient : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly Process _process;
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode?>> _asked = new();
    private readonly Lock _writing = new();
    private int _id;

    private SituationClient(Process process)
    {
        _process = process;
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Longest wait for anything.</summary>
    public static TimeSpan Bound { get; } = TimeSpan.FromSeconds(60);

    /// <summary>Process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Starts the process; nothing is connected yet.</summary>
    /// <param name="server">The server.</param>
    public static SituationClient Start(AppServer server)
    {
        // Run where it is written: Node then finds the packages that the build installed at the working copy's root.
        var script = Repository.File("HongqiaoDashboard.Tests", "Peers", "situation-client.mjs");
        return new SituationClient(Process.Start(new ProcessStartInfo("node", [script, new Uri(server.Address, "/hubs/situation").AbsoluteUri, server.Cookie])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);
    }

    /// <summary>Connects a client and watches a scope.</summary>
    /// <param name="client">Name of the client within the process.</param>
    /// <param name="protocol"><c>json</c> or <c>msgpack</c>.</param>
    /// <param name="scope">Grid code, or null.</param>
    public Task<SituationClientState> OpenAsync(string client, string protocol = "json", string? scope = null) =>
        AskAsync<SituationClientState>(new { op = "open", client, protocol, scope });

    /// <summary>Watches another scope.</summary>
    public Task<SituationClientState> WatchAsync(string client, string? scope) => AskAsync<SituationClientState>(new { op = "watch", client, scope });

    /// <summary>Waits until a condition holds: any of deltas, heartbeats, connects, epochs, synced, campaign, figure.</summary>
    /// <param name="client">The client.</param>
    /// <param name="condition">An anonymous object with the members of the condition.</param>
    public Task<SituationClientState> UntilAsync(string client, object condition)
    {
        var command = JsonSerializer.SerializeToNode(condition, Web)!.AsObject();
        (command["op"], command["client"], command["timeout"]) = ("until", client, (int)Bound.TotalMilliseconds);
        return AskAsync<SituationClientState>(command);
    }

    /// <summary>Waits until the picture counts so many open cases.</summary>
    public Task<SituationClientState> UntilOpenAsync(string client, int cases) =>
        UntilAsync(client, new { figure = new { key = "open", period = "now", atLeast = cases } });

    /// <summary>What a client has seen so far, with its copy.</summary>
    public Task<SituationClientState> StateAsync(string client) => AskAsync<SituationClientState>(new { op = "state", client, copy = true });

    /// <summary>Compares a client's copy with a snapshot taken beside it.</summary>
    public Task<SituationComparison> CompareAsync(string client) => AskAsync<SituationComparison>(new { op = "fresh", client });

    /// <summary>Watches many times in a row without waiting for answers.</summary>
    public Task<SituationHammering> HammerAsync(string client, string?[] scopes, int times) =>
        AskAsync<SituationHammering>(new { op = "hammer", client, scopes, times });

    /// <summary>Disconnects a client.</summary>
    public Task CloseAsync(string client) => AskAsync<JsonNode>(new { op = "close", client });

    /// <summary>Stops the process where it stands; its sockets stay open and take nothing more.</summary>
    public void Freeze() => Signals.Send(_process.Id, "STOP");

    /// <summary>Lets a stopped process go on.</summary>
    public void Thaw() => Signals.Send(_process.Id, "CONT");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private async Task<T> AskAsync<T>(object command)
    {
        var id = Interlocked.Increment(ref _id);
        var message = command as JsonObject ?? JsonSerializer.SerializeToNode(command, Web)!.AsObject();
        message["id"] = id;
        var answer = _asked[id] = new TaskCompletionSource<JsonNode?>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_writing)
        {
            _process.StandardInput.WriteLine(message.ToJsonString());
            _process.StandardInput.Flush();
        }

        var result = await answer.Task.WaitAsync(Bound + TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        return result.Deserialize<T>(Web)!;
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            foreach (var waiting in _asked.Values)
            {
                waiting.TrySetException(new InvalidOperationException("The client process has ended."));
            }

            return;
        }

        var answer = JsonNode.Parse(line)!;
        if (_asked.TryRemove((int)answer["id"]!, out var asked))
        {
            if ((string?)answer["error"] is { } error)
            {
                asked.TrySetException(new InvalidOperationException(error));
            }
            else
            {
                asked.TrySetResult(answer["result"]);
            }
        }
    }
}

/// <summary>What a foreign client has seen, counted since it was opened.</summary>
public sealed record SituationClientState(
    int Connects, int Snapshots, int Deltas, int Gaps, int Duplicates, int Early, int ForeignEpochs, int Resyncs, int Heartbeats, int WrongHeartbeats,
    int[] HeartbeatGaps, int[] DeltaGaps, string[] Epochs, string[] Errors, string[] Faults, bool Connected, string? Scope, long? Version, string? Epoch,
    DateTimeOffset? AsOf, JsonObject? Copy, JsonObject? LastHeartbeat)
{
    /// <summary>Asserts that every message kept the contract and fitted the one before.</summary>
    public SituationClientState AssertUnbroken()
    {
        Assert.Empty(Faults);
        Assert.Empty(Errors);
        Assert.Equal((0, 0, 0, 0, 0), (Gaps, Duplicates, Early, ForeignEpochs, WrongHeartbeats));
        return this;
    }
}

/// <summary>A copy beside a snapshot of the same version.</summary>
/// <param name="Version">The version of both; null when they never met.</param>
/// <param name="Difference">The first difference; null when they are equal.</param>
/// <param name="Order">The first place where a list's order is not the documented one; null when there is none.</param>
public sealed record SituationComparison(long? Version, string? Difference, string? Order);

/// <summary>How many calls were answered, and what the others were told.</summary>
public sealed record SituationHammering(int Answered, string[] Refused);
