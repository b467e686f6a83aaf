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
    /// <summary>How long a single message or answer may take before the connection is ended.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Time between an answer and what follows it. Both could otherwise arrive in one piece, and a JavaScript client hears
    /// of the second before its <c>await</c> of the first goes on.
    /// </summary>
    public static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    private readonly Lock _gate = new();
    private ScopeFeed? _feed;
    private ScopeFeed.Subscription? _subscription;
    private SituationSnapshot? _has;
    private object? _answer;
    private long _answerSince;
    private bool _sending;
    private long _sendingSince;
    private TaskCompletionSource? _sent;
    private bool _heartbeatDue;
    private bool _closed;

    /// <summary>Watches a scope from now on.</summary>
    /// <param name="feed">The scope's feed.</param>
    /// <returns>The answer to write, which what follows builds on; null when the feed is no more and another must be asked for.</returns>
    public async Task<DeliveredSnapshot?> WatchAsync(ScopeFeed feed)
    {
        object answer;
        lock (_gate)
        {
            if (!ReferenceEquals(_feed, feed) && !_closed)
            {
                if (feed.Subscribe(Kick, Beat) is not { } subscription)
                {
                    return null;
                }

                _subscription?.Dispose();
                (_feed, _subscription) = (feed, subscription);
            }

            answer = BeginAnswer();
        }

        return await RebaseAsync(answer, feed);
    }

    /// <summary>Answers with the newest picture of a scope; if it is the one watched, what follows builds on it.</summary>
    /// <param name="feed">The scope's feed.</param>
    public async Task<DeliveredSnapshot> SnapshotAsync(ScopeFeed feed)
    {
        object answer;
        lock (_gate)
        {
            if (!ReferenceEquals(_feed, feed))
            {
                return new DeliveredSnapshot(feed.Newest.Picture, static () => { });
            }

            answer = BeginAnswer();
        }

        return await RebaseAsync(answer, feed);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            _subscription?.Dispose();
            _sent?.TrySetResult();
        }
    }

    // From here on nothing new is sent until the answer is being written; a later answer makes an earlier one's word void.
    private object BeginAnswer()
    {
        _answerSince = clock.GetTimestamp();
        return _answer = new object();
    }

    private async Task<DeliveredSnapshot> RebaseAsync(object answer, ScopeFeed feed)
    {
        // What was taken out for sending before may not have reached the connection's write lock yet, and would come after
        // the answer that makes it stale.
        await InFlightAsync();
        var picture = feed.Newest.Picture;
        return new DeliveredSnapshot(picture, () => _ = SettleAsync(answer, picture.Snapshot));
    }

    // The answer is being written, by a thread that holds the connection's write lock: nothing is sent from here.
    private async Task SettleAsync(object answer, SituationSnapshot snapshot)
    {
        await Task.Delay(Breath, clock);
        lock (_gate)
        {
            if (!ReferenceEquals(_answer, answer))
            {
                return;
            }

            _answer = null;
            _has = snapshot;
        }

        Kick();
    }

    private Task InFlightAsync()
    {
        lock (_gate)
        {
            return !_sending || _closed
                ? Task.CompletedTask
                : (_sent ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    private void Beat()
    {
        bool stuck;
        lock (_gate)
        {
            _heartbeatDue = true;
            stuck = (_sending && clock.GetElapsedTime(_sendingSince) > Patience)
                || (_answer is not null && clock.GetElapsedTime(_answerSince) > Patience);
        }

        if (stuck)
        {
            connection.Abort();
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

            Sent(alive: true);
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
            Sent(alive: false);
            return;
        }

        Sent(alive: true);
        Kick();
    }

    private void Sent(bool alive)
    {
        lock (_gate)
        {
            _sending = false;
            _closed |= !alive;
            _sent?.TrySetResult();
            _sent = null;
        }
    }

    private SerializedHubMessage? Next()
    {
        lock (_gate)
        {
            if (_closed || _sending || _answer is not null || _has is not { } has || _feed is not { } feed)
            {
                return null;
            }

            var (picture, freshAsOf) = feed.Newest;
            SerializedHubMessage? message = null;
            if (!ReferenceEquals(picture.Snapshot, has))
            {
                message = picture.DeltaFrom(has);
                _has = picture.Snapshot;
            }
            else if (_heartbeatDue)
            {
                message = picture.Heartbeat(freshAsOf);
                _heartbeatDue = false;
            }

            _sending = message is not null;
            _sendingSince = clock.GetTimestamp();
            return message;
        }
    }
}
