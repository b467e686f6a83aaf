using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Demo.Live;

/// <summary>
/// Reports the demo's live cases when their time comes, and moves its open cases on, by the same desk as everybody. For one
/// user at a time.
/// </summary>
internal sealed class DemoStream(DemoCases cases, DemoMoves moves, DemoFolder folder, IIncidentDesk desk, TimeProvider clock, ILogger log, double speed)
{
    /// <summary>Most moves in a step, so that a backlog of days does not come in one burst.</summary>
    private const int MostMoves = 50;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterRefusal = TimeSpan.FromHours(1);

    private readonly PriorityQueue<string, DateTimeOffset> _queue = new();
    private readonly HashSet<string> _queued = [];
    private DateTimeOffset _looked = DateTimeOffset.MinValue;

    /// <summary>Until when live cases have been reported.</summary>
    public DateTimeOffset At { get; private set; } = clock.GetUtcNow();

    /// <summary>Goes on without the live cases of the time until now.</summary>
    public void Skip() => At = clock.GetUtcNow();

    /// <summary>Does all that is due now.</summary>
    /// <param name="cancellation">Ends it between two changes.</param>
    /// <exception cref="StorageUnavailableException">The rest is not done; call again later.</exception>
    public async Task StepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now - _looked >= LookAgain)
        {
            // Also finds what others have opened again or taken off its way.
            folder.Open().ForEach(incident => Queue(incident, now));
            _looked = now;
        }

        await ReportAsync(now, cancellation);
        for (var made = 0; made < MostMoves && _queue.TryPeek(out var number, out var at) && at <= now; made++)
        {
            await MoveAsync(number, now, cancellation);
        }
    }

    private async Task ReportAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        for (var hour = Floor(At); hour <= now && speed > 0; hour = hour.AddHours(1))
        {
            foreach (var @case in cases.Hour(hour, speed).Where(@case => @case.ReportedAt > At && @case.ReportedAt <= now))
            {
                var receipt = await desk.ReportAsync(
                    new ReportIncident
                    {
                        Type = @case.Type.Code, Point = @case.Point, Address = @case.Address, Description = @case.Description,
                        Source = DemoCases.Source, IdempotencyKey = @case.Id,
                    },
                    DemoFill.Actor, cancellation);
                At = @case.ReportedAt;
                Queue(receipt.Incident, now);
            }
        }

        At = now;
    }

    private async Task MoveAsync(string number, DateTimeOffset now, CancellationToken cancellation)
    {
        Incident? after = null;
        try
        {
            // Judged by the case as it stands in the transaction: somebody may have moved it since it was queued.
            after = await desk.MoveAsync(
                number, (session, incident) => moves.Next(incident, session.Now) is { } next && next.At <= session.Now ? next.Move : null, DemoFill.Actor, cancellation);
        }
        catch (RefusedException e)
        {
            log.LogDebug("Demo: {Number} was not moved: {Reason}", number, e.Message);
        }

        _queue.Dequeue();
        _queued.Remove(number);
        if (after is null)
        {
            _queued.Add(number);
            _queue.Enqueue(number, now + AfterRefusal);
        }
        else
        {
            Queue(after, now);
        }
    }

    private void Queue(Incident incident, DateTimeOffset now)
    {
        if (moves.Next(incident, now) is { } next && _queued.Add(incident.Number))
        {
            _queue.Enqueue(incident.Number, next.At);
        }
    }

    private static DateTimeOffset Floor(DateTimeOffset at) => DateTimeOffset.FromUnixTimeSeconds(at.ToUnixTimeSeconds() / 3600 * 3600);
}
