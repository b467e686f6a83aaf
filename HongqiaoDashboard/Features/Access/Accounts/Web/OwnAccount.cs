using System.Security.Claims;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>
/// What people change of their own account. Each change ends every other session of it; the browser that asked gets a new cookie.
/// </summary>
internal sealed class OwnAccount(UserManager<Account> users, AccountSignInManager signIn, SignInGate gate, IHttpContextAccessor accessor)
{
    private const int RecoveryCodes = 8;

    /// <summary>The account of a caller; null for programs and displays.</summary>
    /// <param name="user">The caller.</param>
    public async Task<Account?> FindAsync(ClaimsPrincipal user) =>
        user.FindFirstValue(ClaimTypes.NameIdentifier) is { } id && id.StartsWith(Account.IdPrefix, StringComparison.Ordinal) ? await users.FindByIdAsync(id) : null;

    /// <summary>Changes the password.</summary>
    /// <returns>Keys of what is wrong; none when it is changed.</returns>
    public Task<IReadOnlyList<string>> ChangePasswordAsync(Account account, string current, string password) =>
        AsOwnerAsync(account, current, own => users.ChangePasswordAsync(own, current, password));

    /// <summary>The authenticator's key that has been begun with, or null.</summary>
    public Task<string?> KeyAsync(Account account) => users.GetAuthenticatorKeyAsync(account);

    /// <summary>Makes a new key for an authenticator; it counts when a code of it has been confirmed.</summary>
    /// <returns>Keys of what is wrong; none when it is made.</returns>
    /// <exception cref="Kernel.RefusedException"><c>VaultClosed</c>.</exception>
    public async Task<IReadOnlyList<string>> NewKeyAsync(Account account) => await RenewedAsync(account, await users.ResetAuthenticatorKeyAsync(account));

    /// <summary>Switches the second step on, by a code of the authenticator.</summary>
    /// <returns>Recovery codes, to be shown this once; none when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>> ConfirmAsync(Account account, string code)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        if (!await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, typed)
            || !(await users.SetTwoFactorEnabledAsync(account, true)).Succeeded)
        {
            return [];
        }

        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await signIn.RefreshSignInAsync(account);
        return [.. codes ?? []];
    }

    /// <summary>Switches the second step off, for who knows the password.</summary>
    /// <returns>Keys of what is wrong; none when it is off.</returns>
    public Task<IReadOnlyList<string>> SwitchOffAsync(Account account, string current) => AsOwnerAsync(account, current, own =>
    {
        (own.AuthenticatorKey, own.RecoveryCodes) = (null, null);
        return users.SetTwoFactorEnabledAsync(own, false);
    });

    // An open browser that somebody has left must not be the way to their password: wrong ones count as they do at the door.
    private async Task<IReadOnlyList<string>> AsOwnerAsync(Account account, string current, Func<Account, Task<IdentityResult>> change)
    {
        var http = accessor.HttpContext!;
        var address = http.Connection.RemoteIpAddress;
        using var turn = await gate.TryEnterAsync(account.NormalizedUserName, address, http.RequestAborted);
        if (turn is null)
        {
            return ["SignInTooMany"];
        }

        // Read within the turn, or those that come at once are all judged by the same count.
        if (await users.FindByIdAsync(account.Id) is not { } own || await users.IsLockedOutAsync(own))
        {
            gate.CountWrong(address);
            return ["SignInLocked"];
        }

        if (!await users.CheckPasswordAsync(own, current))
        {
            gate.CountWrong(address);
            await users.AccessFailedAsync(own);
            return ["CurrentPasswordWrong"];
        }

        await users.ResetAccessFailedCountAsync(own);
        return await RenewedAsync(own, await change(own));
    }

    private async Task<IReadOnlyList<string>> RenewedAsync(Account account, IdentityResult result)
    {
        if (result.Succeeded)
        {
            await signIn.RefreshSignInAsync(account);
        }

        return [.. result.Errors.Select(error => error.Code).Distinct()];
    }
}
