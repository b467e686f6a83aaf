using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>For how long contacts are kept, section <c>Incidents:Contacts</c>.</summary>
internal sealed class ContactOptions
{
    /// <summary>Days after a case was closed, rejected or merged; open cases keep theirs.</summary>
    public int EraseAfterDays { get; set; } = 180;
}

/// <summary>Erases the contacts of cases that ended long enough ago.</summary>
internal sealed class ContactRetention(IReadDoor door, IWriteLane lane, IOptions<ContactOptions> options, ILogger<ContactRetention> log) : IPlatformJob
{
    /// <summary>Contacts in one change of the lane: few enough that whoever waits behind it does not notice.</summary>
    private const int PageLength = 200;

    private static readonly IncidentEventKind[] Ends = [IncidentEventKind.Rejected, IncidentEventKind.Merged];

    /// <summary>Whether a contact is to go.</summary>
    /// <param name="state">State of its case.</param>
    /// <param name="endedAt">When the case came into that state; null while it is open.</param>
    /// <param name="now">The instant of asking.</param>
    /// <param name="days">Days that it is kept after the end.</param>
    public static bool IsDue(IncidentState state, DateTimeOffset? endedAt, DateTimeOffset now, int days) =>
        !state.IsOpen() && endedAt is { } end && end.AddDays(days) <= now;

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellation) => EraseDueAsync(now, cancellation);

    /// <summary>Erases what is due. Done twice, it changes nothing the second time.</summary>
    /// <param name="now">The instant of asking.</param>
    /// <param name="cancellation">Ends it between pages; what is erased stays erased.</param>
    /// <returns>How many contacts were erased.</returns>
    public async Task<int> EraseDueAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var erased = 0;
        for (long after = 0; ;)
        {
            var (last, due) = Page(after, now);
            if (due.Count > 0)
            {
                erased += await lane.WriteAsync(session => Erase(session, due, now), cancellation);
            }

            if (last is not { } next)
            {
                break;
            }

            after = next;
        }

        if (erased > 0)
        {
            log.LogInformation("{Erased} contacts of cases that ended more than {Days} days ago were erased", erased, options.Value.EraseAfterDays);
        }

        return erased;
    }

    private (long? Last, List<long> Due) Page(long after, DateTimeOffset now)
    {
        using var read = door.Open(Actor.System);
        var ids = read.Query<IncidentContact>().Where(c => c.IncidentId > after).OrderBy(c => c.IncidentId).Take(PageLength).Select(c => c.IncidentId).ToList();
        return (ids.Count == 0 ? null : ids[^1], Due(read.Query<Incident>(), read.Query<IncidentEvent>(), ids, now));
    }

    // Asked again under the writer's lock: a case may have been reopened since.
    private int Erase(WriteSession session, List<long> ids, DateTimeOffset now)
    {
        var due = Due(session.Context.Set<Incident>().AsNoTracking(), session.Context.Set<IncidentEvent>().AsNoTracking(), ids, now);
        // Erased is overwritten, not just let go.
        session.Context.Database.ExecuteSqlRaw("PRAGMA secure_delete=ON");
        return session.Context.Set<IncidentContact>().Where(c => due.Contains(c.IncidentId)).ExecuteDelete();
    }

    private List<long> Due(IQueryable<Incident> incidents, IQueryable<IncidentEvent> log, List<long> ids, DateTimeOffset now)
    {
        var cases = incidents.Where(i => ids.Contains(i.Id)).Select(i => new { i.Id, i.State, i.ClosedAt }).ToList();
        // A note may follow the end, so the last move is not it.
        var ends = log.Where(e => ids.Contains(e.IncidentId) && Ends.Contains(e.Kind)).Select(e => new { e.IncidentId, e.At }).ToList()
            .ToLookup(e => e.IncidentId, e => e.At);
        return [.. cases.Where(i => IsDue(i.State, i.ClosedAt ?? (ends.Contains(i.Id) ? ends[i.Id].Max() : null), now, options.Value.EraseAfterDays)).Select(i => i.Id)];
    }
}
