using System.Security.Cryptography;
using System.Text;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>
/// Knows keys that programs send. A feature registers its own; what presents a key asks all of them and needs to know none.
/// </summary>
public interface IKeyRing
{
    /// <summary>Looks a key up and counts the request against what it may send.</summary>
    /// <param name="key">As it was sent.</param>
    /// <returns>What holds for it; null when this ring has no such key in force.</returns>
    KeyAnswer? Present(string key);
}

/// <summary>What holds for a key that was presented.</summary>
/// <param name="Actor">Who it stands for.</param>
/// <param name="RetryAfter">Set when it has sent as much as it may: how long to wait.</param>
public sealed record KeyAnswer(Actor Actor, TimeSpan? RetryAfter = null);

/// <summary>What names a key without giving it away.</summary>
public static class KeyPrint
{
    /// <summary>What the identities of keys begin with.</summary>
    public const string IdPrefix = "key:";

    private const int Digits = 16;

    /// <summary>Longest key that is looked at.</summary>
    public const int LongestKey = 512;

    /// <summary>SHA-256 of a key.</summary>
    /// <param name="key">The key.</param>
    public static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>The first 16 hexadecimal digits of a key's hash: its name in lists, cases and logs.</summary>
    /// <param name="hash">What <see cref="HashOf"/> gave.</param>
    public static string Of(byte[] hash) => Convert.ToHexStringLower(hash)[..Digits];
}

/// <summary>The keys that came with a request. Each is looked up and counted once, however many ask.</summary>
public static class PresentedKeys
{
    private const string Bearer = "Bearer ";

    /// <summary>The key of the Authorization header; null without one.</summary>
    /// <param name="request">The request.</param>
    public static string? BearerOf(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header[Bearer.Length..].Trim() is { Length: > 0 } key ? key : null;
    }

    /// <summary>What holds for a key; null when it is no key in force.</summary>
    /// <param name="context">The request that it came with.</param>
    /// <param name="key">The key.</param>
    public static KeyAnswer? Present(this HttpContext context, string key)
    {
        var slot = new Slot(key);
        if (context.Items.TryGetValue(slot, out var known))
        {
            return (KeyAnswer?)known;
        }

        var answer = key.Length > KeyPrint.LongestKey ? null
            : context.RequestServices.GetServices<IKeyRing>().Select(ring => ring.Present(key)).FirstOrDefault(found => found is not null);
        context.Items[slot] = answer;
        return answer;
    }

    private sealed record Slot(string Key)
    {
        // A record would print it, wherever somebody logs what a request holds.
        public override string ToString() => nameof(Slot);
    }
}
