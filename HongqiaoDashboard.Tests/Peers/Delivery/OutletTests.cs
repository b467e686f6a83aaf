using System.Text.Json;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Peers.Delivery;

/// <summary>What one connection is sent, and when, with the wire in the test's hands.</summary>
public sealed class OutletTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UnixEpoch.AddYears(50));
    private readonly HubWire _wire = new();
    private readonly Outlet _outlet;
    private readonly ScopeFeed _feed;

    public OutletTests()
    {
        _outlet = new Outlet(_wire.Connection, _clock);
        _feed = Feed(1);
    }

    public async ValueTask DisposeAsync()
    {
        _outlet.Dispose();
        await _wire.DisposeAsync();
    }

    [Fact]
    public async Task Watch_WhileADeltaIsOnItsWay_AnswersAfterIt()
    {
        await WatchAsync(_feed);
        _feed.Publish(Picture(2), _clock.GetUtcNow());
        var other = Feed(50);

        var watching = _outlet.WatchAsync(other);
        Assert.False(watching.IsCompleted, "The answer would have overtaken the delta that was taken out before it.");
        Assert.Equal(2, (long)(await _wire.ReadAsync())["arguments"]![0]!["version"]!);
        Write(await watching);
        other.Publish(Picture(51), _clock.GetUtcNow());
        Assert.Equal(50, (long)(await _wire.ReadAsync())["arguments"]![0]!["fromVersion"]!);
    }

    [Fact]
    public async Task Delta_BeforeTheAnswerIsWritten_IsHeldBack()
    {
        var answer = await _outlet.WatchAsync(_feed);
        _feed.Publish(Picture(2), _clock.GetUtcNow());
        _feed.Fresh(_clock.GetUtcNow(), heartbeat: true);
        var reading = _wire.ReadAsync();
        Assert.False(reading.IsCompleted);

        Write(answer);
        var delta = (await reading)["arguments"]![0]!;
        Assert.Equal((1, 2), ((long)delta["fromVersion"]!, (long)delta["version"]!));
    }

    [Fact]
    public async Task Delta_RightAfterTheAnswer_LeavesItABreath()
    {
        Assert.NotEmpty(JsonSerializer.Serialize(await _outlet.WatchAsync(_feed)));
        _feed.Publish(Picture(2), _clock.GetUtcNow());
        var reading = _wire.ReadAsync();
        _clock.Advance(Outlet.Breath - TimeSpan.FromMilliseconds(1));
        Assert.False(reading.IsCompleted);

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(2, (long)(await reading)["arguments"]![0]!["version"]!);
    }

    [Fact]
    public async Task Client_ThatTakesNothing_GetsTheNewestInOneMessageAfterwards()
    {
        await WatchAsync(_feed);
        for (var version = 2; version <= 100; version++)
        {
            _feed.Publish(Picture(version), _clock.GetUtcNow());
            _feed.Fresh(_clock.GetUtcNow(), heartbeat: version % 10 == 0);
        }

        var first = (await _wire.ReadAsync())["arguments"]![0]!;
        var second = (await _wire.ReadAsync())["arguments"]![0]!;
        var third = await _wire.ReadAsync();
        Assert.Equal((1, 2), ((long)first["fromVersion"]!, (long)first["version"]!));
        Assert.Equal((2, 100), ((long)second["fromVersion"]!, (long)second["version"]!));
        Assert.Equal(("Heartbeat", 100), ((string)third["target"]!, (long)third["arguments"]![0]!["version"]!));
    }

    [Fact]
    public async Task Client_ThatTakesNothingForTooLong_IsShownTheDoor()
    {
        await WatchAsync(_feed);
        _feed.Publish(Picture(2), _clock.GetUtcNow());
        _feed.Publish(Picture(3), _clock.GetUtcNow());
        _clock.Advance(Outlet.Patience + TimeSpan.FromSeconds(1));
        Assert.False(_wire.Connection.ConnectionAborted.IsCancellationRequested);
        _feed.Fresh(_clock.GetUtcNow(), heartbeat: true);
        await _wire.AbortedAsync();
    }

    [Fact]
    public async Task Client_ThatDoesNotTakeItsAnswerForTooLong_IsShownTheDoor()
    {
        await _outlet.WatchAsync(_feed);
        _clock.Advance(Outlet.Patience + TimeSpan.FromSeconds(1));
        _feed.Fresh(_clock.GetUtcNow(), heartbeat: true);
        await _wire.AbortedAsync();
    }

    [Fact]
    public async Task Watch_OfAFeedThatHasRetired_AsksForAnother()
    {
        _clock.Advance(TimeSpan.FromMinutes(2));
        Assert.True(_feed.TryRetire(TimeSpan.FromMinutes(1)));
        Assert.Null(await _outlet.WatchAsync(_feed));
    }

    [Fact]
    public async Task Disposal_WhileAWatchWaitsForTheWire_LetsItEnd()
    {
        await WatchAsync(_feed);
        _feed.Publish(Picture(2), _clock.GetUtcNow());
        var watching = _outlet.WatchAsync(Feed(50));
        _outlet.Dispose();
        Assert.NotNull(await watching.WaitAsync(SituationClient.Bound, TestContext.Current.CancellationToken));
    }

    private async Task WatchAsync(ScopeFeed feed) => Write(await _outlet.WatchAsync(feed));

    // As the hub does when it writes the answer, and the breath after it; the answer is not read here.
    private void Write(DeliveredSnapshot? answer)
    {
        Assert.NotEmpty(JsonSerializer.Serialize(answer));
        _clock.Advance(Outlet.Breath);
    }

    private ScopeFeed Feed(long version)
    {
        var feed = new ScopeFeed(null, _clock, NullLogger.Instance);
        feed.Publish(Picture(version), _clock.GetUtcNow());
        return feed;
    }

    // Every cell differs from version to version, so that each delta is more than the wire takes unread.
    private SituationSnapshot Picture(long version) => new()
    {
        Epoch = "e", Version = version, AsOf = _clock.GetUtcNow(), Scope = null, Kpis = [], Stream = [], Breaches = [], Campaigns = [],
        Heat = [.. Enumerable.Range(1, 20).Select(i => new SituationCell($"1201060010010{i:D2}", (int)version, 0, 0))],
    };
}
