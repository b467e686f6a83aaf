using System.Threading.Channels;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Demo.Live;

/// <summary>
/// Stores the demo's history, oldest first, so that it can go on from its newest case after any end. Cases that are there
/// already are left as they are.
/// </summary>
internal sealed class DemoFill(IIncidentHistory history, DemoFolder folder, TimeProvider clock, ILogger<DemoFill> log)
{
    /// <summary>Who brings and moves the demo's cases, as the log names them.</summary>
    public static Actor Actor { get; } = new("demo", "演示", Roles.Admin, null);

    private const int BatchLength = 250;
    private const int BatchesBetween = 3;

    /// <summary>Stores the first day that has cases, and nothing else: from then on the folder is the demo's.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StorageUnavailableException">Nothing was stored.</exception>
    public async Task BeginAsync(DemoCases cases, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (Days(cases, null, now).Select(day => Drafts(cases, day, now).ToList()).FirstOrDefault(drafts => drafts.Count > 0) is { } first)
        {
            await history.StoreAsync(first, Actor, cancellation);
        }
    }

    /// <summary>Stores what the history has between the newest case and now.</summary>
    /// <param name="cases">The cases.</param>
    /// <param name="cancellation">Ends it between two batches.</param>
    /// <returns>How many cases are new.</returns>
    /// <exception cref="StorageUnavailableException">The rest was not stored; call again later.</exception>
    public async Task<int> RunAsync(DemoCases cases, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        var now = clock.GetUtcNow();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var batches = Channel.CreateBounded<HistoricDraft[]>(new BoundedChannelOptions(BatchesBetween) { SingleReader = true, SingleWriter = true });
        var from = folder.Newest();
        var making = Task.Run(() => MakeAsync(cases, from, now, batches.Writer, stop.Token), CancellationToken.None);
        var stored = 0;
        try
        {
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellation))
            {
                stored += (await history.StoreAsync(batch, Actor, cancellation)).Count(isNew => isNew);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await making;
        }

        if (stored > 0)
        {
            log.LogInformation("Demo: {Cases} cases of history were stored in {Seconds:F1} s", stored, clock.GetElapsedTime(began).TotalSeconds);
        }

        return stored;
    }

    private async Task MakeAsync(DemoCases cases, DateTimeOffset? from, DateTimeOffset now, ChannelWriter<HistoricDraft[]> batches, CancellationToken stop)
    {
        try
        {
            foreach (var batch in Days(cases, from, now).SelectMany(day => Drafts(cases, day, now)).Chunk(BatchLength))
            {
                await batches.WriteAsync(batch, stop);
            }

            batches.Complete();
        }
        catch (OperationCanceledException)
        {
            batches.Complete();
        }
        catch (Exception e)
        {
            batches.Complete(e);
        }
    }

    private static IEnumerable<DateOnly> Days(DemoCases cases, DateTimeOffset? from, DateTimeOffset now)
    {
        var last = cases.Zone.DayOf(now);
        for (var day = from is { } known ? cases.Zone.DayOf(known) : DemoRhythm.FirstDay; day <= last; day = day.AddDays(1))
        {
            yield return day;
        }
    }

    private IEnumerable<HistoricDraft> Drafts(DemoCases cases, DateOnly day, DateTimeOffset now)
    {
        foreach (var @case in cases.Day(day))
        {
            // Grids may have been redrawn since the plan's day; a case that fits no more is left out.
            if (cases.Until(@case, now) is { } historic && history.Judge(historic, out var draft) is null)
            {
                yield return draft!;
            }
        }
    }
}
