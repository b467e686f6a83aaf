using System.Security.Cryptography;

namespace HongqiaoDashboard.Platform.Vault;

/// <summary>The key that wraps the keys of the data folder, AES-256.</summary>
internal sealed class MasterKey
{
    /// <summary>Bytes of a key.</summary>
    public const int Length = 32;

    private readonly byte[] _bytes;

    private MasterKey(byte[] bytes)
    {
        _bytes = bytes;
        Fingerprint = Convert.ToHexStringLower(HKDF.DeriveKey(HashAlgorithmName.SHA256, bytes, 8, info: "fingerprint"u8.ToArray()));
    }

    /// <summary>Tells keys apart and tells nothing of the key: 16 hexadecimal digits.</summary>
    public string Fingerprint { get; }

    /// <summary>A new key as it is written down.</summary>
    public static string Make() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Length));

    /// <summary>Reads a key as it is written down: base64, white space around it ignored.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The key, or null for what is none.</returns>
    public static MasterKey? Parse(string text)
    {
        var bytes = new byte[Length + 1];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length == Length ? new MasterKey(bytes[..Length]) : null;
    }

    /// <summary>The cipher.</summary>
    public AesGcm Open() => new(_bytes, AesGcm.TagByteSizes.MaxSize);
}
