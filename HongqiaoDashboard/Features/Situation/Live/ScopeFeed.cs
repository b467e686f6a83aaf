using HongqiaoDashboard.Features.Situation.Contracts;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// The newest picture of one scope and who wants to know of it. Subscribers get a pulse and fetch the newest, so that a
/// slow one skips pictures instead of piling them up.
/// </summary>
internal sealed class ScopeFeed(string? scope, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly HashSet<Subscription> _subscriptions = [];
    private Subscription[] _told = [];
    private volatile State? _state;
    private long _idleSince = clock.GetTimestamp();
    private bool _ended;

    /// <summary>The scope as it was asked for; null for the whole district.</summary>
    public string? Scope => scope;

    /// <summary>The newest picture, with what the hub sends of it.</summary>
    public SharedPicture Picture => _state!.Picture;

    /// <summary>The newest picture.</summary>
    public SituationSnapshot Current => _state!.Picture.Snapshot;

    /// <summary>The instant up to which it is right.</summary>
    public DateTimeOffset FreshAsOf => _state!.FreshAsOf;

    /// <summary>How many look at this scope.</summary>
    public int Subscribers => _told.Length;

    /// <summary>Puts a new picture in place and tells everyone.</summary>
    /// <param name="snapshot">The picture.</param>
    /// <param name="now">The instant that it is right at.</param>
    public void Publish(SituationSnapshot snapshot, DateTimeOffset now)
    {
        _state = new State(new SharedPicture(snapshot, _state?.Picture.Snapshot), now);
        Tell(heartbeat: false);
    }

    /// <summary>Says that the picture still holds.</summary>
    /// <param name="now">Until when.</param>
    /// <param name="heartbeat">Whether subscribers shall hear of it.</param>
    public void Fresh(DateTimeOffset now, bool heartbeat)
    {
        _state = new State(_state!.Picture, now);
        if (heartbeat)
        {
            Tell(heartbeat: true);
        }
    }

    /// <summary>The scope is no more; whoever looks at it keeps the last picture, which grows old.</summary>
    public void End() => _ended = true;

    /// <summary>Whether nobody has looked for a while.</summary>
    /// <param name="life">How long a feed without subscribers is kept.</param>
    public bool IsIdle(TimeSpan life)
    {
        lock (_gate)
        {
            return _subscriptions.Count == 0 && clock.GetElapsedTime(_idleSince) > life;
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
    public Subscription Subscribe(Action changed, Action? heartbeat = null)
    {
        var subscription = new Subscription(this, changed, heartbeat ?? changed);
        lock (_gate)
        {
            _subscriptions.Add(subscription);
            _told = [.. _subscriptions];
        }

        return subscription;
    }

    private void Tell(bool heartbeat)
    {
        if (_ended)
        {
            return;
        }

        foreach (var subscription in _told)
        {
            subscription.Tell(heartbeat);
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

        public SituationSnapshot Current => feed.Current;

        public DateTimeOffset FreshAsOf => feed.FreshAsOf;

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

    private sealed record State(SharedPicture Picture, DateTimeOffset FreshAsOf);
}
