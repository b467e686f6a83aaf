using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>A case whose promised times a corrected calendar moves.</summary>
/// <param name="Incident">The case as it stands.</param>
/// <param name="ResolveBy">Resolved by, according to the corrected calendar.</param>
/// <param name="CloseBy">Closed by, according to the corrected calendar.</param>
internal sealed record MovedTimes(Incident Incident, DateTimeOffset ResolveBy, DateTimeOffset CloseBy);

/// <summary>
/// Counts open cases anew by the calendar in force. A case that is over keeps what it was promised, and what somebody named
/// in an extension stays named.
/// </summary>
internal sealed class CalendarReplay(IReadDoor door, IWriteLane lane, IGridDirectory grids, ICalendarBook calendars, IncidentDecision decision, IncidentJournal journal)
{
    /// <summary>Cases in one change of the lane: few enough that whoever waits behind it does not notice.</summary>
    private const int PageLength = 100;

    /// <summary>Every open case of which a promised time would move, the earliest first. Nothing is written.</summary>
    /// <param name="cancellation">Ends the reading.</param>
    public Task<IReadOnlyList<MovedTimes>> PreviewAsync(CancellationToken cancellation) => Task.Run(
        IReadOnlyList<MovedTimes> () =>
        {
            var (calendar, zone) = (calendars.Current, grids.Current.TimeZone);
            var moved = new List<MovedTimes>();
            using var read = door.Open(Actor.System);
            foreach (var incident in read.Query<Incident>().Where(i => IncidentFilter.OpenStates.Contains(i.State)))
            {
                cancellation.ThrowIfCancellationRequested();
                if (decision.Recount(incident, calendar, zone) is { } detail)
                {
                    moved.Add(new MovedTimes(incident, detail.ResolveBy!.Value, detail.CloseBy!.Value));
                }
            }

            return [.. moved.OrderBy(m => m.Incident.DueAt ?? DateTimeOffset.MaxValue).ThenBy(m => m.Incident.Id)];
        },
        cancellation);

    /// <summary>Writes the moved times into the log of each case. Done twice, it changes nothing the second time.</summary>
    /// <param name="edition">Edition of the preview.</param>
    /// <param name="reason">Why; stands in the log of each case.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="progress">Is told how many cases are done.</param>
    /// <param name="cancellation">Ends it between pages; what is done stays done.</param>
    /// <returns>How many cases moved.</returns>
    /// <exception cref="RefusedException"><c>ReasonMissing</c>; <c>ReplayOutdated</c> when another edition came into force after the preview.</exception>
    public async Task<int> ApplyAsync(string edition, string reason, Actor actor, IProgress<int>? progress, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(reason))
        {
            throw new RefusedException("ReasonMissing");
        }

        var (calendar, zone, done) = (calendars.Current, grids.Current.TimeZone, 0);
        if (calendar.Edition != edition)
        {
            throw new RefusedException("ReplayOutdated", calendar.Edition);
        }

        foreach (var page in (await PreviewAsync(cancellation)).Select(moved => moved.Incident.Id).Chunk(PageLength))
        {
            done += await lane.WriteAsync(
                session =>
                {
                    var moved = page.Count(id => Recount(session, id, calendar, zone, reason.Trim(), actor));
                    if (moved > 0)
                    {
                        session.Audit(new AuditRecord("due-times.recounted", edition) { Facts = [new("cases", moved)] }, actor);
                    }

                    return moved;
                },
                cancellation);
            progress?.Report(done);
        }

        return done;
    }

    // Read again under the writer's lock: the case may have moved since the preview.
    private bool Recount(WriteSession session, long id, IPromiseClock calendar, TimeZoneInfo zone, string reason, Actor actor)
    {
        var incident = session.Context.Set<Incident>().AsNoTracking().FirstOrDefault(i => i.Id == id);
        if (incident is null || !incident.State.IsOpen() || decision.Recount(incident, calendar, zone) is not { } detail)
        {
            return false;
        }

        journal.Append(session, incident, IncidentEventKind.Recounted, session.Now, detail with { Text = reason }, actor);
        return true;
    }
}
