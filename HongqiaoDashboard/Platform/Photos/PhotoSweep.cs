using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>
/// Removes photographs that nobody came back for: rows that waited a day, and files that no feature's row names. A file
/// that any row names stays, and so does one that is just being stored again.
/// </summary>
internal sealed class PhotoSweep(IReadDoor door, IWriteLane lane, PhotoFiles files, IEnumerable<IPhotoRows> rows, ILogger<PhotoSweep> log) : IPlatformJob
{
    /// <summary>For how long an uploaded photograph waits for its use, and the file of one that was taken away for its end.</summary>
    public static readonly TimeSpan Waits = TimeSpan.FromHours(24);

    private const int PageLength = 200;

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellation) => SweepAsync(now, cancellation);

    /// <summary>Removes what is due. Done twice, it removes nothing the second time.</summary>
    /// <param name="now">The instant of the run.</param>
    /// <param name="cancellation">Ends it between photographs; what is done stays done.</param>
    /// <returns>How many photographs' files were removed.</returns>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var before = now - Waits;
        foreach (var part in rows)
        {
            while (await lane.WriteAsync(session => part.Forget(session, before, PageLength), cancellation) == PageLength)
            {
                cancellation.ThrowIfCancellationRequested();
            }
        }

        files.Folder.RemoveLeftBehind(before);
        var removed = 0;
        foreach (var names in files.Folder.NamesOlderThan(before).Chunk(PageLength))
        {
            foreach (var name in await Task.Run(() => Unnamed(names, before), cancellation))
            {
                removed += await RemoveAsync(name, before, cancellation) ? 1 : 0;
            }
        }

        if (removed > 0)
        {
            log.LogInformation("{Removed} photographs that no row names were removed", removed);
        }

        return removed;
    }

    // Under the hold that an upload has from its file to its row: either it comes first, and the row is seen, or it finds no
    // file and stores it anew.
    private async Task<bool> RemoveAsync(string name, DateTimeOffset before, CancellationToken cancellation)
    {
        using (await files.Folder.HoldAsync(name, cancellation))
        {
            return Unnamed([name], before).Count > 0 && files.Folder.Remove(name, before);
        }
    }

    private List<string> Unnamed(string[] names, DateTimeOffset before)
    {
        using var read = door.Open(Actor.System);
        var named = rows.SelectMany(part => part.Named(read, before).Where(hash => names.Contains(hash))).ToHashSet();
        return [.. names.Where(name => !named.Contains(name))];
    }
}
