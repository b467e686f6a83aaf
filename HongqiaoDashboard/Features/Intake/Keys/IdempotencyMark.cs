using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace HongqiaoDashboard.Features.Intake.Keys;

/// <summary>
/// What tells a repeated report from a new one. Only a hash is stored, never the header or the device that a client named,
/// and the reporter is part of it, so that two reporters cannot meet in one mark.
/// </summary>
/// <param name="Key">The hash.</param>
/// <param name="Window">For how long it counts; null for ever.</param>
internal sealed record IdempotencyMark(string Key, TimeSpan? Window)
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Longest value of the header.</summary>
    public const int LongestHeader = 200;

    /// <summary>For how long the same body from the same device is the same report.</summary>
    public static readonly TimeSpan DeviceWindow = TimeSpan.FromMinutes(10);

    /// <summary>Whether a header's value may be used: 1 to 200 visible ASCII characters.</summary>
    public static bool IsValid(string header) =>
        header.Length is > 0 and <= LongestHeader && header.All(c => c is > ' ' and < '\u007F');

    /// <summary>The mark of a header, which counts for ever.</summary>
    public static IdempotencyMark OfHeader(string reporter, string header) => new(Hash(["header", reporter, header]), null);

    /// <summary>The mark of a whole body from one device.</summary>
    /// <param name="reporter">Who brings it.</param>
    /// <param name="fields">All that was sent but the key, in any order.</param>
    public static IdempotencyMark OfDevice(string reporter, IEnumerable<(string Name, string Value)> fields) =>
        // A stable sort by name: the order of a list's values is kept, the order of the fields is not.
        new(Hash(["device", reporter, .. fields.OrderBy(f => f.Name, StringComparer.Ordinal).SelectMany(f => (string[])[f.Name, f.Value])]), DeviceWindow);

    /// <summary>Tells a repeated update from a new one.</summary>
    /// <param name="reporter">Who brings it.</param>
    /// <param name="updateId">What they call it.</param>
    public static string OfUpdate(string reporter, string updateId) => Hash(["update", reporter, updateId]);

    private static string Hash(IEnumerable<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            // Each part brings its length, so that no two lists of parts read alike.
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
