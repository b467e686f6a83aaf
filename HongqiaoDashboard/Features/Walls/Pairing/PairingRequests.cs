using System.Buffers.Text;
using System.Security.Cryptography;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>Limits of pairing; section <c>Walls:Pairing</c>.</summary>
public sealed class PairingOptions
{
    /// <summary>Displays that may wait at a time.</summary>
    public int Most { get; set; } = 256;

    /// <summary>Displays that may wait at a time at one address; behind a proxy all have the proxy's.</summary>
    public int MostPerAddress { get; set; } = 32;
}

/// <summary>How a waiting display stands.</summary>
internal enum PairingState
{
    /// <summary>It shows its code.</summary>
    Waiting,

    /// <summary>It has been let in, and is handed its secret now.</summary>
    Paired,

    /// <summary>Its code has expired, or is of no use any more.</summary>
    Gone,
}

/// <summary>A display that waits.</summary>
/// <param name="Holder">Hash of the secret in the display's own cookie.</param>
/// <param name="Code">What it shows.</param>
/// <param name="Address">Where it calls from.</param>
/// <param name="Until">When its code ends.</param>
internal sealed record Pairing(string Holder, string Code, string Address, DateTimeOffset Until);

/// <summary>
/// The displays that wait to be let in, in memory: a restart gives each a new code. A code is good for one confirmation, and what comes of
/// that goes to the display that showed it and to no other, whoever has read the code: the display is known by a secret in its own cookie.
/// </summary>
internal sealed class PairingRequests(TimeProvider clock, IOptions<PairingOptions> options)
{
    /// <summary>How long a code holds.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Pairing> _byHolder = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _secrets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>A random secret of 32 bytes, as cookies carry it.</summary>
    public static string NewSecret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What a display shows that has waited already; null when it has to begin.</summary>
    /// <param name="secret">Its cookie.</param>
    public Pairing? Of(string? secret)
    {
        lock (_gate)
        {
            Sweep();
            return secret is not null && _byHolder.TryGetValue(HolderOf(secret), out var pairing) ? pairing : null;
        }
    }

    /// <summary>Begins to wait.</summary>
    /// <param name="address">Where the display calls from.</param>
    /// <returns>What it shows, and the secret for its cookie; null when too many wait.</returns>
    public (Pairing Pairing, string Secret)? Begin(string address)
    {
        lock (_gate)
        {
            Sweep();
            if (_byHolder.Count >= options.Value.Most || _byHolder.Values.Count(other => other.Address == address) >= options.Value.MostPerAddress)
            {
                return null;
            }

            string code;
            do
            {
                code = PairingCode.New();
            }
            while (_byHolder.Values.Any(other => other.Code == code));
            var secret = NewSecret();
            var pairing = new Pairing(HolderOf(secret), code, address, clock.GetUtcNow() + Life);
            _byHolder.Add(pairing.Holder, pairing);
            return (pairing, secret);
        }
    }

    /// <summary>Uses a code up.</summary>
    /// <param name="code">As <see cref="PairingCode.Read"/> gave it.</param>
    /// <returns>The display that shows it; null when none does, or somebody has used it before.</returns>
    public Pairing? Take(string code)
    {
        lock (_gate)
        {
            Sweep();
            return _byHolder.Values.FirstOrDefault(pairing => pairing.Code == code) is { } found && _taken.Add(code) ? found : null;
        }
    }

    /// <summary>Gives a used code back whose display could not be let in.</summary>
    public void GiveBack(Pairing pairing)
    {
        lock (_gate)
        {
            _taken.Remove(pairing.Code);
        }
    }

    /// <summary>Keeps the secret of a display that has been let in until it asks for it.</summary>
    public void Hand(Pairing pairing, string secret)
    {
        lock (_gate)
        {
            _secrets[pairing.Holder] = secret;
        }
    }

    /// <summary>How a display stands; one that has been let in is handed its secret, once.</summary>
    /// <param name="secret">The cookie of the display that waits.</param>
    public (PairingState State, string? Secret) Ask(string? secret)
    {
        lock (_gate)
        {
            Sweep();
            if (secret is null || !_byHolder.TryGetValue(HolderOf(secret), out var pairing))
            {
                return (PairingState.Gone, null);
            }

            if (!_secrets.TryGetValue(pairing.Holder, out var handed))
            {
                return (PairingState.Waiting, null);
            }

            Forget(pairing);
            return (PairingState.Paired, handed);
        }
    }

    private static string HolderOf(string secret) => Convert.ToHexStringLower(KeyPrint.HashOf(secret));

    private void Forget(Pairing pairing)
    {
        _byHolder.Remove(pairing.Holder);
        _secrets.Remove(pairing.Holder);
        _taken.Remove(pairing.Code);
    }

    private void Sweep()
    {
        var now = clock.GetUtcNow();
        foreach (var pairing in _byHolder.Values.Where(pairing => pairing.Until <= now).ToList())
        {
            Forget(pairing);
        }
    }
}
