using System.Globalization;

namespace HongqiaoDashboard.Features.Access.Audit.Domain;

/// <summary>What is wrong where a chain breaks.</summary>
internal enum AuditFlaw
{
    /// <summary>The row is not what its hash was made of.</summary>
    Changed,
    /// <summary>The row is whole, but was not made behind the row before it: one of the two was put in another's place.</summary>
    Unlinked,
    /// <summary>There is no row of this number, but later ones.</summary>
    Missing,
    /// <summary>A row of this number stands where a later one should.</summary>
    OutOfOrder,
    /// <summary>More numbers were given out than there are rows: the end was cut off.</summary>
    CutOff,
    /// <summary>The row hangs on to the chain, but its number was never given out: not the program has added it.</summary>
    Uncounted,
    /// <summary>The exported head lies behind the end: the end was cut off.</summary>
    BeforeHead,
    /// <summary>The chain holds, but its row is not that of the exported head: it was written anew here or before.</summary>
    OtherHead,
}

/// <summary>The first broken link.</summary>
/// <param name="Seq">Number of the row at it.</param>
/// <param name="Flaw">What is wrong.</param>
internal sealed record AuditBreak(long Seq, AuditFlaw Flaw);

/// <summary>The end of the trail: what is kept elsewhere proves all that came before.</summary>
/// <param name="Seq">Number of the last row; 0 for an empty trail.</param>
/// <param name="Hash">Its hash, lower-case hexadecimal.</param>
internal sealed record AuditHead(long Seq, string Hash)
{
    /// <summary>Head of an empty trail.</summary>
    public static AuditHead None { get; } = new(0, Convert.ToHexStringLower(AuditChain.Beginning));

    /// <summary>Reads what <see cref="ToString"/> wrote; more may follow in further lines.</summary>
    /// <returns>Null when it is none.</returns>
    public static AuditHead? Parse(string text) =>
        text.TrimStart('\uFEFF').Split('\n', 2)[0].Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries) is [var seq, var hash]
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && hash.Length == 64 && hash.All(char.IsAsciiHexDigit)
            ? new AuditHead(number, hash.ToLowerInvariant())
            : null;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Seq} {Hash}");
}

/// <summary>What a look at the whole chain has found.</summary>
/// <param name="Head">The last row that was looked at.</param>
/// <param name="First">The first broken link; null when all hold.</param>
internal sealed record AuditVerdict(AuditHead Head, AuditBreak? First);

/// <summary>Follows the chain from its beginning.</summary>
internal static class AuditChain
{
    /// <summary>What the first row continues from.</summary>
    public static byte[] Beginning { get; } = new byte[32];

    /// <summary>Looks for the first broken link.</summary>
    /// <param name="rows">All rows, in the order of their numbers; streamed.</param>
    /// <param name="counted">The last number that was given out; null when nobody knows.</param>
    /// <param name="exported">A head that was kept elsewhere; null without one.</param>
    public static AuditVerdict Verify(IEnumerable<AuditRow> rows, long? counted = null, AuditHead? exported = null)
    {
        var (last, previous) = (0L, Beginning);
        AuditBreak? other = null;
        using var each = rows.GetEnumerator();
        while (true)
        {
            try
            {
                if (!each.MoveNext())
                {
                    break;
                }
            }
            catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or InvalidOperationException)
            {
                // Somebody has put values in there that no row can have.
                return new AuditVerdict(HeadOf(last, previous), new AuditBreak(last + 1, AuditFlaw.Changed));
            }

            var row = each.Current;
            if (FlawOf(row, last + 1, previous) is { } flaw)
            {
                return new AuditVerdict(HeadOf(last, previous), new AuditBreak(flaw == AuditFlaw.Missing ? last + 1 : row.Seq, flaw));
            }

            (last, previous) = (row.Seq, row.Hash);
            if (last == exported?.Seq && Convert.ToHexStringLower(previous) != exported.Hash)
            {
                other = new AuditBreak(last, AuditFlaw.OtherHead);
            }
        }

        // What the chain itself shows comes first; then what a number, which an intruder may set too, and a head from elsewhere show.
        var broken = other
            ?? (counted > last ? new AuditBreak(last + 1, AuditFlaw.CutOff)
            : exported?.Seq > last ? new AuditBreak(last + 1, AuditFlaw.BeforeHead)
            : counted < last ? new AuditBreak(counted.Value + 1, AuditFlaw.Uncounted)
            : null);
        return new AuditVerdict(HeadOf(last, previous), broken);
    }

    private static AuditFlaw? FlawOf(AuditRow row, long expected, byte[] previous) =>
        row.Seq > expected ? AuditFlaw.Missing
        : row.Seq < expected ? AuditFlaw.OutOfOrder
        : !AuditEncoding.HashOf(row).AsSpan().SequenceEqual(row.Hash) ? AuditFlaw.Changed
        : !row.Previous.AsSpan().SequenceEqual(previous) ? AuditFlaw.Unlinked
        : null;

    private static AuditHead HeadOf(long seq, byte[] hash) => new(seq, Convert.ToHexStringLower(hash));
}
