using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

/// <summary>
/// Where ASP.NET Core Identity finds accounts. It reads by the door and writes by the lane, so that what it has acknowledged is on the
/// disk like everything else; the store that ships with Entity Framework would be a second writer beside the lane.
/// </summary>
internal sealed partial class AccountStore(IReadDoor door, AccountLane lane, AccountSecrets secrets, IHttpContextAccessor requests)
    : IUserPasswordStore<Account>, IUserSecurityStampStore<Account>, IUserLockoutStore<Account>
{
    public async Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken)
    {
        await using var read = door.Open(Actor.System);
        return Read(await read.Query<Account>().FirstOrDefaultAsync(a => a.Id == userId, cancellationToken));
    }

    public async Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken)
    {
        await using var read = door.Open(Actor.System);
        return Read(await read.Query<Account>().FirstOrDefaultAsync(a => a.NormalizedUserName == normalizedUserName, cancellationToken));
    }

    public async Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken)
    {
        await lane.WriteAsync(writing => writing.Add(user), cancellationToken);
        return IdentityResult.Success;
    }

    /// <summary>
    /// Stores what signing in and its owner change of an account: never name, role, scope or whether it stands, which administrators
    /// change through their desk and which may have changed since this one was read.
    /// </summary>
    public async Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken)
    {
        var overtaken = false;
        // Asked here: the lane's thread has no request.
        var origin = requests.HttpContext is { } http ? CallOrigin.Of(http) : null;
        var stored = await lane.ChangeAsync(
            user.Id,
            (writing, account) =>
            {
                var before = account.Own;
                // Somebody else has ended its sessions since this one was read: what is known of it here may not come back.
                overtaken = account.SecurityStamp != user.Read?.SecurityStamp;
                account.Own = overtaken ? before : before.With(user.Read!, user.Own);
                if (account.Own.HasOtherCredentials(before))
                {
                    writing.Session.Audit(new AuditRecord(AuditActs.CredentialsChanged, account.Id), AccountBook.ActorOf(account) with { Origin = origin });
                }
            },
            cancellationToken);
        if (overtaken)
        {
            return IdentityResult.Failed(new IdentityErrorDescriber().ConcurrencyFailure());
        }

        user.Read = user.Own = stored.Own;
        return IdentityResult.Success;
    }

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) =>
        throw new NotSupportedException("Accounts are deactivated, never removed: logs name them.");

    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id);

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.UserName);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.NormalizedUserName);

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => Set(() => user.UserName = userName!);

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => Set(() => user.NormalizedUserName = normalizedName!);

    public Task SetPasswordHashAsync(Account user, string? passwordHash, CancellationToken cancellationToken) => Set(() => user.PasswordHash = passwordHash);

    public Task<string?> GetPasswordHashAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash);

    public Task<bool> HasPasswordAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.PasswordHash is not null);

    public Task SetSecurityStampAsync(Account user, string stamp, CancellationToken cancellationToken) => Set(() => user.SecurityStamp = stamp);

    public Task<string?> GetSecurityStampAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.SecurityStamp);

    public Task<DateTimeOffset?> GetLockoutEndDateAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.LockoutEnd);

    public Task SetLockoutEndDateAsync(Account user, DateTimeOffset? lockoutEnd, CancellationToken cancellationToken) => Set(() => user.LockoutEnd = lockoutEnd);

    public Task<int> IncrementAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(++user.AccessFailedCount);

    public Task ResetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Set(() => user.AccessFailedCount = 0);

    public Task<int> GetAccessFailedCountAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.AccessFailedCount);

    public Task<bool> GetLockoutEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(true);

    public Task SetLockoutEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() { }

    private static Account? Read(Account? account)
    {
        account?.Read = account.Own;
        return account;
    }

    private static Task Set(Action set)
    {
        set();
        return Task.CompletedTask;
    }
}
