using System.Linq.Expressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Peers.Delivery;

/// <summary>What watchers see of a projection whose disk fails and comes back.</summary>
public sealed class ProjectionFaultTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 4, 2, 0, 0, TimeSpan.Zero));
    private readonly PlatformHost _host;
    private FaultyLane? _lane;
    private FaultyScope? _scope;
    private SituationProjection? _projection;

    public ProjectionFaultTests() => _host = new PlatformHost(_clock, services =>
    {
        services.AddSingleton<IWriteLane>(provider => _lane = new FaultyLane(provider.GetRequiredService<WriteLane>()));
        services.AddSingleton<IReadScope<Incident>>(_scope = new FaultyScope());
        services.AddSingleton<IReadScope<IncidentEvent>>(_scope);
    });

    public ValueTask InitializeAsync()
    {
        _projection = _host.Get<SituationProjection>();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Tallies_ThatCannotBeStored_KeepTheEpochAndGoWithTheNextCheckpoint()
    {
        using var watching = await SubscribeAsync();
        var epoch = watching.Current.Epoch;
        await ReportAsync(3);
        _lane!.Down = true;
        for (var tick = 0; tick < 200; tick++)
        {
            _clock.Advance(SituationProjection.Tick);
            await StepAsync();
        }

        Assert.Equal(epoch, watching.Current.Epoch);
        Assert.Equal(3, watching.Current.Kpis.Single(k => k.Key == "open").Value);
        Assert.InRange(_lane.Attempts, 0, 1);

        _clock.Advance(TimeSpan.FromMinutes(2));
        await StepAsync();
        _lane.Down = false;
        _clock.Advance(TimeSpan.FromMinutes(2));
        await StepAsync();
        Assert.Equal(epoch, watching.Current.Epoch);
        using var database = _host.Open();
        Assert.Equal(3, database.Scalar<long>("SELECT Seq FROM SituationCheckpoints"));
        Assert.NotEqual(0, database.Scalar<long>("SELECT COUNT(*) FROM SituationTallies"));
    }

    [Fact]
    public async Task Log_ThatCannotBeRead_LeavesTheLastPictureAndGoesOnInTheSameEpoch()
    {
        using var watching = await SubscribeAsync();
        var before = watching.Current;
        await ReportAsync(1);
        _scope!.LogDown = true;
        await StepAsync();
        Assert.False(_projection!.IsFollowing);
        Assert.Same(before, watching.Current);

        _scope.LogDown = false;
        await StepAsync();
        Assert.True(_projection.IsFollowing);
        Assert.Equal(before.Epoch, watching.Current.Epoch);
        Assert.Equal(1, watching.Current.Kpis.Single(k => k.Key == "open").Value);
    }

    [Fact]
    public async Task Scope_ThatCannotBeLoaded_TellsWhoAskedForIt()
    {
        using var watching = await SubscribeAsync();
        var code = GridSamples.Shipped.Units.First(u => u.Code.Length == 9).Code;
        _scope!.RowsDown = true;
        var asking = _projection!.SubscribeAsync(code, Actor.System, () => { }, TestContext.Current.CancellationToken);
        await StepAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => asking.WaitAsync(SituationClient.Bound, TestContext.Current.CancellationToken));

        _scope.RowsDown = false;
        using var now = await SubscribeAsync(code);
        Assert.Equal(code, now.Current.Scope);
    }

    private async Task<ISituationSubscription> SubscribeAsync(string? scope = null)
    {
        var asking = _projection!.SubscribeAsync(scope, Actor.System, () => { }, TestContext.Current.CancellationToken);
        await StepAsync();
        return await asking.WaitAsync(SituationClient.Bound, TestContext.Current.CancellationToken);
    }

    private async Task StepAsync()
    {
        _projection!.Step();
        await _projection.Stored;
    }

    private async Task ReportAsync(int count)
    {
        var desk = _host.Get<IIncidentDesk>();
        var place = GridSamples.Shipped.Units.First(u => u.Code.Length == 15).Centre;
        for (var i = 0; i < count; i++)
        {
            await desk.ReportAsync(new ReportIncident { Type = "0401", Point = place, Source = "desk" }, Actor.System, TestContext.Current.CancellationToken);
        }
    }

    private sealed class FaultyLane(IWriteLane lane) : IWriteLane
    {
        public bool Down { get; set; }
        public int Attempts { get; private set; }

        public Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default)
        {
            if (Down)
            {
                Attempts++;
                return Task.FromException<T>(new StorageUnavailableException("database or disk is full", new SqliteException("full", 13)));
            }

            return lane.WriteAsync(change, cancellation);
        }
    }

    private sealed class FaultyScope : IReadScope<Incident>, IReadScope<IncidentEvent>
    {
        public bool RowsDown { get; set; }
        public bool LogDown { get; set; }

        Expression<Func<Incident, bool>>? IReadScope<Incident>.For(Actor actor) => RowsDown ? throw new SqliteException("disk I/O error", 10) : null;
        Expression<Func<IncidentEvent, bool>>? IReadScope<IncidentEvent>.For(Actor actor) => LogDown ? throw new SqliteException("disk I/O error", 10) : null;
    }
}
