using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Vault;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

/// <summary>Keys of authenticators, which must be read again and so cannot be hashed, in the vault of personal data.</summary>
internal sealed class AccountSecrets(IDataVault vault)
{
    private const string Purpose = "authenticator";

    /// <summary>What may be stored of a key.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="RefusedException"><c>VaultClosed</c>.</exception>
    public string Keep(string key) => vault.Protect(Purpose, key) ?? throw new RefusedException("VaultClosed");

    /// <summary>A key that was kept; null for none, or when it cannot be read now.</summary>
    /// <param name="kept">What was stored.</param>
    public string? Read(string? kept) => kept is null ? null : vault.Read(Purpose, kept).Text;
}
