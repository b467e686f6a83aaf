using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>What the cases' rows name: those that wait for a move, for a day, and those that came with one, for good.</summary>
internal sealed class IncidentPhotoRows : IPhotoRows
{
    public IQueryable<string> Named(ReadSession read, DateTimeOffset? since) => read.Query<IncidentPhoto>().Select(p => p.Hash);

    public int Forget(WriteSession session, DateTimeOffset before, int most)
    {
        var rows = session.Context.Set<IncidentPhoto>();
        var due = rows.AsNoTracking().Where(p => p.Seq == null && p.UploadedAt < before).Select(p => new { p.IncidentId, p.Hash }).Take(most).ToList();
        foreach (var one in due)
        {
            rows.Where(p => p.IncidentId == one.IncidentId && p.Hash == one.Hash && p.Seq == null).ExecuteDelete();
        }

        return due.Count;
    }
}
