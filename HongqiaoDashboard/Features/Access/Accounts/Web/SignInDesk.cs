using System.Security.Claims;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>What came of an attempt to sign in.</summary>
internal enum SignInOutcome
{
    /// <summary>Signed in.</summary>
    Done,

    /// <summary>The password is right; a code is asked for next.</summary>
    SecondFactor,

    /// <summary>Not let in. Why is not told: a stranger would learn which accounts there are.</summary>
    Wrong,

    /// <summary>Too many wrong attempts on this account; it opens again by itself.</summary>
    Locked,

    /// <summary>Too many wrong attempts from this address.</summary>
    TooMany,
}

/// <summary>Signs people in and out of the browser whose request it serves.</summary>
internal sealed class SignInDesk(
    AccountSignInManager signIn, UserManager<Account> users, AccountLane lane, SignInGate gate, FeignedLocks feigned, SpentCodes spent,
    IPasswordHasher<Account> hasher, IDenials denials, IHttpContextAccessor accessor)
{
    // Hashed once: checking it takes as long as checking a real one, so that time does not tell which accounts there are.
    private static string? _nobody;

    private HttpContext Http => accessor.HttpContext ?? throw new InvalidOperationException("Signing in needs a request; a circuit has none.");

    /// <summary>Tries a password.</summary>
    /// <param name="userName">As typed.</param>
    /// <param name="password">As typed.</param>
    /// <param name="keep">Whether the session outlives the browser.</param>
    public async Task<SignInOutcome> WithPasswordAsync(string userName, string password, bool keep)
    {
        // As accounts are found by it: one name, however it is written, has one turn.
        var name = users.NormalizeName(userName) ?? "";
        using var turn = await gate.TryEnterAsync(name, Http.Connection.RemoteIpAddress, Http.RequestAborted);
        if (turn is null)
        {
            return SignInOutcome.TooMany;
        }

        return await users.FindByNameAsync(userName) is { IsActive: true, PasswordHash: not null } account
            ? await OutcomeAsync(await signIn.PasswordSignInAsync(account, password, keep, lockoutOnFailure: true), account)
            : AsNobody(name, password);
    }

    /// <summary>Tries the code of an authenticator, or a recovery code, for whom <see cref="WithPasswordAsync"/> asked for one.</summary>
    /// <param name="code">As typed.</param>
    /// <param name="recovery">Whether it is a recovery code.</param>
    /// <param name="keep">Whether the session outlives the browser.</param>
    public async Task<SignInOutcome> WithCodeAsync(string code, bool recovery, bool keep)
    {
        // Asked of the cookie, for the turn alone: what is judged is read within the turn, or codes that come at once would all be
        // judged by the same count of wrong ones.
        var half = (await Http.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme)).Principal?.FindFirstValue(ClaimTypes.Name);
        if (half is null || await users.FindByIdAsync(half) is not { } waiting)
        {
            return SignInOutcome.Wrong;
        }

        using var turn = await gate.TryEnterAsync(waiting.NormalizedUserName, Http.Connection.RemoteIpAddress, Http.RequestAborted);
        if (turn is null)
        {
            return SignInOutcome.TooMany;
        }

        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { IsActive: true } account)
        {
            return SignInOutcome.Wrong;
        }

        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        return await OutcomeAsync(recovery ? await WithRecoveryCodeAsync(account, typed) : await WithAuthenticatorAsync(account, typed, keep), account);
    }

    /// <summary>Signs somebody in who has shown otherwise who they are: by a single-use link, a demo's offer, the organisation's own sign-in.</summary>
    /// <param name="account">Who.</param>
    public async Task AsAsync(Account account)
    {
        await signIn.SignInAsync(account, isPersistent: false);
        await NoteAsync(account.Id);
    }

    /// <summary>Signs this browser out.</summary>
    public Task OutAsync() => signIn.SignOutAsync();

    // Everything that somebody sees or can measure is as with an account.
    private SignInOutcome AsNobody(string name, string password)
    {
        gate.CountWrong(Http.Connection.RemoteIpAddress);
        // What was typed may be a password in the wrong field.
        denials.Note("(unknown account)", null, CallOrigin.Of(Http), AuditActs.SignInRefused);
        if (feigned.IsLocked(name))
        {
            return SignInOutcome.Locked;
        }

        _nobody ??= hasher.HashPassword(null!, "nobody");
        hasher.VerifyHashedPassword(null!, _nobody, password);
        return feigned.CountWrong(name) ? SignInOutcome.Locked : SignInOutcome.Wrong;
    }

    private async Task<SignInResult> WithAuthenticatorAsync(Account account, string code, bool keep)
    {
        // A spent one is as wrong as any other, and counts as wrong.
        var result = await signIn.TwoFactorAuthenticatorSignInAsync(spent.IsSpent(account.Id, code) ? "" : code, keep, rememberClient: false);
        if (result.Succeeded)
        {
            spent.Spend(account.Id, code);
        }

        return result;
    }

    // The manager looks at no lock here, and counts no wrong one.
    private async Task<SignInResult> WithRecoveryCodeAsync(Account account, string code)
    {
        if (await users.IsLockedOutAsync(account))
        {
            return SignInResult.LockedOut;
        }

        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (!result.Succeeded)
        {
            await users.AccessFailedAsync(account);
        }

        return result.Succeeded || !await users.IsLockedOutAsync(account) ? result : SignInResult.LockedOut;
    }

    private async Task<SignInOutcome> OutcomeAsync(SignInResult result, Account account)
    {
        if (result.Succeeded)
        {
            await NoteAsync(account.Id);
            return SignInOutcome.Done;
        }

        if (result.RequiresTwoFactor)
        {
            return SignInOutcome.SecondFactor;
        }

        gate.CountWrong(Http.Connection.RemoteIpAddress);
        denials.Note(account.Id, null, CallOrigin.Of(Http), AuditActs.SignInRefused);
        return result.IsLockedOut ? SignInOutcome.Locked : SignInOutcome.Wrong;
    }

    // The answer that carries the cookie goes out only when the record is kept.
    private Task<Account> NoteAsync(string id)
    {
        // Asked here: the lane's thread has no request.
        var origin = CallOrigin.Of(Http);
        return lane.ChangeAsync(
            id,
            (writing, account) =>
            {
                account.LastSignInAt = writing.Session.Now;
                writing.Session.Audit(new AuditRecord(AuditActs.SignedIn, id), AccountBook.ActorOf(account) with { Origin = origin });
            },
            Http.RequestAborted);
    }
}
