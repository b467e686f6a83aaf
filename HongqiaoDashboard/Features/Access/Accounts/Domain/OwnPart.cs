namespace HongqiaoDashboard.Features.Access.Accounts.Domain;

/// <summary>What signing in and its owner change of an account; the rest belongs to administrators. See <see cref="Account"/>.</summary>
internal sealed record OwnPart(
    string? PasswordHash, string SecurityStamp, int AccessFailedCount, DateTimeOffset? LockoutEnd, bool TwoFactorEnabled, string? AuthenticatorKey, string? RecoveryCodes)
{
    /// <summary>Puts a change on what is stored: only what was changed, so that what others have stored since is not taken back.</summary>
    /// <param name="read">What the change began with.</param>
    /// <param name="changed">What became of it.</param>
    public OwnPart With(OwnPart read, OwnPart changed) => new(
        Of(PasswordHash, read.PasswordHash, changed.PasswordHash),
        Of(SecurityStamp, read.SecurityStamp, changed.SecurityStamp),
        Of(AccessFailedCount, read.AccessFailedCount, changed.AccessFailedCount),
        Of(LockoutEnd, read.LockoutEnd, changed.LockoutEnd),
        Of(TwoFactorEnabled, read.TwoFactorEnabled, changed.TwoFactorEnabled),
        Of(AuthenticatorKey, read.AuthenticatorKey, changed.AuthenticatorKey),
        Of(RecoveryCodes, read.RecoveryCodes, changed.RecoveryCodes));

    /// <summary>Whether somebody would sign in otherwise than before: a password, an authenticator, codes that were made or used.</summary>
    /// <param name="before">What was stored before.</param>
    public bool HasOtherCredentials(OwnPart before) =>
        (PasswordHash, TwoFactorEnabled, AuthenticatorKey, RecoveryCodes) != (before.PasswordHash, before.TwoFactorEnabled, before.AuthenticatorKey, before.RecoveryCodes);

    private static T Of<T>(T stored, T read, T changed) => EqualityComparer<T>.Default.Equals(read, changed) ? stored : changed;
}
