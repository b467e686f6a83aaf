using System.Net.WebSockets;
using HongqiaoDashboard.Features.Situation.Live;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Bench;

/// <summary>A bare Kestrel that sends bytes which are ready to every WebSocket: the least that any server on it could do.</summary>
internal static class BareServer
{
    /// <summary>Serves.</summary>
    /// <param name="protocol">Whose bytes: json or messagepack.</param>
    /// <param name="pictures">File of the pictures.</param>
    public static async Task RunAsync(string protocol, string pictures)
    {
        var (fed, hub) = (Pictures.Load(pictures), Protocol(protocol));
        var type = hub.TransferFormat == Microsoft.AspNetCore.Connections.TransferFormat.Text ? WebSocketMessageType.Text : WebSocketMessageType.Binary;
        var snapshot = SituationWire.Call("Snapshot", fed.At(0, "bench")).GetSerializedMessage(hub);
        ReadOnlyMemory<byte>[] deltas = [Delta(1, 2), Delta(0, 1)];
        var (sockets, gate, made) = (new List<WebSocket>(), new Lock(), 0);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.UseWebSockets();
        app.Run(TakeAsync);
        await app.StartAsync();
        await Serving.ObeyAsync(app, FeedAsync, static () => { });

        ReadOnlyMemory<byte> Delta(int from, int to) => SituationWire.Changed(fed.At(from, "bench"), fed.At(to, "bench")).GetSerializedMessage(hub);

        async Task TakeAsync(HttpContext context)
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync(snapshot, type, endOfMessage: true, CancellationToken.None);
            Change(() => sockets.Add(socket));
            try
            {
                var buffer = new byte[1024];
                while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
                {
                }
            }
            catch (WebSocketException)
            {
                // The client has gone without a word.
            }
            finally
            {
                Change(() => sockets.Remove(socket));
            }
        }

        void Change(Action change)
        {
            lock (gate)
            {
                change();
            }
        }

        async Task FeedAsync()
        {
            var delta = deltas[made++ % 2];
            WebSocket[] told;
            lock (gate)
            {
                told = [.. sockets];
            }

            var sending = told.Select(socket => socket.SendAsync(delta, type, WebSocketMessageFlags.EndOfMessage, CancellationToken.None)).Where(sent => !sent.IsCompletedSuccessfully).ToList();
            foreach (var sent in sending)
            {
                await sent;
            }
        }
    }

    private static IHubProtocol Protocol(string name) => name == "json"
        ? new JsonHubProtocol()
        : new MessagePackHubProtocol(Options.Create(new Microsoft.AspNetCore.SignalR.MessagePackHubProtocolOptions { SerializerOptions = SituationWire.MessagePack }));
}
