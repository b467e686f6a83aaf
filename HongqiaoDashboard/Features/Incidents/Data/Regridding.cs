using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// Places open cases in the edition in force, by their point, at start and whenever an edition comes into force. A case that
/// is over keeps the code that it had.
/// </summary>
internal sealed class Regridding(
    IReadDoor door, IWriteLane lane, IGridDirectory grids, IncidentJournal journal, TimeProvider clock, ILogger<Regridding> log) : BackgroundService
{
    /// <summary>Cases in one change of the lane: few enough that whoever waits behind it does not notice.</summary>
    private const int PageLength = 100;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly SemaphoreSlim _changed = new(1, 1);

    /// <summary>Places all open cases. Done twice, it changes nothing the second time.</summary>
    /// <param name="cancellation">Ends it between pages; what is done stays done.</param>
    /// <returns>How many cases got another code.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var edition = grids.Current;
        var moved = 0;
        foreach (var page in Misplaced(edition).Chunk(PageLength))
        {
            moved += await lane.WriteAsync(session => page.Count(id => Place(session, id, edition)), cancellation);
        }

        if (moved > 0)
        {
            log.LogInformation("{Moved} open cases were placed in the grids of {Edition}", moved, edition.Id);
        }

        return moved;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _changed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        grids.EditionsChanged += OnEditionsChanged;
        try
        {
            while (true)
            {
                await _changed.WaitAsync(stoppingToken);
                try
                {
                    await Task.Run(() => RunAsync(stoppingToken), stoppingToken);
                }
                catch (StorageUnavailableException e)
                {
                    log.LogWarning(e, "Open cases could not be placed in the grids in force; trying again in {Delay}", RetryAfter);
                    await Task.Delay(RetryAfter, clock, stoppingToken);
                    OnEditionsChanged();
                }
            }
        }
        finally
        {
            grids.EditionsChanged -= OnEditionsChanged;
        }
    }

    private void OnEditionsChanged()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // A run that has not begun yet will see this edition as well.
        }
    }

    // Open cases whose code is another than that of their point.
    private List<long> Misplaced(GridEdition edition)
    {
        using var read = door.Open(Actor.System);
        var misplaced = new List<long>();
        var outside = new List<string>();
        foreach (var row in read.Query<Incident>().Where(i => IncidentFilter.OpenStates.Contains(i.State))
                     .Select(i => new { i.Id, i.Number, i.GridCode, i.Latitude, i.Longitude }))
        {
            var grid = edition.Locate(new GeoPoint(row.Latitude, row.Longitude));
            if (grid is null)
            {
                outside.Add(row.Number);
            }
            else if (grid.Code != row.GridCode)
            {
                misplaced.Add(row.Id);
            }
        }

        if (outside.Count > 0)
        {
            log.LogWarning(
                "{Outside} open cases lie outside the grids of {Edition} and keep their codes, the first of them {Numbers}",
                outside.Count, edition.Id, outside.Take(5));
        }

        return misplaced;
    }

    // Read again under the writer's lock: the case may have been closed, or placed by somebody else, since.
    private bool Place(WriteSession session, long id, GridEdition edition)
    {
        var incident = session.Context.Set<Incident>().AsNoTracking().FirstOrDefault(i => i.Id == id);
        if (incident is null || !incident.State.IsOpen()
            || edition.Locate(new GeoPoint(incident.Latitude, incident.Longitude)) is not { } grid || grid.Code == incident.GridCode)
        {
            return false;
        }

        journal.Append(session, incident, IncidentEventKind.Regridded, session.Now, new IncidentEventDetail { GridCode = grid.Code }, Actor.System);
        return true;
    }
}
