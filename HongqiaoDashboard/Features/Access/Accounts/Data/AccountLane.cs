using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

/// <summary>
/// The one way to write accounts: through the write lane. Before the writer is answered, what was committed is in
/// <see cref="AccountBook"/>, and what was open under an account that has a new stamp is closed.
/// </summary>
internal sealed class AccountLane(IWriteLane lane, AccountBook book, LiveConnections connections)
{
    private long _order;

    /// <summary>Runs changes of accounts in one transaction.</summary>
    /// <typeparam name="T">What they answer.</typeparam>
    /// <param name="change">The changes.</param>
    /// <param name="cancellation">Withdraws them while they still wait.</param>
    public async Task<T> WriteAsync<T>(Func<AccountWriting, T> change, CancellationToken cancellation = default)
    {
        AccountWriting? writing = null;
        var answer = await lane.WriteAsync(session => change(writing = new AccountWriting(session, ++_order)), cancellation);
        foreach (var account in writing!.Touched)
        {
            book.Take(account, writing.Order);
        }

        foreach (var id in writing.Ended)
        {
            connections.End(id);
        }

        return answer;
    }

    /// <summary>Changes one account; see <see cref="AccountWriting.Change"/>.</summary>
    /// <param name="id">Identity of the account.</param>
    /// <param name="change">What becomes of it.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    public Task<Account> ChangeAsync(string id, Action<AccountWriting, Account> change, CancellationToken cancellation = default) =>
        WriteAsync(writing => writing.Change(id, change), cancellation);
}

/// <summary>Changes of accounts within one transaction.</summary>
/// <param name="session">The transaction.</param>
/// <param name="order">Its place among those of accounts; the lane runs one after another.</param>
internal sealed class AccountWriting(WriteSession session, long order)
{
    /// <summary>Its place among those of accounts.</summary>
    public long Order => order;

    /// <summary>The transaction.</summary>
    public WriteSession Session => session;

    /// <summary>Accounts as they are after it.</summary>
    public List<Account> Touched { get; } = [];

    /// <summary>Identities under which nothing may stay open.</summary>
    public HashSet<string> Ended { get; } = [];

    /// <summary>Adds an account.</summary>
    /// <param name="account">The account.</param>
    /// <exception cref="RefusedException"><c>UserNameTaken</c>.</exception>
    public Account Add(Account account)
    {
        if (session.Context.Set<Account>().Any(a => a.NormalizedUserName == account.NormalizedUserName))
        {
            throw new RefusedException("UserNameTaken", account.UserName);
        }

        session.Context.Add(account);
        return Save(account);
    }

    /// <summary>Changes an account that is there.</summary>
    /// <param name="id">Identity of the account.</param>
    /// <param name="change">What becomes of it.</param>
    /// <returns>The account as it is now, detached.</returns>
    /// <exception cref="RefusedException"><c>AccountUnknown</c>, and what the change refuses.</exception>
    public Account Change(string id, Action<AccountWriting, Account> change)
    {
        var account = session.Context.Set<Account>().Find(id) ?? throw new RefusedException("AccountUnknown");
        var stamp = account.SecurityStamp;
        change(this, account);
        if (account.SecurityStamp != stamp)
        {
            Ended.Add(id);
        }

        return Save(account);
    }

    /// <summary>Saves what else was added to the transaction's context.</summary>
    public void Save()
    {
        session.Context.SaveChanges();
        // The lane's context lives for a batch: the next change in it must not find this one's objects.
        session.Context.ChangeTracker.Clear();
    }

    private Account Save(Account account)
    {
        Save();
        Touched.Add(account);
        return account;
    }
}
