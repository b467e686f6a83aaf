using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;

namespace HongqiaoDashboard.Bench;

/// <summary>Many clients that watch one server and look at nothing but the length of what they are sent.</summary>
/// <param name="server">Where.</param>
/// <param name="dialect">What they say.</param>
internal sealed class Watchers(Uri server, Dialect dialect) : IAsyncDisposable
{
    private const int ShortestDelta = 1_000;
    private const int ShortestPicture = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan SignEvery = TimeSpan.FromSeconds(10);

    private readonly List<ClientWebSocket> _sockets = [];
    private readonly List<Task> _running = [];
    private readonly CancellationTokenSource _ended = new();
    private ConcurrentQueue<long>? _arrivals;
    private long _deltas;
    private int _size;
    private int _lost;

    /// <summary>How many connections have ended.</summary>
    public int Lost => _lost;

    /// <summary>Deltas that have arrived.</summary>
    public long Deltas => Interlocked.Read(ref _deltas);

    /// <summary>Bytes of the last one.</summary>
    public int Size => _size;

    /// <summary>Connects more clients and waits until each has a whole picture.</summary>
    /// <param name="count">How many.</param>
    public async Task ConnectAsync(int count)
    {
        for (var n = 0; n < count; n++)
        {
            var socket = await OpenAsync();
            _sockets.Add(socket);
            _running.AddRange([ReadAsync(socket), SignAsync(socket)]);
        }
    }

    /// <summary>Waits until as many deltas have arrived in all, or no longer than can be meant.</summary>
    /// <param name="deltas">How many.</param>
    public async Task<long> ArriveAsync(long deltas)
    {
        for (var began = Stopwatch.GetTimestamp(); Deltas < deltas && Stopwatch.GetElapsedTime(began) < Patience;)
        {
            await Task.Delay(5);
        }

        return Deltas;
    }

    /// <summary>Notes when deltas arrive, from now on.</summary>
    public ConcurrentQueue<long> Note() => _arrivals = new ConcurrentQueue<long>();

    /// <summary>Connects a client that has asked for much and then reads nothing any more.</summary>
    /// <param name="pictures">How many whole pictures it asks for.</param>
    public async Task<ClientWebSocket> StopOneAsync(int pictures)
    {
        var socket = await OpenAsync();
        for (var n = 0; n < pictures; n++)
        {
            await SayAsync(socket, dialect.More!);
        }

        return socket;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _sockets.ForEach(socket => socket.Abort());
        await Task.WhenAll(_running);
        _ended.Dispose();
        _sockets.ForEach(socket => socket.Dispose());
    }

    private async Task<ClientWebSocket> OpenAsync()
    {
        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = Timeout.InfiniteTimeSpan;
        await socket.ConnectAsync(new UriBuilder(new Uri(server, dialect.Path)) { Scheme = "ws" }.Uri, CancellationToken.None);
        var buffer = new byte[64 * 1024];
        if (dialect.ServerBegins)
        {
            await LengthAsync(socket, buffer);
        }

        foreach (var greeting in dialect.Greetings)
        {
            await SayAsync(socket, greeting);
            if (greeting != dialect.Greetings[^1])
            {
                await LengthAsync(socket, buffer);
            }
        }

        while (await LengthAsync(socket, buffer) < ShortestPicture)
        {
        }

        return socket;
    }

    private async Task ReadAsync(ClientWebSocket socket)
    {
        var buffer = new byte[8 * 1024];
        try
        {
            while (true)
            {
                var length = await LengthAsync(socket, buffer);
                if (length is > ShortestDelta and < ShortestPicture)
                {
                    _arrivals?.Enqueue(Stopwatch.GetTimestamp());
                    _size = length;
                    Interlocked.Increment(ref _deltas);
                }
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            Interlocked.Increment(ref _lost);
        }
    }

    // A word now and then, without which a server thinks that nobody is there.
    private async Task SignAsync(ClientWebSocket socket)
    {
        if (dialect.Sign is not { } sign)
        {
            return;
        }

        try
        {
            while (true)
            {
                await Task.Delay(SignEvery, _ended.Token);
                await SayAsync(socket, sign);
            }
        }
        catch (Exception e) when (IsEnd(e))
        {
            // Whoever reads has noticed it too.
        }
    }

    private static bool IsEnd(Exception e) => e is WebSocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;

    private static ValueTask SayAsync(ClientWebSocket socket, Dialect.Message message) =>
        socket.SendAsync(message.Bytes.AsMemory(), message.Type, endOfMessage: true, CancellationToken.None);

    private static async ValueTask<int> LengthAsync(ClientWebSocket socket, byte[] buffer)
    {
        var length = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            if (part.MessageType == WebSocketMessageType.Close)
            {
                throw new WebSocketException("The server has closed the connection.");
            }

            length += part.Count;
            if (part.EndOfMessage)
            {
                return length;
            }
        }
    }
}
