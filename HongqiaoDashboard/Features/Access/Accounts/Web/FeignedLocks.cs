using System.Collections.Concurrent;
using HongqiaoDashboard.Features.Access.Accounts.Domain;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>
/// Locks names that no account has as accounts are locked: whoever tries five passwords would otherwise learn by the answer which
/// names there are. Kept in memory alone, since nobody needs it but to be deceived.
/// </summary>
internal sealed class FeignedLocks(TimeProvider clock)
{
    /// <summary>Wrong passwords in a row after which an account is locked.</summary>
    public const int WrongBeforeLock = 5;

    /// <summary>For how long it is locked.</summary>
    public static readonly TimeSpan LockTime = TimeSpan.FromMinutes(15);

    private const int MostNames = 10_000;

    private readonly ConcurrentDictionary<string, Feigned> _names = new(StringComparer.Ordinal);

    /// <summary>How many names are remembered.</summary>
    public int Count => _names.Count;

    /// <summary>Whether a name counts as locked.</summary>
    /// <param name="name">Normalised, in its turn.</param>
    public bool IsLocked(string name) => _names.TryGetValue(name, out var feigned) && feigned.LockedUntil > clock.GetUtcNow();

    /// <summary>Counts a wrong password.</summary>
    /// <param name="name">Normalised, in its turn.</param>
    /// <returns>Whether the name is locked by it.</returns>
    public bool CountWrong(string name)
    {
        // No account is called like this, as everybody knows.
        if (name.Length > AccountRules.LongestName)
        {
            return false;
        }

        var now = clock.GetUtcNow();
        var wrong = (_names.TryGetValue(name, out var known) ? known.Wrong : 0) + 1;
        var locks = wrong >= WrongBeforeLock;
        _names[name] = new Feigned(locks ? 0 : wrong, now, locks ? now + LockTime : null);
        if (_names.Count > MostNames)
        {
            foreach (var (oldest, _) in _names.OrderBy(entry => entry.Value.At).Take(MostNames / 2).ToList())
            {
                _names.TryRemove(oldest, out _);
            }
        }

        return locks;
    }

    private sealed record Feigned(int Wrong, DateTimeOffset At, DateTimeOffset? LockedUntil);
}
