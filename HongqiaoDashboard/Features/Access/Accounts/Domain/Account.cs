namespace HongqiaoDashboard.Features.Access.Accounts.Domain;

/// <summary>Somebody who signs in: one role, one scope. Never removed, only deactivated, because logs name it.</summary>
internal sealed class Account
{
    /// <summary>What an account's identity begins with, in logs and everywhere else.</summary>
    public const string IdPrefix = "account:";

    /// <summary>Stable identity; says nothing of the person.</summary>
    public required string Id { get; init; }

    /// <summary>What is typed to sign in, as it was written when the account was made.</summary>
    public required string UserName { get; set; }

    /// <summary><see cref="UserName"/> in the form that is compared.</summary>
    public required string NormalizedUserName { get; set; }

    /// <summary>What others see.</summary>
    public required string DisplayName { get; set; }

    /// <summary>A slug of <see cref="Platform.Identity.Roles"/>.</summary>
    public required string Role { get; set; }

    /// <summary>Grid code that bounds what is seen; null for everything.</summary>
    public string? ScopeCode { get; set; }

    /// <summary>Department whose cases alone are seen; null for no such bound.</summary>
    public string? Department { get; set; }

    /// <summary>Hash of the password; null while none has been chosen.</summary>
    public string? PasswordHash { get; set; }

    /// <summary>Changes with everything that ends what is open under this account.</summary>
    public required string SecurityStamp { get; set; }

    /// <summary>Wrong passwords in a row.</summary>
    public int AccessFailedCount { get; set; }

    /// <summary>Until when no password is taken; null when it is not locked.</summary>
    public DateTimeOffset? LockoutEnd { get; set; }

    /// <summary>Whether a code of an authenticator is asked for after the password.</summary>
    public bool TwoFactorEnabled { get; set; }

    /// <summary>The key of the authenticator, as the vault keeps it; null without one.</summary>
    public string? AuthenticatorKey { get; set; }

    /// <summary>Hashes of the recovery codes that are left, separated by semicolons; null for none.</summary>
    public string? RecoveryCodes { get; set; }

    /// <summary>Who this is at the identity provider of the organisation; null for nobody there.</summary>
    public string? ExternalSubject { get; set; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last signed in with; null for never.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }

    /// <summary>Since when nobody may sign in with it; null while somebody may.</summary>
    public DateTimeOffset? DeactivatedAt { get; set; }

    /// <summary>Its own part as it was read for signing in; not stored.</summary>
    public OwnPart? Read { get; set; }

    /// <summary>The part that signing in and its owner change.</summary>
    public OwnPart Own
    {
        get => new(PasswordHash, SecurityStamp, AccessFailedCount, LockoutEnd, TwoFactorEnabled, AuthenticatorKey, RecoveryCodes);
        set => (PasswordHash, SecurityStamp, AccessFailedCount, LockoutEnd, TwoFactorEnabled, AuthenticatorKey, RecoveryCodes) = value;
    }

    /// <summary>Whether somebody may sign in with it.</summary>
    public bool IsActive => DeactivatedAt is null;
}
