using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Short reads of cases. SQLite answers on the calling thread, so each runs on one of the pool and no page stands still.</summary>
internal sealed class IncidentReader(IReadDoor door, IGridDirectory grids, TimeProvider clock) : IIncidentReader
{
    public Task<Incident?> FindAsync(string number, Actor actor, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            using var read = door.Open(actor);
            return read.Query<Incident>().FirstOrDefault(i => i.Number == number);
        },
        cancellation);

    public Task<IReadOnlyList<IncidentEvent>> TimelineAsync(string number, Actor actor, CancellationToken cancellation = default) => Task.Run(
        IReadOnlyList<IncidentEvent> () =>
        {
            using var own = door.Open(actor);
            var seen = own.Query<Incident>().Where(i => i.Number == number).Select(i => new { i.Id, i.LastSeq }).FirstOrDefault();
            if (seen is null)
            {
                return [];
            }

            // The log as a whole is shut to whoever has a scope; the entries of a case that they see are theirs to read.
            using var all = door.Open(Actor.System);
            var newest = all.Query<IncidentEvent>().Where(e => e.IncidentId == seen.Id && e.Seq <= seen.LastSeq)
                .OrderByDescending(e => e.Seq).Take(IIncidentReader.LongestTimeline).ToList();
            newest.Reverse();
            return newest;
        },
        cancellation);

    public Task<IncidentPage> SearchAsync(IncidentQuery query, Actor actor, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            using var read = door.Open(actor);
            // Count and page of the same state of the database.
            read.BeginSnapshot();
            var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
            return IncidentSearch.Page(read, query, actor, grids.Current.TimeZone, now, ListLimits.Usual);
        },
        cancellation);
}
