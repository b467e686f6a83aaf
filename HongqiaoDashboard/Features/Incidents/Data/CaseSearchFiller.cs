using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// Fills the index of texts with the cases that were there before it, at start, in small changes with a mark in each: stopped
/// or killed, it goes on where it was.
/// </summary>
internal sealed class CaseSearchFiller(IReadDoor door, IWriteLane lane, TimeProvider clock, ILogger<CaseSearchFiller> log) : BackgroundService
{
    /// <summary>Cases in one change of the lane: few enough that whoever waits behind it does not notice.</summary>
    private const int PageLength = 500;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    /// <summary>Fills in what is missing. Done twice, it changes nothing the second time.</summary>
    /// <param name="cancellation">Ends it between changes; what is done stays done.</param>
    /// <returns>How many cases were filled in.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var filled = 0;
        while (Next() is var (from, rows))
        {
            filled += await lane.WriteAsync(session => Fill(session, from, rows), cancellation);
        }

        if (filled > 0)
        {
            log.LogInformation("{Filled} cases were taken into the index of texts", filled);
        }

        return filled;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                await Task.Run(() => RunAsync(stoppingToken), stoppingToken);
                return;
            }
            catch (StorageUnavailableException e)
            {
                log.LogWarning(e, "The index of texts could not be filled; trying again in {Delay}", RetryAfter);
                await Task.Delay(RetryAfter, clock, stoppingToken);
            }
        }
    }

    // Read, and cut into pairs, outside the lane: what reporters wrote does not change.
    private (long From, IReadOnlyList<CaseSearchRow> Rows)? Next()
    {
        using var read = door.Open(Actor.System);
        if (read.Query<CaseSearchProgress>().SingleOrDefault() is not { } progress || progress.Filled >= progress.Until)
        {
            return null;
        }

        var rows = read.Query<Incident>().Where(i => i.Id > progress.Filled && i.Id <= progress.Until).OrderBy(i => i.Id)
            .Select(i => new { i.Id, i.Description, i.Address }).Take(PageLength).ToList();
        return (progress.Filled, rows.ConvertAll(row => CaseSearchRow.Of(row.Id, row.Description, row.Address)));
    }

    // The mark is looked at again under the writer's lock: a row that came in twice could not be told from two.
    private static int Fill(WriteSession session, long from, IReadOnlyList<CaseSearchRow> rows)
    {
        var progress = session.Context.Set<CaseSearchProgress>().Single();
        if (progress.Filled != from)
        {
            return 0;
        }

        var index = session.Hot<CaseSearchRow>();
        foreach (var row in rows)
        {
            index.Insert(row);
        }

        progress.Filled = rows.Count < PageLength ? progress.Until : rows[^1].Id;
        session.Context.SaveChanges();
        return rows.Count;
    }
}
