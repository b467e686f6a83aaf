using HongqiaoDashboard.Features.Calendar.Data;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Access.Audit;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>Monday the 6th of May 2024; then the 8th, a Wednesday, becomes a holiday.</summary>
public sealed class CalendarReplayTests : IAsyncLifetime
{
    private TestDatabase _database = default!;

    public ValueTask InitializeAsync()
    {
        _database = new TestDatabase();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private CalendarReplay Replay => _database.Get<CalendarReplay>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Preview_AfterACorrection_NamesOpenCasesThatMoveAndWritesNothing()
    {
        var major = await MajorAsync(Kind.Accepted);
        await _database.ReportAsync();
        await _database.MoveAsync(await MajorAsync(Kind.Accepted), Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed);
        await CorrectAsync();

        var moved = Assert.Single(await Replay.PreviewAsync(Cancellation));

        Assert.Equal(major.Number, moved.Incident.Number);
        Assert.Equal((major.ResolveBy.AddDays(1), EndOf(13)), (moved.ResolveBy, moved.CloseBy));
        Assert.Equal(major, await _database.RowAsync(major.Number));
        // Due tomorrow and over already: neither reaches the new holiday.
    }

    [Fact]
    public async Task Apply_OfACorrection_WritesEachMoveIntoTheLogOnce()
    {
        var major = await MajorAsync(Kind.Accepted);
        await CorrectAsync();

        Assert.Equal(1, await Replay.ApplyAsync("calendar@2", "补假", TestDatabase.Operator, null, Cancellation));
        Assert.Equal(0, await Replay.ApplyAsync("calendar@2", "补假", TestDatabase.Operator, null, Cancellation));

        var row = await _database.RowAsync(major.Number);
        Assert.Equal((major.ResolveBy.AddDays(1), "calendar@2", IncidentState.Accepted), (row.ResolveBy, row.Clock!.Calendar, row.State));
        var entry = (await _database.LogAsync(major.Number))[^1];
        Assert.Equal((Kind.Recounted, "补假", TestDatabase.Operator.Id), (entry.Kind, entry.Detail.Text, entry.ActorId));
        Assert.Equal(["cases=1"], _database.Rows().Where(record => record.Act == "due-times.recounted").Select(AuditSamples.FactsOf));
        using var read = _database.Door.Open(Actor.System);
        read.BeginSnapshot();
        Assert.Empty(_database.Get<IIncidentIntegrity>().Differences(read));
    }

    [Fact]
    public async Task Apply_ToANamedTime_KeepsIt()
    {
        var major = await MajorAsync(Kind.Accepted);
        var named = major.CloseBy.AddDays(3);
        await _database.MoveAsync(major, new IncidentMove(Kind.Extended) { Text = "t", ApprovedBy = "b", Until = named });
        await CorrectAsync();

        Assert.Empty(await Replay.PreviewAsync(Cancellation));
    }

    [Fact]
    public async Task Apply_OfAnEditionThatIsNoLongerInForce_IsRefused()
    {
        await MajorAsync(Kind.Accepted);
        await CorrectAsync();

        var refused = await Assert.ThrowsAsync<RefusedException>(() => Replay.ApplyAsync("calendar@1", "t", TestDatabase.Operator, null, Cancellation));
        Assert.Equal("ReplayOutdated", refused.Refusal.Code);
    }

    private static DateTimeOffset EndOf(int day) => new DateTimeOffset(2024, 5, day + 1, 0, 0, 0, TimeSpan.FromHours(8)).AddMilliseconds(-1);

    private async Task<Incident> MajorAsync(Kind kind) => await _database.MoveAsync(await _database.ReportAsync(), new IncidentMove(kind) { Severity = IncidentSeverity.Major });

    private Task<int> CorrectAsync()
    {
        var calendars = _database.Get<CalendarBook>();
        var document = calendars.InForce.Value;
        return calendars.PublishAsync(
            document with { Years = [.. document.Years.Select(year => year.Year == 2024 ? year with { Days = [.. year.Days, new SpecialDay(new(2024, 5, 8), false, "补假")] } : year)] },
            1, "test", TestDatabase.Operator, Cancellation);
    }
}
