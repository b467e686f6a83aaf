using System.Net.WebSockets;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR.Client;

namespace HongqiaoDashboard.Soak;

/// <summary>A hub client: watches a scope, counts what comes, and goes with or without a goodbye.</summary>
internal sealed class HubWatcher : IAsyncDisposable
{
    private readonly HubConnection _connection;
    private WebSocket? _socket;
    private int _messages;

    private HubWatcher(HubConnection connection) => _connection = connection;

    /// <summary>Deltas and heartbeats so far.</summary>
    public int Messages => _messages;

    /// <summary>Connects and watches.</summary>
    /// <param name="server">The server.</param>
    /// <param name="scope">Grid code, or null for everything.</param>
    /// <param name="messagePack">Whether it speaks MessagePack; JSON otherwise.</param>
    public static async Task<HubWatcher> OpenAsync(Uri server, string? scope, bool messagePack)
    {
        HubWatcher? watcher = null;
        var builder = new HubConnectionBuilder().WithUrl(new Uri(server, "/hubs/situation"), options =>
        {
            options.SkipNegotiation = true;
            options.Transports = HttpTransportType.WebSockets;
            options.WebSocketFactory = async (context, cancellation) =>
            {
                var socket = new ClientWebSocket();
                await socket.ConnectAsync(context.Uri, cancellation);
                watcher!._socket = socket;
                return socket;
            };
        });
        var connection = (messagePack ? builder.AddMessagePackProtocol() : builder).Build();
        watcher = new HubWatcher(connection);
        connection.On<object>("SituationChanged", _ => Interlocked.Increment(ref watcher._messages));
        connection.On<object>("Heartbeat", _ => Interlocked.Increment(ref watcher._messages));
        await connection.StartAsync();
        await connection.InvokeAsync<object>("Watch", scope);
        return watcher;
    }

    /// <summary>Goes.</summary>
    /// <param name="goodbye">Whether with a word; otherwise as when a cable is pulled out: none of the hub, none of the socket.</param>
    public async Task LeaveAsync(bool goodbye)
    {
        if (!goodbye)
        {
            _socket!.Abort();
        }

        await DisposeAsync();
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
