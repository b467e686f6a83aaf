using HongqiaoDashboard.Features.Situation.Contracts;
using Microsoft.AspNetCore.SignalR;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// What one connection is sent: one send in flight, and after it the way from what the client has to what is newest then.
/// A slow client skips pictures; it never makes another one wait, and never makes more than one message of memory. One
/// that takes nothing for too long is shown the door.
/// </summary>
internal sealed class Outlet(HubConnectionContext connection, TimeProvider clock) : IDisposable
{
    /// <summary>How long a single message may take before the connection is ended.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private ScopeFeed? _feed;
    private ScopeFeed.Subscription? _subscription;
    private SituationSnapshot? _has;
    private object? _answer;
    private bool _sending;
    private bool _heartbeatDue;
    private long _sendingSince;
    private bool _closed;

    /// <summary>Watches a scope from now on.</summary>
    /// <param name="feed">The scope's feed.</param>
    /// <returns>The answer to write; what follows builds on it.</returns>
    public DeliveredSnapshot Watch(ScopeFeed feed)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_feed, feed))
            {
                _subscription?.Dispose();
                _feed = feed;
                _subscription = _closed ? null : feed.Subscribe(Kick, Beat);
            }

            return Rebase(feed.Picture);
        }
    }

    /// <summary>Answers with the newest picture of a scope; if it is the one watched, what follows builds on it.</summary>
    /// <param name="feed">The scope's feed.</param>
    public DeliveredSnapshot Snapshot(ScopeFeed feed)
    {
        lock (_gate)
        {
            return ReferenceEquals(_feed, feed) ? Rebase(feed.Picture) : new DeliveredSnapshot(feed.Picture, static () => { });
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _subscription?.Dispose();
        }
    }

    // Nothing is sent until the answer is being written; a second answer under way makes the first one's word void.
    private DeliveredSnapshot Rebase(SharedPicture picture)
    {
        var answer = new object();
        _answer = answer;
        return new DeliveredSnapshot(picture, () =>
        {
            lock (_gate)
            {
                if (!ReferenceEquals(_answer, answer))
                {
                    return;
                }

                _answer = null;
                _has = picture.Snapshot;
            }

            // Not on this thread: it holds the connection's write lock.
            ThreadPool.UnsafeQueueUserWorkItem(static outlet => outlet.Kick(), this, preferLocal: false);
        });
    }

    private void Beat()
    {
        lock (_gate)
        {
            _heartbeatDue = true;
            if (_sending && clock.GetElapsedTime(_sendingSince) > Patience)
            {
                connection.Abort();
            }
        }

        Kick();
    }

    private void Kick()
    {
        while (Next() is { } message)
        {
            var sending = connection.WriteAsync(message);
            if (!sending.IsCompletedSuccessfully)
            {
                _ = FinishAsync(sending);
                return;
            }

            lock (_gate)
            {
                _sending = false;
            }
        }
    }

    private async Task FinishAsync(ValueTask sending)
    {
        try
        {
            await sending;
        }
        catch (Exception)
        {
            // The connection is gone, and its own end is told by the lifetime manager.
            return;
        }

        lock (_gate)
        {
            _sending = false;
        }

        Kick();
    }

    private SerializedHubMessage? Next()
    {
        lock (_gate)
        {
            if (_closed || _sending || _answer is not null || _has is not { } has || _feed is not { } feed)
            {
                return null;
            }

            var picture = feed.Picture;
            SerializedHubMessage? message = null;
            if (!ReferenceEquals(picture.Snapshot, has))
            {
                message = picture.DeltaFrom(has);
                _has = picture.Snapshot;
            }
            else if (_heartbeatDue)
            {
                message = picture.Heartbeat(feed.FreshAsOf);
                _heartbeatDue = false;
            }

            _sending = message is not null;
            _sendingSince = clock.GetTimestamp();
            return message;
        }
    }
}
