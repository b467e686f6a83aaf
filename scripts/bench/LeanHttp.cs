using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace HongqiaoDashboard.Bench;

/// <summary>A connection that sends requests which are ready and reads no more of an answer than it must.</summary>
internal sealed class LeanHttp : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[16 * 1024];

    /// <summary>Connects.</summary>
    /// <param name="address">Of the server.</param>
    public static async Task<LeanHttp> ConnectAsync(Uri address)
    {
        var connection = new LeanHttp();
        await connection._socket.ConnectAsync(address.Host, address.Port);
        return connection;
    }

    /// <summary>Sends a request and waits for its whole answer, which must be a success.</summary>
    /// <param name="request">The request as it stands on the wire.</param>
    public async Task PostAsync(byte[] request)
    {
        await _socket.SendAsync(request.AsMemory());
        var (had, whole) = (0, int.MaxValue);
        while (had < whole)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(had));
            had += read > 0 ? read : throw new IOException("The server has closed the connection.");
            if (whole == int.MaxValue && _buffer.AsSpan(0, had).IndexOf("\r\n\r\n"u8) is >= 0 and var end)
            {
                whole = end + 4 + BodyLength(_buffer.AsSpan(0, end + 2));
            }
        }

        if (_buffer[9] != (byte)'2')
        {
            throw new IOException(Encoding.UTF8.GetString(_buffer, 0, had));
        }
    }

    public void Dispose() => _socket.Dispose();

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        var name = "\r\nContent-Length: "u8;
        var at = head.IndexOf(name) is >= 0 and var found ? found + name.Length : throw new IOException("An answer without its length.");
        var digits = head[at..];
        return int.Parse(digits[..digits.IndexOf((byte)'\r')], CultureInfo.InvariantCulture);
    }
}
