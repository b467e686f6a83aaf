using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;
using State = HongqiaoDashboard.Features.Incidents.Contracts.IncidentState;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class IncidentLifecycleTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    // The field's seven steps and the ways off them, written out: move and state after it. What is not here is illegal.
    private static readonly Dictionary<State, (Kind Move, State After)[]> Legal = new()
    {
        [State.Reported] = [(Kind.Accepted, State.Accepted), (Kind.Rejected, State.Rejected), (Kind.Merged, State.Merged), (Kind.Noted, State.Reported)],
        [State.Accepted] =
        [
            (Kind.Dispatched, State.Dispatched), (Kind.HandlingStarted, State.Handling), (Kind.Suspended, State.Suspended),
            (Kind.Extended, State.Accepted), (Kind.Merged, State.Merged), (Kind.Noted, State.Accepted),
        ],
        [State.Dispatched] =
        [
            (Kind.CheckedIn, State.CheckedIn), (Kind.HandlingStarted, State.Handling), (Kind.Dispatched, State.Dispatched), (Kind.Suspended, State.Suspended),
            (Kind.Extended, State.Dispatched), (Kind.Merged, State.Merged), (Kind.Noted, State.Dispatched),
        ],
        [State.CheckedIn] =
        [
            (Kind.HandlingStarted, State.Handling), (Kind.Resolved, State.Resolved), (Kind.Suspended, State.Suspended),
            (Kind.Extended, State.CheckedIn), (Kind.Noted, State.CheckedIn),
        ],
        [State.Handling] =
        [
            (Kind.Resolved, State.Resolved), (Kind.Dispatched, State.Dispatched), (Kind.Suspended, State.Suspended),
            (Kind.Extended, State.Handling), (Kind.Noted, State.Handling),
        ],
        [State.Resolved] = [(Kind.Verified, State.Verified), (Kind.Reworked, State.Handling), (Kind.Noted, State.Resolved)],
        [State.Verified] = [(Kind.Closed, State.Closed), (Kind.Reworked, State.Handling), (Kind.Noted, State.Verified)],
        [State.Suspended] = [(Kind.Resumed, State.Accepted), (Kind.Noted, State.Suspended)],
        [State.Closed] = [(Kind.Reopened, State.Accepted), (Kind.Noted, State.Closed)],
        [State.Rejected] = [(Kind.Noted, State.Rejected)],
        [State.Merged] = [(Kind.Noted, State.Merged)],
    };

    public static TheoryData<State> States => [.. Enum.GetValues<State>()];

    [Theory]
    [MemberData(nameof(States))]
    public async Task LegalMove_InAState_LeadsWhereTheTableSays(State state)
    {
        foreach (var (move, after) in Legal[state])
        {
            var before = await database.BringToAsync(state);

            var moved = await database.MoveAsync(before, move);

            Assert.Equal((move, after, before.Version + 1), (move, moved.State, moved.Version));
            Assert.Equal(moved, await database.RowAsync(before.Number));
            var entry = (await database.LogAsync(before.Number))[^1];
            Assert.Equal((moved.LastSeq, move, (State?)state, after, "张敏"), (entry.Seq, entry.Kind, entry.From, entry.To, entry.ActorName));
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task IllegalMove_InAState_IsRefusedAndLeavesNoTrace(State state)
    {
        var before = await database.BringToAsync(state);
        var log = await database.LogAsync(before.Number);
        foreach (var move in Enum.GetValues<Kind>().Except(Legal[state].Select(legal => legal.Move)))
        {
            var filled = await database.FilledAsync(before, move);

            var refused = await Assert.ThrowsAsync<RefusedException>(() => database.MoveAsync(before, filled));

            Assert.Equal("MoveNotAllowed", refused.Refusal.Code);
            Assert.Equal(before, await database.RowAsync(before.Number));
            Assert.Equal(log.Count, (await database.LogAsync(before.Number)).Count);
        }
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task LegalMoves_OfAState_AreThoseOfTheTable(State state) =>
        Assert.Equal(Legal[state].Select(legal => legal.Move), database.Desk.LegalMoves(await database.BringToAsync(state)));

    [Fact]
    public async Task Move_RefusedForItsContent_LeavesNoTrace()
    {
        var before = await database.BringToAsync(State.Handling);
        foreach (var move in (IncidentMove[])[new(Kind.Resolved), new(Kind.Resolved) { Text = new string('x', 4001) }, new(Kind.Suspended) { Text = "t" },
                     new(Kind.Dispatched), new(Kind.Dispatched) { Department = "nobody" }, new(Kind.Extended) { Text = "t" }])
        {
            await Assert.ThrowsAsync<RefusedException>(() => database.MoveAsync(before, move));
            Assert.Equal(before, await database.RowAsync(before.Number));
        }
    }

    [Fact]
    public async Task Merge_IntoACaseThatIsOverOrUnknownOrItself_IsRefused()
    {
        var (open, over) = (await database.ReportAsync(), await database.BringToAsync(State.Closed));

        Assert.Equal("MergeTargetNotOpen", await RefusalAsync(open, over.Number));
        Assert.Equal("MergeTargetNotOpen", await RefusalAsync(open, open.Number));
        Assert.Equal("MergeTargetUnknown", await RefusalAsync(open, "HQ20240506-999999"));
        Assert.Equal("MergeTargetMissing", await RefusalAsync(open, "  "));
        Assert.Equal(open, await database.RowAsync(open.Number));
    }

    [Fact]
    public async Task Merge_IntoAnOpenCase_NamesIt()
    {
        var target = await database.ReportAsync();

        var merged = await database.MoveAsync(await database.ReportAsync(), new IncidentMove(Kind.Merged) { MergeInto = target.Number });

        Assert.Equal((State.Merged, target.Number, (DateTimeOffset?)null), (merged.State, merged.MergedInto, merged.DueAt));
    }

    [Fact]
    public async Task Move_BySomebodyWhoseScopeEndsElsewhere_IsAnsweredLikeAnUnknownCase()
    {
        var incident = await database.ReportAsync();
        var other = TestDatabase.Operator with { ScopeCode = "120106999" };

        var refused = await Assert.ThrowsAsync<RefusedException>(() => database.MoveAsync(incident, new IncidentMove(Kind.Accepted), other));

        Assert.Equal("NotFound", refused.Refusal.Code);
        Assert.Null(await database.Reader.FindAsync(incident.Number, other, TestContext.Current.CancellationToken));
        Assert.Empty(await database.Reader.TimelineAsync(incident.Number, other, TestContext.Current.CancellationToken));
        Assert.Single(await database.Reader.TimelineAsync(incident.Number, other with { ScopeCode = incident.GridCode[..9] }, TestContext.Current.CancellationToken));
    }

    private async Task<string> RefusalAsync(Incident incident, string target) =>
        (await Assert.ThrowsAsync<RefusedException>(() => database.MoveAsync(incident, new IncidentMove(Kind.Merged) { MergeInto = target }))).Refusal.Code;
}
