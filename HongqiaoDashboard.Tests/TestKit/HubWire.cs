using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Logging.Abstractions;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>A hub connection whose other end is the test: what is not read holds the sender up, as a stopped client does.</summary>
internal sealed class HubWire : IAsyncDisposable
{
    private const int BytesUnread = 512;

    private readonly Pipe _toClient = new(new PipeOptions(pauseWriterThreshold: BytesUnread, resumeWriterThreshold: BytesUnread / 2, useSynchronizationContext: false));
    private readonly Pipe _toServer = new();
    private readonly DefaultConnectionContext _transport;

    public HubWire()
    {
        _transport = new DefaultConnectionContext("wire", new Ends(_toServer.Reader, _toClient.Writer), new Ends(_toClient.Reader, _toServer.Writer));
        Connection = new HubConnectionContext(_transport, new HubConnectionContextOptions(), NullLoggerFactory.Instance) { Protocol = new JsonHubProtocol() };
    }

    /// <summary>The server's end.</summary>
    public HubConnectionContext Connection { get; }

    /// <summary>Reads the next message that the client gets.</summary>
    public async Task<JsonNode> ReadAsync()
    {
        while (true)
        {
            var read = await _toClient.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(SituationClient.Bound);
            if (read.Buffer.PositionOf((byte)0x1e) is { } end)
            {
                var message = JsonNode.Parse(Encoding.UTF8.GetString(read.Buffer.Slice(0, end)))!;
                _toClient.Reader.AdvanceTo(read.Buffer.GetPosition(1, end));
                return message;
            }

            // Everything looked at, nothing taken yet: the writer may go on.
            _toClient.Reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Completes when the server has ended the connection.</summary>
    public Task AbortedAsync()
    {
        var aborted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Connection.ConnectionAborted.Register(aborted.SetResult);
        return aborted.Task.WaitAsync(SituationClient.Bound, TestContext.Current.CancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
