using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Platform.Backup;

/// <summary>
/// The folder inside a data folder where a restore works: what is not finished is there for everyone to see. Files are moved
/// out of it into their places only when all of them are there and sound, the database last.
/// </summary>
/// <remarks>
/// Killed at any time, it leaves one of: no stage or an empty one; a stage without <c>placing</c>, and nothing placed; a
/// stage with <c>placing</c> and files left, so some may be placed; or with <c>placing</c> and none left: all are placed.
/// </remarks>
/// <param name="root">The data folder.</param>
internal sealed class RestoreStage(string root)
{
    /// <summary>Name of the folder.</summary>
    public const string Name = ".restore";

    private readonly string _path = Path.Combine(root, Name);

    /// <summary>Where the files are taken out to.</summary>
    public string Files => Path.Combine(_path, "files");

    /// <summary>Where what was seen of the archive is noted.</summary>
    public string Seen => Path.Combine(_path, "seen");

    private string Placing => Path.Combine(_path, "placing");

    private bool IsWhole => File.Exists(Placing) && (!Directory.Exists(Files) || !Directory.EnumerateFileSystemEntries(Files).Any());

    private bool IsThere => Directory.Exists(_path);

    /// <summary>
    /// Why a data folder cannot be worked on, or null. A restore that only had to tidy up is finished here.
    /// </summary>
    /// <param name="directory">The data folder.</param>
    public static string? Hindrance(DataDirectory directory)
    {
        var stage = new RestoreStage(directory.Root);
        if (!stage.IsThere)
        {
            return null;
        }

        using var alone = ServerLock.TryTake(directory);
        if (alone is not null && (stage.IsWhole || !Directory.EnumerateFileSystemEntries(stage._path).Any()))
        {
            stage.TidyUp();
            return null;
        }

        return alone is null
            ? $"数据目录 {directory.Root} 正在恢复备份。A backup is being restored into the data folder {directory.Root}."
            : $"数据目录 {directory.Root} 中有一次未完成的恢复，请重新执行 restore，或清空该目录。A restore into the data folder {directory.Root} was not finished: run it again, or empty the folder.";
    }

    /// <summary>Removes what an interrupted restore left, or finishes one that only had to tidy up.</summary>
    public void Clean()
    {
        if (!IsThere)
        {
            return;
        }

        if (IsWhole)
        {
            TidyUp();
            return;
        }

        if (File.Exists(Placing))
        {
            // The folder was empty before it, and nobody works on a folder with a stage: what was placed is the restore's.
            foreach (var name in File.ReadAllLines(Placing).Where(name => BackupManifest.IsName(name) && !name.Contains('/')))
            {
                Remove(Path.Combine(root, name));
            }

            File.Delete(Placing);
        }

        Directory.Delete(_path, recursive: true);
    }

    /// <summary>Begins anew.</summary>
    public void Begin() => Directory.CreateDirectory(Files);

    /// <summary>Moves everything into its place and tidies up.</summary>
    /// <param name="last">Name of what comes last.</param>
    public void Place(string last)
    {
        var names = Directory.EnumerateFileSystemEntries(Files).Select(path => Path.GetFileName(path)).OrderBy(name => name == last).ToList();
        var note = Placing + ".tmp";
        File.WriteAllLines(note, names);
        Disk.Sync();
        File.Move(note, Placing);
        Disk.Sync();
        foreach (var name in names)
        {
            Directory.Move(Path.Combine(Files, name), Path.Combine(root, name));
        }

        Disk.Sync();
        TidyUp();
    }

    // The note goes last: without it, a stage means that nothing was placed.
    private void TidyUp()
    {
        Remove(Files);
        File.Delete(Seen);
        File.Delete(Placing);
        Directory.Delete(_path, recursive: true);
    }

    private static void Remove(string path)
    {
        if (Directory.Exists(path))
        {
            Directory.Delete(path, recursive: true);
        }
        else
        {
            File.Delete(path);
        }
    }
}
