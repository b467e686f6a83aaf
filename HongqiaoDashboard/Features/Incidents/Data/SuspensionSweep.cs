using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// Resumes suspended cases whose end date has come. The pause ends at that date and not at the run that says so, so a
/// server that stood still gives nobody more time.
/// </summary>
internal sealed class SuspensionSweep(
    IReadDoor door, IWriteLane lane, IGridDirectory grids, IncidentDecision decision, IncidentJournal journal, ILogger<SuspensionSweep> log) : IPlatformJob
{
    /// <summary>Cases in one change of the lane: few enough that whoever waits behind it does not notice.</summary>
    private const int PageLength = 50;

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellation) => SweepAsync(now, cancellation);

    /// <summary>Resumes what is due. Done twice, it changes nothing the second time.</summary>
    /// <param name="now">The instant of the run.</param>
    /// <param name="cancellation">Ends it between pages; what is done stays done.</param>
    /// <returns>How many cases were resumed.</returns>
    public async Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        var resumed = 0;
        foreach (var page in Due(now).Chunk(PageLength))
        {
            resumed += await lane.WriteAsync(session => page.Count(id => Resume(session, id)), cancellation);
        }

        if (resumed > 0)
        {
            log.LogInformation("{Resumed} suspended cases were resumed at the end of their suspension", resumed);
        }

        return resumed;
    }

    private List<long> Due(DateTimeOffset now)
    {
        using var read = door.Open(Actor.System);
        return [.. read.Query<Incident>().Where(i => i.State == IncidentState.Suspended && i.SuspendedUntil <= now)
            .OrderBy(i => i.SuspendedUntil).Select(i => i.Id)];
    }

    // Read again under the writer's lock: somebody may have resumed the case since, or suspended it anew.
    private bool Resume(WriteSession session, long id)
    {
        var incident = session.Context.Set<Incident>().AsNoTracking().FirstOrDefault(i => i.Id == id);
        if (incident is not { State: IncidentState.Suspended, SuspendedUntil: { } until } || until > session.Now)
        {
            return false;
        }

        var detail = decision.Judge(incident, new IncidentMove(IncidentEventKind.Resumed), session.Now, grids.Current.TimeZone);
        journal.Append(session, incident, IncidentEventKind.Resumed, session.Now, detail, Actor.System);
        return true;
    }
}
