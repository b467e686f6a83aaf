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
    private static readonly TimeSpan IdleFeedLife = TimeSpan.FromMinutes(1);

    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Dictionary<string, ScopeFeed> _feeds = [];
    private readonly TallyKeeper _keeper = new(lane, log);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private SituationModel? _model;
    private PictureMaker? _maker;
    private string _epoch = "";
    private long _version;
    private long _heartbeatAt;
    private bool _halfway;
    private bool _failing;

    /// <summary>Completes when the first picture can be made.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Completes when no tallies are being stored.</summary>
    public Task Stored => _keeper.Done;

    /// <summary>Whether the last look at the log succeeded.</summary>
    public bool IsFollowing => !Volatile.Read(ref _failing);

    public async Task<ISituationSubscription> SubscribeAsync(string? scope, Actor actor, Action changed, CancellationToken cancellation = default)
    {
        while (true)
        {
            var feed = await FeedAsync(scope, actor, cancellation);
            if (feed.Subscribe(changed) is { } subscription)
            {
                return subscription;
            }
        }
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

        if (actor.ScopeCode is not null && (wanted is null || !actor.Reaches(wanted)))
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

        // A last look, now that nobody reports any more, so that the next start has nothing to carry on.
        Step();
        await _keeper.Done;
        Keep(force: true);
        await _keeper.Done;
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
            // Down is said once, and the next tick tries again.
            if (!_failing)
            {
                _failing = true;
                log.LogError(e, "The situation cannot be followed; the last picture stays, marked by its age");
            }

            // From a fresh model only if this one may have been left half changed: a new one is a new epoch for everybody.
            _model = _halfway ? null : _model;
        }
    }

    private void Look()
    {
        _halfway = false;
        using var read = door.Open(Actor.System);
        read.BeginSnapshot();
        var loader = new SituationLoader(read);
        var edition = grids.Current;
        if (_model is null || !ReferenceEquals(_maker!.Edition, edition))
        {
            _halfway = true;
            Begin(loader, edition);
        }

        var model = _model!;
        var entries = loader.LogAfter(model.Seq, MostEntriesATick).ToList();
        _halfway = true;
        entries.ForEach(model.Apply);

        // Still behind: days and scopes are read from rows, which are ahead of the model, so they wait for the next look.
        if (entries.Count == MostEntriesATick)
        {
            return;
        }

        // Read after the log, so that no entry taken in lies ahead of the clock; a clock that was set back stands still.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        loader.LoadDays(model, model.Advance(now < model.Now ? model.Now : now));
        Answer(loader);
        Publish();
        model.Touched.Clear();
        Keep(force: false);
        _ready.TrySetResult();
    }

    private void Begin(SituationLoader loader, GridEdition edition)
    {
        (_model, var storedSeq) = loader.Load(edition.TimeZone);
        _keeper.Begin(storedSeq, clock.GetUtcNow());
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

            loader.LoadScope(_model, CodeOf(feed), Hidden());
        }
    }

    // Asked of the catalogue each time: it may have changed since.
    private string[] Hidden() => [.. catalog.Categories.Where(c => c.CountsOnly).Select(c => c.Code)];

    private string CodeOf(ScopeFeed feed) => feed.Scope ?? _maker!.Edition.Root.Code;

    private void Answer(SituationLoader loader)
    {
        while (_requests.Reader.TryRead(out var request))
        {
            try
            {
                var feed = Open(request.Scope, loader);
                feed.Touch();
                request.Answer.TrySetResult(feed);
            }
            catch (Exception e)
            {
                // Taken out of the queue, so nobody else would ever answer it.
                request.Answer.TrySetException(e);
                throw;
            }
        }
    }

    private ScopeFeed Open(string? scope, SituationLoader loader)
    {
        if (!_feeds.TryGetValue(scope ?? "", out var feed))
        {
            feed = new ScopeFeed(scope, clock, log);
            loader.LoadScope(_model!, CodeOf(feed), Hidden());
            feed.Publish(_maker!.Make(_model!, scope, null, _epoch, ++_version), _model!.Now, _maker.Details(_model, scope, SituationDetails.None));
            _feeds[scope ?? ""] = feed;
        }

        return feed;
    }

    private void Publish()
    {
        var model = _model!;
        // By elapsed time: signs of life go on while a wall clock that was set back stands still.
        var heartbeat = clock.GetElapsedTime(_heartbeatAt) >= HeartbeatEvery;
        _heartbeatAt = heartbeat ? clock.GetTimestamp() : _heartbeatAt;
        foreach (var (key, feed) in _feeds)
        {
            if (feed.TryRetire(IdleFeedLife))
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
                var details = _maker!.Details(model, feed.Scope, feed.Details);
                if (current.Epoch != _epoch || !SituationDelta.Between(current, next).IsEmpty)
                {
                    _version++;
                    feed.Publish(next, model.Now, details);
                }
                else if (!ReferenceEquals(details, feed.Details))
                {
                    feed.Publish(current, model.Now, details);
                }
            }

            feed.Fresh(model.Now, heartbeat);
        }
    }

    private void Keep(bool force)
    {
        if (_model is { } model)
        {
            _keeper.Store(model, SituationLoader.RulesOf(_maker!.Edition.TimeZone), force);
        }
    }

    private sealed record Request(string? Scope, TaskCompletionSource<ScopeFeed> Answer);
}
