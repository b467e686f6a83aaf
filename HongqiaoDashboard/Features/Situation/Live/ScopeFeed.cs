using HongqiaoDashboard.Features.Situation.Contracts;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// The newest picture of one scope and who wants to know of it. Subscribers get a pulse and fetch the newest, so that a
/// slow one skips pictures instead of piling them up.
/// </summary>
internal sealed class ScopeFeed(string? scope, TimeProvider clock, ILogger log)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Subscription> _subscriptions = [];
    private volatile Subscription[] _told = [];
    private volatile State? _state;
    private long _idleSince = clock.GetTimestamp();
    private bool _ended;

    /// <summary>The scope as it was asked for; null for the whole district.</summary>
    public string? Scope => scope;

    /// <summary>The newest picture, with what the hub sends of it, and the instant up to which it is right: read together.</summary>
    public (SharedPicture Picture, DateTimeOffset FreshAsOf) Newest => _state!.Read();

    /// <summary>The newest picture.</summary>
    public SituationSnapshot Current => _state!.Picture.Snapshot;

    /// <summary>What boards show beside it.</summary>
    public SituationDetails Details => _state!.Details;

    /// <summary>How many look at this scope.</summary>
    public int Subscribers => _told.Length;

    /// <summary>Puts a new picture in place and tells everyone.</summary>
    /// <param name="snapshot">The picture; the present one when only the details have changed, and then hub clients are sent nothing.</param>
    /// <param name="now">The instant that it is right at.</param>
    /// <param name="details">What boards show beside it; null leaves what they show.</param>
    public void Publish(SituationSnapshot snapshot, DateTimeOffset now, SituationDetails? details = null)
    {
        var present = _state?.Picture;
        _state = new State(
            present is not null && ReferenceEquals(present.Snapshot, snapshot) ? present : new SharedPicture(snapshot, present?.Snapshot),
            details ?? _state?.Details ?? SituationDetails.None, now);
        Tell(heartbeat: false);
    }

    /// <summary>Says that the picture still holds.</summary>
    /// <param name="now">Until when.</param>
    /// <param name="heartbeat">Whether subscribers shall hear of it.</param>
    public void Fresh(DateTimeOffset now, bool heartbeat)
    {
        _state = _state! with { FreshAsOf = now };
        if (heartbeat)
        {
            Tell(heartbeat: true);
        }
    }

    /// <summary>The scope is no more; whoever looks at it keeps the last picture, which grows old.</summary>
    public void End()
    {
        lock (_gate)
        {
            _ended = true;
        }
    }

    /// <summary>Ends the feed if nobody has looked for a while. Whoever was about to subscribe is told to ask anew.</summary>
    /// <param name="life">How long a feed without subscribers is kept.</param>
    public bool TryRetire(TimeSpan life)
    {
        lock (_gate)
        {
            return _ended = _ended || (_subscriptions.Count == 0 && clock.GetElapsedTime(_idleSince) > life);
        }
    }

    /// <summary>Keeps a feed without subscribers for its whole life again, because somebody is about to subscribe.</summary>
    public void Touch()
    {
        lock (_gate)
        {
            _idleSince = clock.GetTimestamp();
        }
    }

    /// <summary>Adds a subscriber.</summary>
    /// <param name="changed">Called on the feed's thread on every picture and heartbeat.</param>
    /// <param name="heartbeat">Called instead of <paramref name="changed"/> on a heartbeat, if given.</param>
    /// <returns>The subscription, or null when the feed has ended and another must be asked for.</returns>
    public Subscription? Subscribe(Action changed, Action? heartbeat = null)
    {
        var subscription = new Subscription(this, changed, heartbeat ?? changed);
        lock (_gate)
        {
            if (_ended)
            {
                return null;
            }

            _subscriptions.Add(subscription);
            _told = [.. _subscriptions];
        }

        return subscription;
    }

    private void Tell(bool heartbeat)
    {
        foreach (var subscription in _told)
        {
            try
            {
                subscription.Tell(heartbeat);
            }
            catch (Exception e)
            {
                // One that fails must not keep the picture from the others, nor stop the feed's thread.
                if (subscription.FailsFirst())
                {
                    log.LogError(e, "A watcher of {Scope} failed when it was told of a new picture", scope ?? "the district");
                }
            }
        }
    }

    private void Remove(Subscription subscription)
    {
        lock (_gate)
        {
            _subscriptions.Remove(subscription);
            _told = [.. _subscriptions];
            _idleSince = clock.GetTimestamp();
        }
    }

    /// <summary>One subscriber.</summary>
    internal sealed class Subscription(ScopeFeed feed, Action changed, Action heartbeat) : ISituationSubscription
    {
        private volatile bool _disposed;
        private bool _hasFailed;

        public SituationSnapshot Current => feed.Current;

        public SituationDetails Details => feed.Details;

        public DateTimeOffset FreshAsOf => feed.Newest.FreshAsOf;

        /// <summary>True the first time only: a failure is said once. Called on the feed's thread.</summary>
        public bool FailsFirst() => !_hasFailed && (_hasFailed = true);

        public void Tell(bool isHeartbeat)
        {
            if (!_disposed)
            {
                (isHeartbeat ? heartbeat : changed)();
            }
        }

        public void Dispose()
        {
            _disposed = true;
            feed.Remove(this);
        }
    }

    private sealed record State(SharedPicture Picture, SituationDetails Details, DateTimeOffset FreshAsOf)
    {
        public (SharedPicture, DateTimeOffset) Read() => (Picture, FreshAsOf);
    }
}
