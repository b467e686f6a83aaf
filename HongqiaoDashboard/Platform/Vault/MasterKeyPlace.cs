using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Platform.Vault;

/// <summary>
/// Where the master key is: in <c>Data:MasterKey</c> itself, or in the file that <c>Data:MasterKeyFile</c> names, by default
/// one in the profile of the account that runs the program. Never in the data folder: it would be in every copy of it.
/// </summary>
internal sealed class MasterKeyPlace
{
    /// <summary>Configuration key of the key itself, base64.</summary>
    public const string KeySetting = "Data:MasterKey";

    /// <summary>Configuration key of the file's path.</summary>
    public const string FileSetting = "Data:MasterKeyFile";

    private readonly string? _inline;

    public MasterKeyPlace(IConfiguration configuration)
    {
        _inline = configuration[KeySetting] is { Length: > 0 } inline ? inline : null;
        // Not verified: the folder need not be there yet.
        var profile = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        FilePath = configuration[FileSetting] is { Length: > 0 } named ? Path.GetFullPath(named)
            : profile.Length > 0 ? Path.Combine(profile, "hongqiao-dashboard", "master.key") : null;
    }

    /// <summary>The file; null when the account has no profile and none is named.</summary>
    public string? FilePath { get; }

    /// <summary>The place, for people.</summary>
    public string Words => _inline is not null ? KeySetting : FilePath ?? FileSetting;

    /// <summary>Whether the file is named within a folder, whose every copy would then hold the key.</summary>
    /// <param name="folder">The folder.</param>
    public bool LiesIn(string folder) =>
        _inline is null && FilePath is not null && Path.GetRelativePath(folder, FilePath) is var way && way != ".." && !way.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(way);

    /// <summary>Looks for the key.</summary>
    /// <returns>The key; or, without one, whether something is wrong with what is there.</returns>
    public (MasterKey? Key, string? Wrong) Find()
    {
        if (_inline is not null)
        {
            return MasterKey.Parse(_inline) is { } key ? (key, null) : (null, $"{KeySetting} is not {MasterKey.Length} bytes in base64");
        }

        try
        {
            return FilePath is null || !File.Exists(FilePath) ? (null, null)
                : MasterKey.Parse(File.ReadAllText(FilePath)) is { } key ? (key, null)
                : (null, $"{FilePath} does not hold {MasterKey.Length} bytes in base64");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    /// <summary>Makes a key where there is none: whole or not at all, for the owner's eyes only. Another process's is taken when it was first.</summary>
    public (MasterKey? Key, string? Wrong) Make()
    {
        if (FilePath is null)
        {
            return (null, $"this account has no profile folder; name a file with {FileSetting}");
        }

        var folder = Path.GetDirectoryName(FilePath)!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(FilePath)}.{Guid.NewGuid():N}.tmp");
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            try
            {
                Write(temporary, MasterKey.Make());
                // Where another process was first, its key is the one.
                Disk.TryName(temporary, FilePath);
            }
            finally
            {
                File.Delete(temporary);
            }

            return Find();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, e.Message);
        }
    }

    private static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var file = new FileStream(path, options);
        file.Write(System.Text.Encoding.ASCII.GetBytes(text + "\n"));
        file.Flush(flushToDisk: true);
    }
}
