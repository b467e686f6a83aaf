using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary>
/// A slot of the backup: a feature that keeps files in the data folder registers one of these as a service and says which of
/// them belong to the state that the database's snapshot shows. The database itself is always part of a backup.
/// </summary>
/// <remarks>
/// The files are read after the snapshot was taken, while the server goes on. That is consistent as long as a file is
/// complete before the database speaks of it, never changes under its name, and is removed only when no row speaks of it.
/// </remarks>
public interface IBackupPart
{
    /// <summary>Name of the part's own folder in the data folder. No other part has it; a restore accepts no folder that nobody names.</summary>
    string Folder { get; }

    /// <summary>
    /// Names of the files, below <see cref="Folder"/>, with slashes, in ascending ordinal order (that of their UTF-16 units)
    /// and each once. Streamed: it may be a million of them. A file that is not there is told and the backup goes on.
    /// </summary>
    /// <param name="snapshot">Reads the snapshot, brought to this program's schema, without bounds.</param>
    /// <param name="path">Absolute path of the part's folder in the live data folder; it need not exist.</param>
    IEnumerable<string> Files(ReadSession snapshot, string path);

    /// <summary>What whoever restores should know of the files that have come back, in Chinese and English; null for nothing.</summary>
    /// <param name="path">Absolute path of the part's folder as it was restored; it need not exist.</param>
    string? Remark(string path) => null;
}

/// <summary>Helps parts that keep whole folders.</summary>
public static class BackupFolders
{
    /// <summary>Files directly in a folder, as <see cref="IBackupPart.Files"/> wants them.</summary>
    /// <param name="path">The folder; it need not exist.</param>
    /// <param name="pattern">Which, for example <c>*.xml</c>.</param>
    public static IEnumerable<string> Names(string path, string pattern) => Directory.Exists(path)
        ? Directory.EnumerateFiles(path, pattern).Select(file => Path.GetFileName(file)).Where(name => name[0] != '.').Order(StringComparer.Ordinal)
        : [];
}
