using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Grids.Data;

/// <summary>Imported editions go into the backup. Each is whole under its name from its first moment and never changes.</summary>
internal sealed class GridEditionBackup : IBackupPart
{
    /// <summary>Name of the folder of imported editions.</summary>
    public const string FolderName = "grids";

    public string Folder => FolderName;

    public IEnumerable<string> Files(ReadSession snapshot, string path) => BackupFolders.Names(path, "*" + GridEditionFile.Extension);
}
