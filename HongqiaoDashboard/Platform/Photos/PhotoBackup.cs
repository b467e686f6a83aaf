using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>
/// Photographs in the backup: those that the snapshot's rows name, no matter what has come or gone since. They are on the
/// disk before their row is, never change, and go only when no row names them, which is what the backup asks for.
/// </summary>
internal sealed class PhotoBackup(IEnumerable<IPhotoRows> rows) : IBackupPart
{
    public string Folder => PhotoFiles.FolderName;

    public IEnumerable<string> Files(ReadSession snapshot, string path) => rows
        .Select(part => part.Named(snapshot, since: null)).Aggregate((one, other) => one.Union(other))
        .Distinct().OrderBy(hash => hash).AsEnumerable()
        .SelectMany(hash => (string[])[$"{hash[..2]}/{hash}{PhotoFiles.Full}", $"{hash[..2]}/{hash}{PhotoFiles.Thumbnail}"]);
}
