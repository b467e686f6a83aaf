using System.Security.Cryptography;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Intake.Keys;

/// <summary>
/// The keys that the configuration names, from <c>Intake:ApiKeys</c>: each a reporter without bounds. Only their SHA-256
/// fingerprints are kept here, and a key is compared with all of them in constant time.
/// </summary>
internal sealed class ReporterKeys : IKeyRing
{
    /// <summary>Configuration key of the array.</summary>
    public const string ConfigurationKey = "Intake:ApiKeys";

    private readonly byte[][] _fingerprints;

    public ReporterKeys(IConfiguration configuration)
        : this(configuration.GetSection(ConfigurationKey).Get<string[]>() ?? []) { }

    public ReporterKeys(IEnumerable<string> keys) =>
        _fingerprints = [.. keys.Where(key => !string.IsNullOrWhiteSpace(key)).Select(KeyPrint.HashOf)];

    public KeyAnswer? Present(string key)
    {
        if (key.Length > KeyPrint.LongestKey)
        {
            return null;
        }

        var presented = KeyPrint.HashOf(key);
        var found = false;
        foreach (var known in _fingerprints)
        {
            // No early end: how long it takes tells nothing about which key it was.
            found |= CryptographicOperations.FixedTimeEquals(known, presented);
        }

        var reporter = KeyPrint.Of(presented);
        return found ? new KeyAnswer(new Actor(KeyPrint.IdPrefix + reporter, "Open311 " + reporter, Roles.Reporter, null)) : null;
    }
}
