using CsCheck;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class IncidentLogTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private static readonly Gen<(int Case, int Choice, int Minutes)[]> Histories =
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 1_000], Gen.OneOf(Gen.Int[0, 20], Gen.Int[0, 4_000])).Array[1, 25];

    [Fact]
    public async Task Row_AfterAnyLegalMoves_IsTheFoldOfItsLog()
    {
        await Histories.SampleAsync(
            async steps =>
            {
                var reported = new[] { await database.ReportAsync(0), await database.ReportAsync(1), await database.ReportAsync(2) };
                var cases = reported.ToArray();
                foreach (var (number, choice, minutes) in steps)
                {
                    database.Clock.Advance(TimeSpan.FromMinutes(minutes));
                    var legal = database.Desk.LegalMoves(cases[number]).Where(move => move != Kind.Reopened || cases[number].Reopenings == 0).ToList();
                    cases[number] = await database.MoveAsync(cases[number], legal[choice % legal.Count]);
                }

                foreach (var (first, last) in reported.Zip(cases))
                {
                    await AssertFoldAsync(first, last);
                }
            },
            iter: 30, threads: 1);

        using var read = database.Door.Open(Actor.System);
        Assert.Empty(database.Get<IIncidentIntegrity>().Differences(read));
        var seqs = read.Query<IncidentEvent>().OrderBy(entry => entry.Seq).Select(entry => entry.Seq).ToList();
        Assert.Equal(Enumerable.Range(1, seqs.Count).Select(n => (long)n), seqs);
    }

    [Fact]
    public async Task Move_ByTwoAtOnce_HasOneSuccessAndOneConflict()
    {
        var incident = await database.BringToAsync(IncidentState.Accepted);
        var department = database.Catalog.Departments[0].Code;
        Task<Incident>[] moves;
        using (var pen = await HeldPen.TakeAsync(database.Get<IWriteLane>()))
        {
            moves = [.. Enumerable.Range(0, 2).Select(_ => database.MoveAsync(incident, new IncidentMove(Kind.Dispatched) { Department = department }))];
            await pen.GiveBackAsync();
        }

        var outcomes = await Task.WhenAll(moves.Select(OutcomeAsync));

        Assert.Equal(["", "MovedMeanwhile"], outcomes.Order());
        var row = await database.RowAsync(incident.Number);
        Assert.Equal((IncidentState.Dispatched, incident.Version + 1), (row.State, row.Version));
        Assert.Equal(row.Version, (await database.LogAsync(incident.Number)).Count);
    }

    [Fact]
    public async Task Move_OfACaseSeenEarlier_IsAConflictThatTellsItsState()
    {
        var seen = await database.ReportAsync();
        await database.MoveAsync(seen, Kind.Accepted);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => database.MoveAsync(seen, new IncidentMove(Kind.Rejected) { Text = "t" }));

        Assert.Equal("MovedMeanwhile", refused.Refusal.Code);
        Assert.Equal(IncidentState.Accepted, refused.Refusal.Arguments[1]);
    }

    [Fact]
    public async Task Changes_OfACase_AreToldToItsListenersUntilTheyLeave()
    {
        var (incident, other) = (await database.ReportAsync(), await database.ReportAsync());
        var changes = database.Get<IIncidentChanges>();
        using var told = new SemaphoreSlim(0);
        var subscription = changes.Subscribe(incident.Number, () => told.Release());

        var moved = await database.MoveAsync(incident, Kind.Accepted);
        Assert.True(await told.WaitAsync(SituationClient.Bound, TestContext.Current.CancellationToken));
        await database.MoveAsync(other, Kind.Accepted);
        subscription.Dispose();
        subscription.Dispose();
        await database.MoveAsync(moved, Kind.Noted);
        // What follows in the lane comes after the word of what went before.
        await database.ReportAsync();

        Assert.Equal(0, told.CurrentCount);
        Assert.Equal(0, database.Get<HongqiaoDashboard.Features.Incidents.Data.IncidentChanges>().Count);
    }

    private async Task AssertFoldAsync(Incident reported, Incident last)
    {
        var log = await database.LogAsync(reported.Number);
        Assert.Equal(Kind.Reported, log[0].Kind);
        Assert.Null(log[0].Before);
        Assert.Equal(reported.ToFacts(), log[0].After);
        var folded = reported;
        foreach (var entry in log.Skip(1))
        {
            Assert.Equal(folded.ToFacts(), entry.Before);
            Assert.Equal(folded.State, entry.From);
            folded = IncidentFold.Apply(folded, entry.Kind, entry.At, entry.Detail, entry.Seq);
            Assert.Equal(folded.ToFacts(), entry.After);
            Assert.Equal(folded.State, entry.To);
        }

        Assert.Equal(last, folded);
        Assert.Equal(last, await database.RowAsync(last.Number));
    }

    private static async Task<string> OutcomeAsync(Task<Incident> move)
    {
        try
        {
            await move;
            return "";
        }
        catch (RefusedException refused)
        {
            return refused.Refusal.Code;
        }
    }
}
