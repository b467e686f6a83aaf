using System.Collections.Concurrent;
using System.Globalization;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>
/// The codes of authenticators that somebody has signed in with: one that was looked over a shoulder would otherwise be good for
/// minutes (RFC 6238, 5.2). In memory, since none is good for longer than <see cref="Life"/>.
/// </summary>
internal sealed class SpentCodes(TimeProvider clock)
{
    /// <summary>Longer than any code is taken, early and late ones included.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string Account, int Code), DateTimeOffset> _spent = new();

    /// <summary>How many are remembered.</summary>
    public int Count => _spent.Count;

    /// <summary>Whether an account's code was used a moment ago.</summary>
    /// <param name="account">Identity of the account.</param>
    /// <param name="code">As it is judged: a number, whatever stands before it.</param>
    public bool IsSpent(string account, string code) =>
        Number(code) is { } number && _spent.TryGetValue((account, number), out var at) && clock.GetUtcNow() - at < Life;

    /// <summary>Remembers that a code was used.</summary>
    /// <param name="account">Identity of the account.</param>
    /// <param name="code">The code.</param>
    public void Spend(string account, string code)
    {
        var now = clock.GetUtcNow();
        foreach (var (old, at) in _spent)
        {
            if (now - at >= Life)
            {
                _spent.TryRemove(old, out _);
            }
        }

        if (Number(code) is { } number)
        {
            _spent[(account, number)] = now;
        }
    }

    private static int? Number(string code) => int.TryParse(code, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;
}
