using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>
/// Removes photographs that nobody came back for: rows that waited a day for a move, and files that no row names. A file
/// that any row names stays, and so does one that is just being stored again.
/// </summary>
internal sealed class PhotoSweep(IReadDoor door, IWriteLane lane, PhotoFiles files, ILogger<PhotoSweep> log) : IPlatformJob
{
    /// <summary>For how long an uploaded photograph waits for its move.</summary>
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
        while (await lane.WriteAsync(session => Forget(session, before), cancellation) == PageLength)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        files.Folder.RemoveLeftBehind(before);
        var removed = 0;
        foreach (var names in files.Folder.NamesOlderThan(before).Chunk(PageLength))
        {
            foreach (var name in await Task.Run(() => Unnamed(names), cancellation))
            {
                removed += await RemoveAsync(name, before, cancellation) ? 1 : 0;
            }
        }

        if (removed > 0)
        {
            log.LogInformation("{Removed} photographs without a case were removed", removed);
        }

        return removed;
    }

    private static int Forget(WriteSession session, DateTimeOffset before)
    {
        var rows = session.Context.Set<IncidentPhoto>();
        var due = rows.AsNoTracking().Where(p => p.Seq == null && p.UploadedAt < before).Select(p => new { p.IncidentId, p.Hash }).Take(PageLength).ToList();
        foreach (var one in due)
        {
            rows.Where(p => p.IncidentId == one.IncidentId && p.Hash == one.Hash && p.Seq == null).ExecuteDelete();
        }

        return due.Count;
    }

    // Under the hold that an upload has from its file to its row: either it comes first, and the row is seen, or it finds no
    // file and stores it anew.
    private async Task<bool> RemoveAsync(string name, DateTimeOffset before, CancellationToken cancellation)
    {
        using (await files.Folder.HoldAsync(name, cancellation))
        {
            return Unnamed([name]).Count > 0 && files.Folder.Remove(name, before);
        }
    }

    private List<string> Unnamed(string[] names)
    {
        using var read = door.Open(Actor.System);
        var named = read.Query<IncidentPhoto>().Where(p => names.Contains(p.Hash)).Select(p => p.Hash).ToHashSet();
        return [.. names.Where(name => !named.Contains(name))];
    }
}
