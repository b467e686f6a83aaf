using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Peers.Delivery;

public sealed class ScopeFeedTests
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly ScopeFeed _feed;

    public ScopeFeedTests()
    {
        _feed = new ScopeFeed(null, _clock, NullLogger.Instance);
        _feed.Publish(Picture(1), _clock.GetUtcNow());
    }

    [Fact]
    public void Watcher_ThatFails_KeepsThePictureFromNobody()
    {
        var told = 0;
        _feed.Subscribe(() => throw new InvalidOperationException("This page is broken."));
        _feed.Subscribe(() => told++);
        _feed.Subscribe(() => throw new InvalidOperationException("This one too."));
        _feed.Subscribe(() => told++);
        _feed.Publish(Picture(2), _clock.GetUtcNow());
        _feed.Fresh(_clock.GetUtcNow(), heartbeat: true);
        Assert.Equal(4, told);
    }

    [Fact]
    public void Details_ThatChangeAlone_ReachWatchersAndLeaveThePictureOfHubClientsAsItIs()
    {
        var told = 0;
        using var watching = _feed.Subscribe(() => told++)!;
        var (picture, _) = _feed.Newest;
        var details = SituationDetails.None with { Categories = [new SituationCategory("04", 1, 0)] };

        _feed.Publish(_feed.Current, _clock.GetUtcNow(), details);

        Assert.Equal(1, told);
        Assert.Same(details, watching.Details);
        Assert.Same(picture, _feed.Newest.Picture);
    }

    [Fact]
    public void Feed_ThatIsWatched_DoesNotRetire()
    {
        var watching = _feed.Subscribe(() => { });
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.False(_feed.TryRetire(TimeSpan.FromMinutes(1)));
        watching!.Dispose();
        Assert.False(_feed.TryRetire(TimeSpan.FromMinutes(1)));
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_feed.TryRetire(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void Subscription_ToAFeedThatHasRetired_IsRefused()
    {
        // Otherwise whoever got the feed just before it retired would watch something that never changes again.
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_feed.TryRetire(TimeSpan.FromMinutes(1)));
        Assert.Null(_feed.Subscribe(() => { }));
    }

    [Fact]
    public void Subscription_DisposedOf_IsToldNothingAndKeptByNobody()
    {
        var told = 0;
        var watching = _feed.Subscribe(() => told++);
        watching!.Dispose();
        watching.Dispose();
        _feed.Publish(Picture(2), _clock.GetUtcNow());
        Assert.Equal(0, told);
        Assert.Equal(0, _feed.Subscribers);
    }

    [Fact]
    public async Task Newest_AndItsFreshness_BelongTogether()
    {
        // A heartbeat must not call a picture right at an instant at which a later one was already there.
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() =>
        {
            for (var version = 2; !stop.IsCancellationRequested; version++)
            {
                var at = DateTimeOffset.UnixEpoch.AddSeconds(version);
                _feed.Publish(Picture(version), at);
            }
        }, TestContext.Current.CancellationToken);
        for (var i = 0; i < 100_000; i++)
        {
            var (picture, freshAsOf) = _feed.Newest;
            if (picture.Snapshot.Version > 1)
            {
                Assert.Equal(DateTimeOffset.UnixEpoch.AddSeconds(picture.Snapshot.Version), freshAsOf);
            }
        }

        await stop.CancelAsync();
        await writing;
    }

    private SituationSnapshot Picture(long version) => new()
    {
        Epoch = "e", Version = version, AsOf = _clock.GetUtcNow(), Scope = null, Kpis = [], Heat = [], Stream = [], Breaches = [], Campaigns = [],
    };
}
