using System.Security.Cryptography;
using System.Text;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

/// <summary>The second factor: an authenticator's key, encrypted, and codes for who has lost it, hashed.</summary>
internal sealed partial class AccountStore : IUserTwoFactorStore<Account>, IUserAuthenticatorKeyStore<Account>, IUserTwoFactorRecoveryCodeStore<Account>
{
    public Task SetTwoFactorEnabledAsync(Account user, bool enabled, CancellationToken cancellationToken) => Set(() => user.TwoFactorEnabled = enabled);

    public Task<bool> GetTwoFactorEnabledAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.TwoFactorEnabled);

    public Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken) => Set(() => user.AuthenticatorKey = secrets.Keep(key));

    public Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(secrets.Read(user.AuthenticatorKey));

    public Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken) =>
        Set(() => user.RecoveryCodes = string.Join(';', recoveryCodes.Select(HashOf)));

    public async Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
    {
        // Judged by what is stored, within the transaction: two that come at once do not both pass with one code.
        var redeemed = false;
        var stored = await lane.ChangeAsync(
            user.Id,
            (_, account) =>
            {
                var left = account.RecoveryCodes?.Split(';').ToList() ?? [];
                redeemed = left.Remove(HashOf(code));
                account.RecoveryCodes = left.Count == 0 ? null : string.Join(';', left);
            },
            cancellationToken);
        user.RecoveryCodes = stored.RecoveryCodes;
        user.Read = user.Read is { } read ? read with { RecoveryCodes = stored.RecoveryCodes } : null;
        return redeemed;
    }

    public Task<int> CountCodesAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.RecoveryCodes?.Split(';').Length ?? 0);

    private static string HashOf(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())));
}
