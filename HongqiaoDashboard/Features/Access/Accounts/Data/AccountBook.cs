using System.Collections.Immutable;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

/// <summary>What every request asks of an account: whether it still stands, and as what.</summary>
/// <param name="Stamp">Must be the one that the session was opened with.</param>
/// <param name="Actor">As whom it acts.</param>
internal sealed record Standing(string Stamp, Actor Actor);

/// <summary>
/// The accounts that somebody may sign in with, in memory, since every request and every reconnect asks for one. Accounts are
/// written by the serving process alone, through <see cref="AccountLane"/>, which keeps this true.
/// </summary>
internal sealed class AccountBook(IReadDoor door)
{
    private readonly Lock _loading = new();
    private readonly Dictionary<string, long> _taken = [];
    private volatile ImmutableDictionary<string, Standing>? _standing;

    /// <summary>How an account stands; null when nobody may act as it.</summary>
    /// <param name="id">Identity of the account.</param>
    public Standing? Find(string id) => Loaded().GetValueOrDefault(id);

    /// <summary>Takes in what has just been committed.</summary>
    /// <param name="account">The account as it was after its transaction.</param>
    /// <param name="order">Place of the transaction among those of accounts: their writers are answered in any order.</param>
    public void Take(Account account, long order)
    {
        lock (_loading)
        {
            if (_taken.GetValueOrDefault(account.Id) > order)
            {
                return;
            }

            _taken[account.Id] = order;
            // Not loaded yet: it will be read with all the others.
            _standing = account.IsActive ? _standing?.SetItem(account.Id, Of(account)) : _standing?.Remove(account.Id);
        }
    }

    /// <summary>As whom an account acts.</summary>
    /// <param name="account">The account.</param>
    public static Actor ActorOf(Account account) => new(account.Id, account.DisplayName, account.Role, account.ScopeCode) { Department = account.Department };

    private static Standing Of(Account account) => new(account.SecurityStamp, ActorOf(account));

    private ImmutableDictionary<string, Standing> Loaded()
    {
        if (_standing is { } known)
        {
            return known;
        }

        lock (_loading)
        {
            if (_standing is null)
            {
                using var read = door.Open(Actor.System);
                _standing = read.Query<Account>().Where(a => a.DeactivatedAt == null).AsNoTracking().ToList().ToImmutableDictionary(a => a.Id, Of);
            }

            return _standing;
        }
    }
}
