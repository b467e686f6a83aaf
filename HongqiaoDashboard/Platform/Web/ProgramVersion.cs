using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Components;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>What tells one version of the program from another: its code, and every file that it gives to browsers.</summary>
internal static class ProgramVersion
{
    // The collection lives as long as the program.
    private static readonly ConditionalWeakTable<ResourceAssetCollection, string> Known = [];

    /// <summary>A short name of the version that runs.</summary>
    /// <param name="assets">The files for browsers, whose addresses carry fingerprints.</param>
    public static string Of(ResourceAssetCollection assets) => Known.GetValue(assets, static assets =>
    {
        var code = typeof(ProgramVersion).Assembly.ManifestModule.ModuleVersionId.ToString();
        var files = assets.Select(asset => asset.Url).Order(StringComparer.Ordinal);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', files.Prepend(code)))))[..12];
    });
}
