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
    public async Task<IReadOnlyList<string>> ChangePasswordAsync(Account account, string current, string password)
    {
        if (!await IsOwnPasswordAsync(account, current))
        {
            return ["CurrentPasswordWrong"];
        }

        var result = await users.ChangePasswordAsync(account, current, password);
        if (result.Succeeded)
        {
            await signIn.RefreshSignInAsync(account);
        }

        return [.. result.Errors.Select(error => error.Code).Distinct()];
    }

    /// <summary>The authenticator's key that has been begun with, or null.</summary>
    public Task<string?> KeyAsync(Account account) => users.GetAuthenticatorKeyAsync(account);

    /// <summary>Makes a new key for an authenticator; it counts when a code of it has been confirmed.</summary>
    /// <exception cref="Kernel.RefusedException"><c>VaultClosed</c>.</exception>
    public async Task<string?> NewKeyAsync(Account account)
    {
        await users.ResetAuthenticatorKeyAsync(account);
        await signIn.RefreshSignInAsync(account);
        return await users.GetAuthenticatorKeyAsync(account);
    }

    /// <summary>Switches the second step on, by a code of the authenticator.</summary>
    /// <returns>Recovery codes, to be shown this once; none when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>> ConfirmAsync(Account account, string code)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        if (!await users.VerifyTwoFactorTokenAsync(account, TokenOptions.DefaultAuthenticatorProvider, typed))
        {
            return [];
        }

        await users.SetTwoFactorEnabledAsync(account, true);
        var codes = await users.GenerateNewTwoFactorRecoveryCodesAsync(account, RecoveryCodes);
        await signIn.RefreshSignInAsync(account);
        return [.. codes ?? []];
    }

    /// <summary>Switches the second step off, for who knows the password.</summary>
    public async Task<bool> SwitchOffAsync(Account account, string current)
    {
        if (!await IsOwnPasswordAsync(account, current))
        {
            return false;
        }

        (account.AuthenticatorKey, account.RecoveryCodes) = (null, null);
        await users.SetTwoFactorEnabledAsync(account, false);
        await signIn.RefreshSignInAsync(account);
        return true;
    }

    // An open browser that somebody has left must not be the way to their password.
    private async Task<bool> IsOwnPasswordAsync(Account account, string current)
    {
        var http = accessor.HttpContext!;
        var address = http.Connection.RemoteIpAddress;
        if (gate.IsShut(address))
        {
            return false;
        }

        using var turn = await gate.EnterAsync(account.UserName, http.RequestAborted);
        var own = await users.CheckPasswordAsync(account, current);
        if (!own)
        {
            gate.CountWrong(address);
        }

        return own;
    }
}
