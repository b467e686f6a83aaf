using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>An authenticator application: RFC 6238 with its usual values, HMAC-SHA1, 30 seconds, six digits.</summary>
internal static class Authenticator
{
    /// <summary>The code that it shows now.</summary>
    /// <param name="key">The key, base32.</param>
    public static string CodeOf(string key)
    {
        var bits = string.Concat(key.Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var bytes = bits.Chunk(8).Where(octet => octet.Length == 8).Select(octet => Convert.ToByte(new string(octet), 2)).ToArray();
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30);
#pragma warning disable CA5350 // What every authenticator does.
        var hash = HMACSHA1.HashData(bytes, counter);
#pragma warning restore CA5350
        var code = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (code % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }
}
