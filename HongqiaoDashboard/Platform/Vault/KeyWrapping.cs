using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace HongqiaoDashboard.Platform.Vault;

/// <summary>Wraps the secret of each key of the ring by the master key, AES-GCM. The element names the key by its fingerprint.</summary>
internal sealed class KeyWrapper(Func<MasterKey> master) : IXmlEncryptor
{
    internal const string Element = "wrappedByMasterKey";
    internal const string Fingerprint = "masterKey";
    internal static readonly byte[] Bound = "HongqiaoDashboard key ring 1"u8.ToArray();

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var key = master();
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var (wrapped, tag) = (new byte[plain.Length], new byte[AesGcm.TagByteSizes.MaxSize]);
        using var cipher = key.Open();
        cipher.Encrypt(nonce, plain, wrapped, tag, Bound);
        CryptographicOperations.ZeroMemory(plain);
        return new EncryptedXmlInfo(
            new XElement(
                Element,
                new XAttribute(Fingerprint, key.Fingerprint),
                new XElement("nonce", Convert.ToBase64String(nonce)),
                new XElement("tag", Convert.ToBase64String(tag)),
                new XElement("value", Convert.ToBase64String(wrapped))),
            typeof(KeyUnwrapper));
    }
}

/// <summary>Unwraps them. Its name stands in the files of the ring: renamed, it could not read the ones that are there.</summary>
internal sealed class KeyUnwrapper : IXmlDecryptor
{
    private readonly MasterKey _master;

    /// <summary>Called by the framework, which knows the type by the name in the file.</summary>
    /// <param name="services">The ring's own services.</param>
    public KeyUnwrapper(IServiceProvider services) => _master = services.GetRequiredService<Func<MasterKey>>()();

    public XElement Decrypt(XElement encryptedElement)
    {
        byte[] Part(string name) => Convert.FromBase64String((string?)encryptedElement.Element(name) ?? "");

        var (nonce, tag, wrapped) = (Part("nonce"), Part("tag"), Part("value"));
        var plain = new byte[wrapped.Length];
        using var cipher = _master.Open();
        cipher.Decrypt(nonce, wrapped, tag, plain, KeyWrapper.Bound);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }
}
