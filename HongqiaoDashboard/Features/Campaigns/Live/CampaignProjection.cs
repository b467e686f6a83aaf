using System.Collections.Immutable;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Campaigns.Live;

/// <summary>
/// Keeps the campaigns in memory: follows their log, that of the cases, the configuration and the day. After a commit of this
/// process it looks at once, for those of others by the clock.
/// </summary>
internal sealed class CampaignProjection(
    IReadDoor door, CampaignBook book, CampaignSignal signal, IGridDirectory grids, TimeProvider clock, ILogger<CampaignProjection> log)
    : BackgroundService, ICampaignFeed, ISituationPart
{
    /// <summary>Longest time between two looks.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(500);

    private readonly Lock _following = new();
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ImmutableArray<Subscription> _subscriptions = [];
    private CampaignModel? _model;
    private volatile Board _board = new([]);
    private long _freshTicks;
    private bool _failing;

    /// <summary>How many follow, for the test that none survives its page.</summary>
    public int Followers => _subscriptions.Length;

    /// <summary>Whether the last look succeeded.</summary>
    public bool IsFollowing => !Volatile.Read(ref _failing);

    /// <summary>The campaigns as they stand.</summary>
    public ImmutableArray<CampaignSheet> Sheets => _board.Sheets;

    public async Task<ICampaignSubscription> SubscribeAsync(Actor actor, Action changed, CancellationToken cancellation = default)
    {
        await _ready.Task.WaitAsync(cancellation);
        var subscription = new Subscription(this, actor.ScopeCode ?? "", changed);
        lock (_following)
        {
            _subscriptions = _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public IReadOnlyList<SituationCampaign> Campaigns(string? scope) => _board.Parts(scope ?? "");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        book.Changed += signal.Pulse;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                Step();
                await signal.WaitAsync(Poll, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        finally
        {
            book.Changed -= signal.Pulse;
        }
    }

    /// <summary>One look; the loop's body, and what tests call.</summary>
    public void Step()
    {
        try
        {
            Look();
            if (_failing)
            {
                _failing = false;
                log.LogWarning("The campaigns are followed again");
            }
        }
        catch (Exception e)
        {
            // Down is said once. From rows again, because this model may be half changed; what was shown last stays.
            if (!_failing)
            {
                _failing = true;
                log.LogError(e, "The campaigns cannot be followed; their last pictures stay");
            }

            _model = null;
        }
    }

    private void Look()
    {
        var zone = grids.Current.TimeZone;
        using var read = door.Open(Actor.System);
        read.BeginSnapshot();
        // What another process has published is shown with what it has entered.
        book.CatchUp(read);
        var loader = new CampaignLoader(read);
        if (_model is null || !_model.Zone.Equals(zone))
        {
            _model = new CampaignModel(zone) { CaseSeq = loader.LastCaseSeq() };
        }

        var model = _model;
        var now = clock.GetUtcNow();
        // By the day that was reached, so that a clock that is set back takes nothing away.
        var day = zone.DayOf(now) is var today && today > model.Day ? today : model.Day;
        model.Begin(book.Campaigns, day);
        loader.Follow(model);
        loader.FollowCases(model);
        model.Settle(loader.CasesOf);
        var sheets = model.Sheets();
        if (!sheets.SequenceEqual(_board.Sheets))
        {
            // Made here, so that neither a page nor the situation waits for figures.
            foreach (var sheet in sheets)
            {
                sheet.Picture("");
            }

            _board = new Board(sheets);
            Volatile.Write(ref _freshTicks, now.UtcTicks);
            foreach (var subscription in _subscriptions)
            {
                subscription.Tell(log);
            }
        }

        Volatile.Write(ref _freshTicks, now.UtcTicks);
        _ready.TrySetResult();
    }

    /// <summary>The campaigns at one instant, with what the situation asks again and again.</summary>
    private sealed class Board(ImmutableArray<CampaignSheet> sheets)
    {
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, IReadOnlyList<SituationCampaign>> _parts = new(StringComparer.Ordinal);

        public ImmutableArray<CampaignSheet> Sheets => sheets;

        public IReadOnlyList<SituationCampaign> Parts(string scope) => _parts.GetOrAdd(scope, code => [.. sheets.SelectMany(sheet => sheet.Parts(code))]);
    }

    private sealed class Subscription(CampaignProjection projection, string scope, Action changed) : ICampaignSubscription
    {
        private readonly Lock _looking = new();
        private Board? _seen;
        private IReadOnlyList<CampaignPicture> _pictures = [];

        public IReadOnlyList<CampaignPicture> Current
        {
            get
            {
                var board = projection._board;
                lock (_looking)
                {
                    if (!ReferenceEquals(board, _seen))
                    {
                        (_seen, _pictures) = (board, [.. board.Sheets.Select(sheet => sheet.Picture(scope))]);
                    }

                    return _pictures;
                }
            }
        }

        public DateTimeOffset FreshAsOf => new(Volatile.Read(ref projection._freshTicks), TimeSpan.Zero);

        public CampaignPicture? At(string campaign, DateOnly day) => Sheet(campaign)?.At(scope, day);

        public IReadOnlyList<CampaignEntry> Entries(string campaign, string item) =>
            Sheet(campaign)?.Within(scope).FirstOrDefault(state => state.Item.Code == item)?.Entries ?? [];

        public void Tell(ILogger log)
        {
            try
            {
                changed();
            }
            catch (Exception e)
            {
                log.LogError(e, "A follower of the campaigns failed");
            }
        }

        public void Dispose()
        {
            lock (projection._following)
            {
                projection._subscriptions = projection._subscriptions.Remove(this);
            }
        }

        private CampaignSheet? Sheet(string campaign) => projection._board.Sheets.FirstOrDefault(sheet => sheet.Definition.Code == campaign);
    }
}
