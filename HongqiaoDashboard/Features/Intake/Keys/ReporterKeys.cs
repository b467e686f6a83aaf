using System.Security.Cryptography;
using System.Text;

namespace HongqiaoDashboard.Features.Intake.Keys;

/// <summary>
/// The keys that programs report with, from <c>Intake:ApiKeys</c>. Only their SHA-256 fingerprints are kept here, and a key
/// is compared with all of them in constant time.
/// </summary>
internal sealed class ReporterKeys
{
    /// <summary>Configuration key of the array.</summary>
    public const string ConfigurationKey = "Intake:ApiKeys";

    private const int LongestKey = 512;
    private const int ReporterDigits = 16;

    private readonly byte[][] _fingerprints;

    public ReporterKeys(IConfiguration configuration)
        : this(configuration.GetSection(ConfigurationKey).Get<string[]>() ?? []) { }

    public ReporterKeys(IEnumerable<string> keys) =>
        _fingerprints = [.. keys.Where(key => !string.IsNullOrWhiteSpace(key)).Select(Fingerprint)];

    /// <summary>
    /// Who holds a key: the first 16 hexadecimal digits of its fingerprint, which name the reporter in cases and logs
    /// without giving the key away; null when no such key is in force.
    /// </summary>
    public string? ReporterOf(string key)
    {
        if (key.Length > LongestKey)
        {
            return null;
        }

        var presented = Fingerprint(key);
        var found = false;
        foreach (var known in _fingerprints)
        {
            // No early end: how long it takes tells nothing about which key it was.
            found |= CryptographicOperations.FixedTimeEquals(known, presented);
        }

        return found ? Convert.ToHexStringLower(presented)[..ReporterDigits] : null;
    }

    private static byte[] Fingerprint(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
