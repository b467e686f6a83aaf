using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary>First line of a manifest.</summary>
/// <param name="Format">Always <see cref="BackupManifest.Format"/>.</param>
/// <param name="Version">Version of the format.</param>
/// <param name="At">When the snapshot was taken.</param>
/// <param name="Program">Version of the program that wrote it.</param>
/// <param name="Migration">Last migration of the database in it.</param>
internal sealed record BackupHead(string Format, int Version, DateTimeOffset At, string Program, string Migration);

/// <summary>One file of the archive.</summary>
/// <param name="Name">Path below the data folder, with slashes.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Sha256">Of its content, hexadecimal.</param>
internal sealed record BackupEntry(string Name, long Length, string Sha256);

/// <summary>Last line of a manifest: without it, the archive is not whole.</summary>
/// <param name="Files">How many entries.</param>
/// <param name="Bytes">Their lengths, added up.</param>
internal sealed record BackupTotal(long Files, long Bytes);

/// <summary>
/// The archive: a tar, gzipped, with the database first, then the files of the parts in ascending order of their names, and
/// the manifest last, so that it is written and read in one go whatever its size. The manifest has a line of JSON each for
/// its head, every file in the order of the archive, and the total.
/// </summary>
internal static partial class BackupManifest
{
    public const string Format = "hongqiao-backup";
    public const int Version = 1;

    /// <summary>Name of the manifest in the archive.</summary>
    public const string Name = "manifest.jsonl";

    /// <summary>Longest line that is read.</summary>
    public const int LongestLine = 4096;

    // Names are for people too.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Line<T>(T part) => JsonSerializer.Serialize(part, Json);

    /// <summary>Reads a line; null for what is none.</summary>
    public static T? Parse<T>(string? line) where T : class
    {
        try
        {
            return line is null or { Length: > LongestLine } ? null : JsonSerializer.Deserialize<T>(line, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Whether a name may stand in an archive: relative, no way up, nothing hidden, and a file name on every system.
    /// </summary>
    public static bool IsName(string name) => name.Length <= 500 && Names().IsMatch(name);

    [GeneratedRegex("""^(?:[^\p{C}\\/:*?"<>|. ](?:[^\p{C}\\/:*?"<>|]*[^\p{C}\\/:*?"<>|. ])?)(?:/[^\p{C}\\/:*?"<>|. ](?:[^\p{C}\\/:*?"<>|]*[^\p{C}\\/:*?"<>|. ])?)*\z""", RegexOptions.CultureInvariant)]
    private static partial Regex Names();
}

/// <summary>Ends a backup or a restore with a sentence for whoever called it, in Chinese and English.</summary>
/// <param name="message">The sentence; nothing personal.</param>
internal sealed class BackupException(string message) : Exception(message);
