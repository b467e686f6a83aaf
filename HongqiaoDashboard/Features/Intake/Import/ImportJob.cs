using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Where an import that the page began stands.</summary>
internal enum ImportState
{
    /// <summary>The file is there; nobody has begun.</summary>
    Uploaded,
    /// <summary>Going on.</summary>
    Running,
    /// <summary>Read to its end.</summary>
    Done,
    /// <summary>Somebody stopped it; what was imported stands.</summary>
    Cancelled,
    /// <summary>The server ended while it was going on; what was imported stands.</summary>
    Interrupted,
    /// <summary>The file as a whole does not fit.</summary>
    Refused,
    /// <summary>The disk or the database failed; what was imported stands.</summary>
    Failed,
}

/// <summary>The record of an import that the page began.</summary>
internal sealed record ImportJob
{
    /// <summary>Random; also the name of its folder.</summary>
    public required string Id { get; init; }
    /// <summary>Name that the file had.</summary>
    public required string FileName { get; init; }
    /// <summary>Bytes of the file.</summary>
    public required long Length { get; init; }
    /// <summary>When it was uploaded, then when it began.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Who did it.</summary>
    public required string ActorName { get; init; }
    /// <summary>Where it stands.</summary>
    public ImportState State { get; init; }
    /// <summary>Whether it only judges.</summary>
    public bool IsDryRun { get; init; }
    /// <summary>The mapping, as JSON; null before it began.</summary>
    public string? Mapping { get; init; }
    /// <summary>How far it is, or was.</summary>
    public ImportProgress Counts { get; init; } = ImportProgress.None;
    /// <summary>Sentences on the file as a whole.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>Whether it may be run, or run again.</summary>
    public bool CanRun => State is not (ImportState.Running or ImportState.Done) || IsDryRun && State == ImportState.Done;
}

/// <summary>
/// The folder of each import: its file, its record, and what was refused. Names are random, so that nobody finds one by
/// guessing, and everything lies within the data folder.
/// </summary>
internal sealed partial class ImportShelf(DataDirectory directory, TimeProvider clock)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), Converters = { new JsonStringEnumConverter() }, WriteIndented = true,
    };

    private string Root => directory.File("imports");

    /// <summary>A file of an import.</summary>
    /// <param name="id">Its id; must be one.</param>
    /// <param name="name">The file.</param>
    public string PathOf(string id, ImportFile name) => Path.Combine(Root, IsId(id) ? id : throw new ArgumentException("Not an id.", nameof(id)), name switch
    {
        ImportFile.Uploaded => "file.csv",
        ImportFile.Record => "job.json",
        ImportFile.Refused => "refused.csv",
        _ => "report.csv",
    });

    /// <summary>Whether a text can be the id of an import.</summary>
    public static bool IsId(string id) => Id().IsMatch(id);

    /// <summary>A new folder.</summary>
    /// <returns>Its id.</returns>
    public string New()
    {
        var id = Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(16));
        Directory.CreateDirectory(Path.Combine(Root, id));
        return id;
    }

    /// <summary>Writes a record, whole or not at all.</summary>
    public void Keep(ImportJob job)
    {
        var path = PathOf(job.Id, ImportFile.Record);
        File.WriteAllText(path + ".new", JsonSerializer.Serialize(job, Format));
        File.Move(path + ".new", path, overwrite: true);
    }

    /// <summary>All records, the newest first. A record that cannot be read is left out.</summary>
    public List<ImportJob> All()
    {
        if (!Directory.Exists(Root))
        {
            return [];
        }

        return [.. Directory.GetDirectories(Root).Select(Path.GetFileName).OfType<string>().Where(IsId).Select(Read).OfType<ImportJob>().OrderByDescending(job => job.At)];
    }

    /// <summary>Removes an import's folder, if it is there.</summary>
    public void Remove(string id)
    {
        var folder = Path.GetDirectoryName(PathOf(id, ImportFile.Record))!;
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Removes what is older than it may be, and uploads that never came to an end.</summary>
    /// <param name="days">How old it may be.</param>
    /// <param name="except">Ids that stay.</param>
    public void Sweep(int days, IReadOnlySet<string> except)
    {
        if (!Directory.Exists(Root))
        {
            return;
        }

        var oldest = clock.GetUtcNow().AddDays(-days);
        foreach (var id in Directory.GetDirectories(Root).Select(Path.GetFileName).OfType<string>().Where(id => IsId(id) && !except.Contains(id)))
        {
            if (Read(id) is not { } job || job.At < oldest)
            {
                Remove(id);
            }
        }
    }

    private ImportJob? Read(string id)
    {
        try
        {
            return JsonSerializer.Deserialize<ImportJob>(File.ReadAllText(PathOf(id, ImportFile.Record)), Format);
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex("^[0-9a-f]{32}$")]
    private static partial Regex Id();
}

/// <summary>The files of an import.</summary>
internal enum ImportFile
{
    Uploaded,
    Record,
    Refused,
    Report,
}
