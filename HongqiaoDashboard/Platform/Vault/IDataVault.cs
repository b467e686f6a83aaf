namespace HongqiaoDashboard.Platform.Vault;

/// <summary>
/// Keeps small texts about persons unreadable at rest. The keys lie in the data folder, each wrapped by a master key that
/// does not, so that neither a copy of the folder nor a backup can be read without it.
/// </summary>
public interface IDataVault
{
    /// <summary>Why nothing can be kept or read now; null when all is well. It holds until the program is started again.</summary>
    VaultFault? Fault { get; }

    /// <summary>Encrypts a text.</summary>
    /// <param name="purpose">Names what it is for; needed again to read it.</param>
    /// <param name="text">The text.</param>
    /// <returns>What may be stored; null when there is no key to keep it with, which <see cref="Fault"/> then explains.</returns>
    /// <exception cref="Persistence.StorageUnavailableException">A new key could not be stored; trying later is right.</exception>
    string? Protect(string purpose, string text);

    /// <summary>Reads what <see cref="Protect"/> gave.</summary>
    /// <param name="purpose">The purpose that it was given for.</param>
    /// <param name="kept">What was stored.</param>
    VaultReading Read(string purpose, string kept);
}

/// <summary>What came of reading: the text, or why there is none.</summary>
/// <param name="Text">The text; null when it cannot be read.</param>
/// <param name="Fault">Why not; null when it can.</param>
public readonly record struct VaultReading(string? Text, VaultFault? Fault);

/// <summary>Why something cannot be kept or read.</summary>
public enum VaultFault
{
    /// <summary>The data folder holds wrapped keys, and this account has no master key.</summary>
    MasterKeyMissing = 1,

    /// <summary>The master key that is named cannot be read or made, or is no 32 bytes in base64.</summary>
    MasterKeyUnusable = 2,

    /// <summary>The keys of the data folder were wrapped by another master key.</summary>
    MasterKeyWrong = 3,

    /// <summary>Encrypted with keys that are not in the data folder: by an older version of the program, or they were removed.</summary>
    KeyGone = 4,
}
