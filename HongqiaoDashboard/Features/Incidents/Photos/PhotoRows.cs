using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>The rows of photographs, inside a transaction of the lane.</summary>
internal static class PhotoRows
{
    /// <summary>Most photographs of one case that may wait for a move: enough for several people, too few to fill a disk.</summary>
    public const int MostWaiting = 100;

    /// <summary>Keeps an uploaded photograph for a move to come; one that is there already waits anew.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="photo">The photograph.</param>
    /// <exception cref="RefusedException"><c>PhotosWaiting</c>.</exception>
    public static void Keep(WriteSession session, IncidentPhoto photo)
    {
        var rows = session.Context.Set<IncidentPhoto>();
        if (rows.Where(p => p.IncidentId == photo.IncidentId && p.Hash == photo.Hash)
                .ExecuteUpdate(row => row.SetProperty(p => p.UploadedAt, p => p.Seq == null ? photo.UploadedAt : p.UploadedAt)) > 0)
        {
            return;
        }

        if (rows.Count(p => p.IncidentId == photo.IncidentId && p.Seq == null) >= MostWaiting)
        {
            throw new RefusedException("PhotosWaiting", MostWaiting);
        }

        rows.Add(photo);
        session.Context.SaveChanges();
        // Others of this batch change rows without the tracker.
        session.Context.ChangeTracker.Clear();
    }

    /// <summary>Sees to it that photographs are this case's own: waiting for a move, or come with one before.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="incidentId">The case.</param>
    /// <param name="hashes">The photographs, none twice.</param>
    /// <exception cref="RefusedException"><c>PhotoUnknown</c>.</exception>
    public static void Require(WriteSession session, long incidentId, IReadOnlyList<string> hashes)
    {
        if (hashes.Count > 0 && session.Context.Set<IncidentPhoto>().Count(p => p.IncidentId == incidentId && hashes.Contains(p.Hash)) != hashes.Count)
        {
            throw new RefusedException("PhotoUnknown");
        }
    }

    /// <summary>Ties photographs to the log entry that they first came with.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="incidentId">The case.</param>
    /// <param name="hashes">The photographs.</param>
    /// <param name="seq">The entry's place in the log.</param>
    public static void Attach(WriteSession session, long incidentId, IReadOnlyList<string> hashes, long seq)
    {
        if (hashes.Count > 0)
        {
            session.Context.Set<IncidentPhoto>().Where(p => p.IncidentId == incidentId && p.Seq == null && hashes.Contains(p.Hash))
                .ExecuteUpdate(row => row.SetProperty(p => p.Seq, seq));
        }
    }
}
