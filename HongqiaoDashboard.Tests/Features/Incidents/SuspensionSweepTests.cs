using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class SuspensionSweepTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Sweep_AtTheEndOfASuspension_ResumesTheCaseWithAPauseThatEndsThere()
    {
        var suspended = await SuspendAsync(TimeSpan.FromHours(3));
        var until = suspended.SuspendedUntil!.Value;

        _database.Clock.SetUtcNow(until.AddMilliseconds(-1));
        Assert.Equal(0, await SweepAsync());
        Assert.Equal(suspended, await _database.RowAsync(suspended.Number));

        // The server stood still for a day; the case does not gain it.
        _database.Clock.SetUtcNow(until.AddDays(1));
        Assert.Equal(1, await SweepAsync());

        var resumed = await _database.RowAsync(suspended.Number);
        Assert.Equal((IncidentState.Accepted, null, null), (resumed.State, resumed.SuspendedAt, resumed.SuspendedUntil));
        Assert.Equal(suspended.ResolveBy.AddHours(3), resumed.ResolveBy);
        Assert.Equal([new TimeInterval(suspended.SuspendedAt!.Value, until)], resumed.Clock!.Pauses);
        var entry = (await _database.LogAsync(suspended.Number))[^1];
        Assert.Equal((Kind.Resumed, Actor.System.Id, _database.Clock.GetUtcNow()), (entry.Kind, entry.ActorId, entry.At));
    }

    [Fact]
    public async Task Sweep_DoneTwice_ChangesNothingTheSecondTime()
    {
        var suspended = await SuspendAsync(TimeSpan.FromHours(1));
        _database.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await SweepAsync());
        var resumed = await _database.RowAsync(suspended.Number);

        Assert.Equal(0, await SweepAsync());

        Assert.Equal(resumed, await _database.RowAsync(suspended.Number));
    }

    [Fact]
    public async Task Sweep_OfMoreThanAPage_ResumesAllThatAreDueAndNoOther()
    {
        for (var n = 0; n < 120; n++)
        {
            await SuspendAsync(TimeSpan.FromMinutes(10));
        }

        var later = await SuspendAsync(TimeSpan.FromDays(2));
        _database.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(120, await SweepAsync());

        Assert.Equal(IncidentState.Suspended, (await _database.RowAsync(later.Number)).State);
    }

    [Fact]
    public async Task Sweep_OverACaseThatSomebodySuspendedAnew_LeavesItSuspended()
    {
        var suspended = await SuspendAsync(TimeSpan.FromHours(1));
        _database.Clock.Advance(TimeSpan.FromHours(1));
        var due = _database.Clock.GetUtcNow();
        var again = await _database.MoveAsync(await _database.MoveAsync(suspended, Kind.Resumed), Kind.Suspended);

        // As of the time when it was due it is no more.
        Assert.Equal(0, await _database.Get<SuspensionSweep>().SweepAsync(due, Cancellation));

        Assert.Equal(again, await _database.RowAsync(suspended.Number));
    }

    private Task<int> SweepAsync() => _database.Get<SuspensionSweep>().SweepAsync(_database.Clock.GetUtcNow(), Cancellation);

    private async Task<Incident> SuspendAsync(TimeSpan length)
    {
        var incident = await _database.BringToAsync(IncidentState.Accepted);
        return await _database.MoveAsync(incident, new IncidentMove(Kind.Suspended) { Text = "待产权单位确认", ApprovedBy = "李主任", Until = _database.Clock.GetUtcNow() + length });
    }
}
