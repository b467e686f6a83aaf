using System.Xml;
using System.Xml.Linq;

namespace HongqiaoDashboard.Platform.Vault;

/// <summary>The files of the key ring, looked at from outside.</summary>
internal static class KeyRing
{
    /// <summary>Name of its folder in the data folder.</summary>
    public const string Folder = "keys";

    /// <summary>Fingerprints of the master keys that wrapped the keys of a ring.</summary>
    /// <param name="path">The ring's folder; it need not be there.</param>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="XmlException">A file of it is damaged.</exception>
    public static HashSet<string> MasterKeys(string path)
    {
        var fingerprints = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.xml") : [])
        {
            fingerprints.UnionWith(XDocument.Load(file).Descendants(KeyWrapper.Element).Select(e => (string?)e.Attribute(KeyWrapper.Fingerprint) ?? ""));
        }

        return fingerprints;
    }
}
