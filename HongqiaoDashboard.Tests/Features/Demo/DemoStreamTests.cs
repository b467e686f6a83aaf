using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Demo;

public sealed class DemoStreamTests
{
    private const double Speed = 80;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stream_OfThreeDays_BringsItsCasesAndLeadsThemThroughTheirLives_TouchingNobodyElses()
    {
        await using var house = new DemoHouse(speed: Speed);
        await house.RunAsync();
        var foreign = (await DemoFillTests.ReportAsync(house)).Incident;

        await house.LiveAsync(TimeSpan.FromDays(3), TimeSpan.FromMinutes(10));

        // Exactly those that the seed has for these hours, each once.
        var cases = house.Cases(7);
        var end = house.Clock.GetUtcNow();
        var planned = Enumerable.Range(0, 73).SelectMany(hour => cases.Hour(DemoHouse.Now.AddHours(hour), Speed)).Where(made => made.ReportedAt <= end).Select(made => made.Id);
        Assert.Equal(planned.Order(StringComparer.Ordinal), DemoFillTests.Text(house, "SELECT IdempotencyKey FROM Incidents WHERE IdempotencyKey IS NOT NULL").Order(StringComparer.Ordinal));

        using var database = house.Open();
        long Live(string condition) => database.Scalar<long>($"SELECT COUNT(*) FROM Incidents i WHERE IdempotencyKey IS NOT NULL AND {condition}");
        var old = $"ReportedAt < {end.AddDays(-2).ToUnixTimeMilliseconds()}";
        Assert.InRange(Live($"State IN (8, 9) AND {old}"), 0.7 * Live(old), Live(old) - 1);
        Assert.InRange(Live("Reworks > 0"), 1, 30);
        Assert.InRange(Live("Extensions > 0"), 1, 30);
        Assert.InRange(Live("EXISTS (SELECT 1 FROM IncidentEvents e WHERE e.IncidentId = i.Id AND e.Kind = 12 AND json_extract(e.Detail, '$.approvedBy') <> '')"), 1, 30);
        Assert.InRange(Live($"DueAt < {end.ToUnixTimeMilliseconds()}"), 1, 60);

        Assert.Equal(1, database.Scalar<long>($"SELECT Version FROM Incidents WHERE Number = '{foreign.Number}'"));
        Assert.Equal(0, database.Scalar<long>($"SELECT COUNT(*) FROM IncidentEvents e JOIN Incidents i ON i.Id = e.IncidentId WHERE (i.Source = '{DemoCases.Source}') <> (e.ActorId = 'demo')"));
        Assert.Empty(house.Differences());
    }

    [Fact]
    public async Task Stream_AfterADowntime_TellsTheMissedDaysLikeHistoryAndGoesOnWithOpenCases()
    {
        await using var house = new DemoHouse(speed: Speed);
        await house.RunAsync();
        await house.LiveAsync(TimeSpan.FromHours(6), TimeSpan.FromMinutes(10));
        var open = DemoFillTests.Text(house, "SELECT Number, Version FROM Incidents WHERE State < 8 AND IdempotencyKey IS NOT NULL");
        Assert.NotEmpty(open);

        house.Clock.Advance(TimeSpan.FromDays(5));
        var again = house.Again();
        for (var round = 0; round < 30; round++)
        {
            await again.RunAsync(Cancellation);
            house.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        var cases = house.Cases(7);
        var missed = Enumerable.Range(1, 4).SelectMany(day => cases.Day(cases.Zone.DayOf(DemoHouse.Now).AddDays(day))).Where(made => cases.Until(made, house.Clock.GetUtcNow()) is not null);
        Assert.Empty(missed.Select(made => made.Id).Except(DemoFillTests.Text(house, "SELECT ExternalId FROM Incidents")));
        // All but those whose lives have nothing to tell of these days.
        Assert.True(open.Intersect(DemoFillTests.Text(house, "SELECT Number, Version FROM Incidents")).Count() * 5 < open.Count);
        Assert.Empty(house.Differences());
    }

    [Fact]
    public async Task Stream_CaseMovedByHand_IsLedOnFromWhereItStands()
    {
        await using var house = new DemoHouse(speed: Speed);
        await house.RunAsync();
        await house.LiveAsync(TimeSpan.FromMinutes(40), TimeSpan.FromMinutes(1));
        var number = DemoFillTests.Text(house, "SELECT Number FROM Incidents WHERE State = 4 ORDER BY Id DESC LIMIT 1").Single();
        var desk = house.Get<HongqiaoDashboard.Features.Incidents.Contracts.IIncidentDesk>();
        await desk.MoveAsync(
            number, (_, _) => new(HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind.Noted) { Text = "人工备注" }, TestDatabase.Operator, Cancellation);

        await house.LiveAsync(TimeSpan.FromDays(5), TimeSpan.FromMinutes(30));

        using var database = house.Open();
        Assert.True(database.Scalar<long>($"SELECT State FROM Incidents WHERE Number = '{number}'") is 8 or 11);
    }

    [Fact]
    public async Task Stream_AtSpeedZero_BringsNoLiveCases()
    {
        await using var house = new DemoHouse(speed: 0);
        await house.RunAsync();

        await house.LiveAsync(TimeSpan.FromDays(1), TimeSpan.FromMinutes(30));

        Assert.Empty(DemoFillTests.Text(house, "SELECT 1 FROM Incidents WHERE IdempotencyKey IS NOT NULL"));
    }
}
