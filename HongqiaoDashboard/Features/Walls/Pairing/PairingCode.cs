using System.Security.Cryptography;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>
/// The code that an unpaired display shows, like <c>7KQ4-2MXD</c>: read from five metres and typed by hand, so without characters that
/// look alike (0 O, 1 I L, 5 S, 8 B, 2 Z, U V). Eight of twenty-five: 37 bits, for ten minutes, with few guesses.
/// </summary>
internal static class PairingCode
{
    public const string Alphabet = "234679ACDEFGHJKMNPQRTVWXY";

    private const int Length = 8;

    public static string New() => RandomNumberGenerator.GetString(Alphabet, Length);

    /// <summary>A code as it is shown.</summary>
    public static string Shown(string code) => $"{code[..(Length / 2)]}-{code[(Length / 2)..]}";

    /// <summary>The code that somebody typed, with whatever case, gaps and hyphens; null when it cannot be one.</summary>
    public static string? Read(string? typed)
    {
        var code = string.Concat((typed ?? "").Where(c => !char.IsWhiteSpace(c) && c is not ('-' or '－' or '—'))).ToUpperInvariant();
        return code.Length == Length && code.All(Alphabet.Contains) ? code : null;
    }
}
