using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Demo.Domain.Campaigns;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Demo.Live;

/// <summary>
/// Runs the demo on a data folder that is empty or its own: takes it before the server listens, fills it while pages work
/// already, then lets live cases come and go.
/// </summary>
internal sealed class DemoService(
    IOptions<DemoOptions> options, DemoFolder folder, DemoFill fill, DemoCampaignFill campaigns, DemoNotice notice, IGridDirectory grids, IIncidentCatalog catalog, ICalendarBook calendars,
    IIncidentDesk desk, TimeProvider clock, ILogger<DemoService> log) : BackgroundService
{
    /// <summary>Time between two looks at what is due.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    // After a longer stop the missed time is filled like history.
    private static readonly TimeSpan LongestGap = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private DemoCases? _cases;
    private DemoStories? _stories;
    private bool _isOff;

    /// <summary>The live part, once the history is filled; null before, and where the demo does not run.</summary>
    public DemoStream? Stream { get; private set; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TakeAsync(cancellationToken);
        }
        catch (StorageUnavailableException e)
        {
            log.LogWarning("Demo: the storage takes nothing yet, it is tried again: {Reason}", e.Message);
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Tick;
        while (!_isOff && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunAsync(stoppingToken);
                pause = Tick;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // Told once of each time that it goes wrong, and made-up cases can wait.
                log.Log(pause == Tick ? LogLevel.Warning : LogLevel.Debug, "Demo: waits and goes on later: {Reason}", e.Message);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }

            await Task.Delay(pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One round: whatever is missing of taking, filling and living.</summary>
    /// <param name="cancellation">Ends it between two changes.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_cases is null && !await TakeAsync(cancellation))
        {
            return;
        }

        if (Stream is null)
        {
            await campaigns.RunAsync(_cases!, cancellation);
            await fill.RunAsync(_cases!, cancellation);
            await campaigns.LinkAsync(cancellation);
            Stream = new DemoStream(_cases!, new DemoMoves(_cases!, _stories!, catalog, desk), folder, desk, clock, log, options.Value.Speed);
        }
        else if (clock.GetUtcNow() - Stream.At > LongestGap)
        {
            await fill.RunAsync(_cases!, cancellation);
            Stream.Skip();
        }

        await Stream.StepAsync(cancellation);
    }

    private async Task<bool> TakeAsync(CancellationToken cancellation)
    {
        var state = folder.State();
        notice.IsShown = state.IsDemo || (options.Value.Enabled && state.IsEmpty);
        if (!options.Value.Enabled || state is { IsEmpty: false, IsDemo: false })
        {
            _isOff = true;
            if (options.Value.Enabled)
            {
                log.LogWarning("Demo: the data folder began with cases of others, so no demo data comes into it; start with another, empty folder");
            }

            return false;
        }

        var seed = state.Seed ?? options.Value.Seed;
        if (seed != options.Value.Seed)
        {
            log.LogWarning("Demo: the data folder was begun with seed {Seed} and keeps it; another seed needs another, empty folder", seed);
        }

        _stories = DemoStories.Read(ReferenceData.File("demo", "stories.json"));
        var cases = new DemoCases(seed, _stories, DemoCampaignFile.Read(ReferenceData.File("demo", "campaigns.json")), grids, catalog, calendars);
        if (state.IsEmpty)
        {
            await fill.BeginAsync(cases, cancellation);
        }

        _cases = cases;
        log.LogInformation("Demo: made-up cases of seed {Seed}, live at {Speed} times the rhythm of a district", seed, options.Value.Speed);
        return true;
    }
}
