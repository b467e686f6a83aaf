using System.Net.WebSockets;
using System.Text;

namespace HongqiaoDashboard.Bench;

/// <summary>What a client says to be sent pictures, and to be thought alive.</summary>
/// <param name="Path">Where it connects.</param>
/// <param name="Greetings">What it says then, one after the other's answer.</param>
/// <param name="Sign">What it says now and then; null for nothing.</param>
/// <param name="More">What makes the server send one more whole picture; null for nothing.</param>
/// <param name="ServerBegins">Whether the server speaks first.</param>
internal sealed record Dialect(string Path, Dialect.Message[] Greetings, Dialect.Message? Sign, Dialect.Message? More, bool ServerBegins = false)
{
    private const string Hub = "/hubs/situation";

    /// <summary>Of the hub, in JSON.</summary>
    public static Dialect Json { get; } = new(Hub,
        [Text("{\"protocol\":\"json\",\"version\":1}\u001e"), Text("{\"type\":1,\"invocationId\":\"1\",\"target\":\"Watch\",\"arguments\":[null]}\u001e")],
        Text("{\"type\":6}\u001e"),
        Text("{\"type\":1,\"invocationId\":\"2\",\"target\":\"Snapshot\",\"arguments\":[null]}\u001e"));

    /// <summary>Of the hub, in MessagePack.</summary>
    public static Dialect MessagePack { get; } = new(Hub,
        [Text("{\"protocol\":\"messagepack\",\"version\":1}\u001e"), Binary([0x96, 0x01, 0x80, 0xa1, (byte)'1', 0xa5, .. "Watch"u8, 0x91, 0xc0, 0x90])],
        Binary([0x91, 0x06]), null);

    /// <summary>Of a server that only sends.</summary>
    public static Dialect Silent { get; } = new("/", [], null, null);

    /// <summary>Of Socket.IO.</summary>
    public static Dialect SocketIo { get; } = new("/socket.io/?EIO=4&transport=websocket", [Text("40"), Text("420[\"watch\"]")], Text("3"), null, ServerBegins: true);

    private static Message Text(string text) => new(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    // A message of the hub's binary form begins with its length.
    private static Message Binary(byte[] message) => new([(byte)message.Length, .. message], WebSocketMessageType.Binary);

    /// <summary>A message as it stands on the wire.</summary>
    /// <param name="Bytes">Its bytes.</param>
    /// <param name="Type">Its kind.</param>
    internal sealed record Message(byte[] Bytes, WebSocketMessageType Type);
}
