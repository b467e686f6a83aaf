using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace HongqiaoDashboard.Features.Access.Accounts.Domain;

/// <summary>What a ticket lets its holder do, once.</summary>
internal enum TicketPurpose
{
    /// <summary>Make the first administrator of an empty system.</summary>
    FirstAdministrator = 1,

    /// <summary>Choose the password of an account.</summary>
    ChoosePassword = 2,
}

/// <summary>A secret that is good for one thing, once, until a time. Only its hash is stored.</summary>
internal sealed class AccountTicket
{
    // 256 bits from the system's generator cannot be guessed, so a quick hash protects them as well as a slow one.
    private const int SecretBytes = 32;

    /// <summary>SHA-256 of the secret, hexadecimal.</summary>
    public required string Hash { get; init; }

    /// <summary>What it is good for.</summary>
    public required TicketPurpose Purpose { get; init; }

    /// <summary>For whom; null when there is no account yet.</summary>
    public string? AccountId { get; init; }

    /// <summary>From when on it is worthless.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was used; null while it has not been.</summary>
    public DateTimeOffset? UsedAt { get; set; }

    /// <summary>A new secret, as it is handed over.</summary>
    public static string NewSecret() => WebEncoders.Base64UrlEncode(RandomNumberGenerator.GetBytes(SecretBytes));

    /// <summary>What is stored of a secret.</summary>
    /// <param name="secret">As somebody brought it; white space around it does not count.</param>
    public static string HashOf(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret.Trim())));
}
