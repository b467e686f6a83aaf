using System.Threading.Channels;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// Follows the log and the clock, and hands every watched scope its newest picture at most four times a second. The one
/// thread that owns the model.
/// </summary>
internal sealed class SituationProjection(
    IReadDoor door, IWriteLane lane, IIncidentLogSignal signal, IGridDirectory grids, IIncidentCatalog catalog,
    IEnumerable<ISituationPart> parts, TimeProvider clock, ILogger<SituationProjection> log) : BackgroundService, ISituationFeed
{
    /// <summary>Shortest time between two pictures, and longest between two looks at the log.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>Time between two signs of life.</summary>
    public static readonly TimeSpan HeartbeatEvery = TimeSpan.FromSeconds(5);

    private const int MostEntriesATick = 20_000;
    private const int EntriesBetweenCheckpoints = 20_000;
    private static readonly TimeSpan CheckpointEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan IdleFeedLife = TimeSpan.FromMinutes(1);

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, ScopeFeed> _feeds = [];
    private readonly string[] _hidden = [.. catalog.Categories.Where(c => c.CountsOnly).Select(c => c.Code)];
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SituationModel? _model;
    private PictureMaker? _maker;
    private string _epoch = "";
    private long _version;
    private long? _storedSeq;
    private DateTimeOffset _storedAt;
    private DateTimeOffset _heartbeatAt;
    private Task _storing = Task.CompletedTask;
    private bool _failing;

    /// <summary>Completes when the first picture can be made.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Whether the last look at the log succeeded.</summary>
    public bool IsFollowing => !Volatile.Read(ref _failing);

    public async Task<ISituationSubscription> SubscribeAsync(string? scope, Actor actor, Action changed, CancellationToken cancellation = default)
    {
        var feed = await FeedAsync(scope, actor, cancellation);
        return feed.Subscribe(changed);
    }

    /// <summary>The feed of a scope, made if nobody watches it yet.</summary>
    /// <param name="scope">Grid code, or null for all that the actor may see.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public async Task<ScopeFeed> FeedAsync(string? scope, Actor actor, CancellationToken cancellation)
    {
        var edition = grids.Current;
        var wanted = scope ?? actor.ScopeCode;
        if (wanted is not null && edition.Find(wanted) is null)
        {
            throw new RefusedException("UnknownScope", wanted);
        }

        if (actor.ScopeCode is { } own && (wanted is null || !wanted.StartsWith(own, StringComparison.Ordinal)))
        {
            throw new RefusedException("ScopeForbidden", wanted ?? edition.Root.Code);
        }

        var request = new Request(wanted, new TaskCompletionSource<ScopeFeed>(TaskCreationOptions.RunContinuationsAsynchronously));
        await _requests.Writer.WriteAsync(request, cancellation);
        return await request.Answer.Task.WaitAsync(cancellation);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var began = clock.GetTimestamp();
            Step();
            try
            {
                await signal.WaitAsync(Tick, stoppingToken);
                var rest = Tick - clock.GetElapsedTime(began);
                if (rest > TimeSpan.Zero)
                {
                    await Task.Delay(rest, clock, stoppingToken);
                }
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }

        await _storing;
        Store(force: true);
        await _storing;
    }

    /// <summary>One look at log, clock and requests; the loop's body, and what tests call.</summary>
    public void Step()
    {
        try
        {
            Look();
            if (_failing)
            {
                _failing = false;
                log.LogWarning("The situation is followed again");
            }
        }
        catch (Exception e)
        {
            // Down is said once; the next tick tries again from a fresh model.
            if (!_failing)
            {
                _failing = true;
                log.LogError(e, "The situation cannot be followed; the last picture stays, marked by its age");
            }

            _model = null;
        }
    }

    private void Look()
    {
        using var read = door.Open(Actor.System);
        read.BeginSnapshot();
        var loader = new SituationLoader(read);
        var edition = grids.Current;
        if (_model is null || !ReferenceEquals(_maker!.Edition, edition))
        {
            Begin(loader, edition);
        }

        var model = _model!;
        var taken = 0;
        foreach (var entry in loader.LogAfter(model.Seq, MostEntriesATick))
        {
            model.Apply(entry);
            taken++;
        }

        // Still behind: days and scopes are read from rows, which are ahead of the model, so they wait for the next look.
        if (taken == MostEntriesATick)
        {
            return;
        }

        // Read after the log, so that no entry taken in lies ahead of the clock; a clock that was set back stands still.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        loader.LoadDays(model, model.Advance(now < model.Now ? model.Now : now));
        Answer(loader);
        Publish();
        model.Touched.Clear();
        Store(force: false);
        _ready.TrySetResult();
    }

    private void Begin(SituationLoader loader, GridEdition edition)
    {
        (_model, _storedSeq) = loader.Load(edition.TimeZone);
        _storedAt = clock.GetUtcNow();
        _maker = new PictureMaker(edition, catalog, [.. parts]);
        _epoch = Guid.NewGuid().ToString("N");
        foreach (var (key, feed) in _feeds)
        {
            if (edition.Find(CodeOf(feed)) is null)
            {
                feed.End();
                _feeds.Remove(key);
                continue;
            }

            loader.LoadScope(_model, CodeOf(feed), _hidden);
        }
    }

    private string CodeOf(ScopeFeed feed) => feed.Scope ?? _maker!.Edition.Root.Code;

    private void Answer(SituationLoader loader)
    {
        while (_requests.Reader.TryRead(out var request))
        {
            var key = request.Scope ?? "";
            if (!_feeds.TryGetValue(key, out var feed))
            {
                feed = new ScopeFeed(request.Scope, clock);
                loader.LoadScope(_model!, CodeOf(feed), _hidden);
                feed.Publish(_maker!.Make(_model!, request.Scope, null, _epoch, ++_version), _model!.Now);
                _feeds[key] = feed;
            }

            feed.Touch();
            request.Answer.TrySetResult(feed);
        }
    }

    private void Publish()
    {
        var model = _model!;
        var heartbeat = model.Now - _heartbeatAt >= HeartbeatEvery;
        _heartbeatAt = heartbeat ? model.Now : _heartbeatAt;
        foreach (var (key, feed) in _feeds)
        {
            if (feed.IsIdle(IdleFeedLife))
            {
                _feeds.Remove(key);
                if (_feeds.Values.All(other => CodeOf(other) != CodeOf(feed)))
                {
                    model.Release(CodeOf(feed));
                }

                continue;
            }

            var current = feed.Current;
            if (current.Epoch != _epoch || model.Touched.Contains(model.Scopes.Id(CodeOf(feed))) || _maker!.PartsChanged(current))
            {
                var next = _maker!.Make(model, feed.Scope, current.Epoch == _epoch ? current : null, _epoch, _version + 1);
                if (current.Epoch != _epoch || !SituationDelta.Between(current, next).IsEmpty)
                {
                    _version++;
                    feed.Publish(next, model.Now);
                }
            }

            feed.Fresh(model.Now, heartbeat);
        }
    }

    // Stored tallies spare the next start the replay of all history. A lost checkpoint costs that start time, never figures.
    private void Store(bool force)
    {
        if (_model is not { } model || !_storing.IsCompleted || model.Seq == _storedSeq
            || (!force && _storedSeq is { } stored && model.Now - _storedAt < CheckpointEvery && model.Seq - stored < EntriesBetweenCheckpoints))
        {
            return;
        }

        var rules = SituationLoader.RulesOf(_maker!.Edition.TimeZone);
        var changed = model.Tallies.TakeChanged(scope => !ScopeTable.IsBasic(model.Scopes.Code(scope)));
        var rows = changed.ConvertAll(c => new StoredTally
        {
            Key = $"{rules}|{model.Scopes.Code(c.Scope)}|{c.Month}", Rules = rules, Scope = model.Scopes.Code(c.Scope), Month = c.Month, Counts = c.Counts,
        });
        var checkpoint = new TallyCheckpoint { Rules = rules, Seq = model.Seq, AsOf = model.Now };
        (_storedSeq, _storedAt) = (model.Seq, model.Now);
        _storing = StoreAsync(rows, checkpoint);
    }

    private async Task StoreAsync(List<StoredTally> rows, TallyCheckpoint checkpoint)
    {
        try
        {
            await lane.WriteAsync(session =>
            {
                rows.ForEach(session.Hot<StoredTally>().Upsert);
                session.Hot<TallyCheckpoint>().Upsert(checkpoint);
                return true;
            });
        }
        catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException or ChannelClosedException)
        {
            // The months taken out for storing are lost to the next checkpoint, so the model is made anew from the last good one.
            log.LogWarning("Tallies were not stored: {Reason}", e.Message);
            Interlocked.Exchange(ref _model, null);
        }
    }

    private sealed record Request(string? Scope, TaskCompletionSource<ScopeFeed> Answer);
}
