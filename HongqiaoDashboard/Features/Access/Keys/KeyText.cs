using System.Buffers.Text;
using System.Security.Cryptography;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>What a key looks like: <c>hq_</c> and 32 random bytes in base64url, so that scanners of source code can know one.</summary>
internal static class KeyText
{
    public const string Prefix = "hq_";

    private const int Bytes = 32;
    private const int Characters = 43;

    /// <summary>A key that nobody has ever seen.</summary>
    public static string New() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether a text could be one; whatever could not costs no look into the database.</summary>
    public static bool CouldBe(string text) =>
        text.Length == Prefix.Length + Characters && text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Allowed) < 0;

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}
