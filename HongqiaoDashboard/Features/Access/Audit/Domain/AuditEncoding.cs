using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HongqiaoDashboard.Features.Access.Audit.Domain;

/// <summary>
/// The bytes that a row's hash is made of. Each field stands at its place, whole numbers in eight bytes (big-endian), texts and
/// bytes behind their length, what is absent as a length of -1: two rows that differ anywhere have different bytes.
/// </summary>
internal static class AuditEncoding
{
    // First of all; another order or another field would be another form.
    private const byte Form = 1;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The row with its hash.</summary>
    /// <param name="row">Its fields, <see cref="AuditRow.Previous"/> among them.</param>
    public static AuditRow Sealed(AuditRow row) => row with { Hash = HashOf(row) };

    /// <summary>The hash that a row should have.</summary>
    /// <param name="row">The row; its own hash counts for nothing.</param>
    public static byte[] HashOf(AuditRow row) => SHA256.HashData(BytesOf(row));

    /// <summary>All that is hashed.</summary>
    /// <param name="row">The row.</param>
    public static ReadOnlySpan<byte> BytesOf(AuditRow row)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        bytes.Write([Form]);
        Put(bytes, row.Previous);
        Put(bytes, row.Seq);
        Put(bytes, row.At.ToUnixTimeMilliseconds());
        Put(bytes, row.ActorId);
        Put(bytes, row.ActorName);
        Put(bytes, row.ActorRole);
        Put(bytes, row.Address);
        Put(bytes, row.Connection);
        Put(bytes, row.Act);
        Put(bytes, (long)row.Result);
        Put(bytes, row.Subject);
        Put(bytes, row.Facts);
        return bytes.WrittenSpan;
    }

    private static void Put(ArrayBufferWriter<byte> bytes, long number)
    {
        BinaryPrimitives.WriteInt64BigEndian(bytes.GetSpan(sizeof(long)), number);
        bytes.Advance(sizeof(long));
    }

    private static void Put(ArrayBufferWriter<byte> bytes, string? text)
    {
        if (text is null)
        {
            Put(bytes, -1);
            return;
        }

        Put(bytes, Utf8.GetByteCount(text));
        Utf8.GetBytes(text, bytes);
    }

    private static void Put(ArrayBufferWriter<byte> bytes, byte[] value)
    {
        Put(bytes, value.Length);
        bytes.Write(value);
    }
}
