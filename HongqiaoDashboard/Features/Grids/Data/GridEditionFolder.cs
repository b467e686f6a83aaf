using System.Collections.Immutable;
using HongqiaoDashboard.Features.Grids.Contracts;

namespace HongqiaoDashboard.Features.Grids.Data;

/// <summary>
/// The edition files of one folder, read again when the folder's listing says so. A listing costs microseconds, so it may be
/// asked every second; a file is parsed once for each time that its size or its time of writing changes. Not thread-safe.
/// </summary>
/// <param name="path">The folder; it need not be there.</param>
/// <param name="logger">Hears of files that cannot be used, once for each state of the file.</param>
internal sealed class GridEditionFolder(string path, ILogger logger)
{
    private Dictionary<string, (Stamp Stamp, GridEdition? Edition)> _files = new(StringComparer.Ordinal);

    /// <summary>The sound editions, in the order of the file names.</summary>
    public ImmutableArray<GridEdition> Editions { get; private set; } = [];

    /// <summary>Looks at the folder.</summary>
    /// <returns>Whether <see cref="Editions"/> is another list than before.</returns>
    public bool Refresh()
    {
        var listing = new DirectoryInfo(path) is { Exists: true } folder
            ? folder.GetFiles("*" + GridEditionFile.Extension).OrderBy(file => file.Name, StringComparer.Ordinal).ToArray()
            : [];
        if (listing.Length == _files.Count && listing.All(file => _files.TryGetValue(file.Name, out var known) && known.Stamp == Stamp.Of(file)))
        {
            return false;
        }

        var files = new Dictionary<string, (Stamp, GridEdition?)>(StringComparer.Ordinal);
        foreach (var file in listing)
        {
            var stamp = Stamp.Of(file);
            files[file.Name] = _files.TryGetValue(file.Name, out var known) && known.Stamp == stamp ? known : (stamp, Load(file));
        }

        _files = files;
        var editions = listing.Select(file => files[file.Name].Item2).OfType<GridEdition>().ToImmutableArray();
        var isChanged = !editions.SequenceEqual(Editions);
        Editions = editions;
        return isChanged;
    }

    private GridEdition? Load(FileInfo file)
    {
        try
        {
            var import = GridEditionFile.Examine(File.ReadAllBytes(file.FullName));
            if (import.Edition is null)
            {
                logger.LogError("Grid edition {File} is not used: {Faults}", file.Name, string.Join("; ", import.Faults.Take(20)));
            }

            return import.Edition;
        }
        catch (IOException e)
        {
            logger.LogError(e, "Grid edition {File} cannot be read", file.Name);
            return null;
        }
    }

    private readonly record struct Stamp(long Length, DateTime WrittenUtc)
    {
        public static Stamp Of(FileInfo file) => new(file.Length, file.LastWriteTimeUtc);
    }
}
