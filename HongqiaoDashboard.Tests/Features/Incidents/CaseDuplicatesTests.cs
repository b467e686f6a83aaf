using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class CaseDuplicatesTests : IAsyncLifetime
{
    private const double MetreNorth = 1 / 111_195.0;

    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Likely_OfACase_AreOpenOnesOfItsTypeNearInPlaceAndTimeNearestFirst()
    {
        var place = _database.Grids.Current.Units.First(unit => unit.Tier == HongqiaoDashboard.Features.Grids.Contracts.GridTier.Basic).Centre;
        await ReportAsync(place, 0);
        _database.Clock.Advance(TimeSpan.FromDays(2));
        var far = await ReportAsync(place, 199);
        var near = await ReportAsync(place, 20, "联系13812345678");
        await ReportAsync(place, 201);
        await ReportAsync(place, 5, type: "0402");
        await _database.MoveAsync(await ReportAsync(place, 3), Kind.Rejected);
        _database.Clock.Advance(TimeSpan.FromDays(1.5));
        var incident = await ReportAsync(place, 0);

        var likely = await _database.Get<CaseDuplicates>().LikelyAsync(incident, TestDatabase.Operator, Cancellation);

        Assert.Equal([(near.Number, 20), (far.Number, 199)], likely.Select(one => (one.Number, one.Metres)));
        Assert.Equal("联系138****5678", likely[0].Summary);
        Assert.Empty(await _database.Get<CaseDuplicates>().LikelyAsync(incident, TestDatabase.Operator with { ScopeCode = "999" }, Cancellation));
    }

    [Fact]
    public async Task Merged_IntoACase_AreToldByIt()
    {
        var main = await _database.ReportAsync(0);
        var (first, second) = (await _database.ReportAsync(0), await _database.ReportAsync(0));
        foreach (var one in (Incident[])[second, first])
        {
            await _database.MoveAsync(one, new IncidentMove(Kind.Merged) { MergeInto = main.Number });
        }

        Assert.Equal([first.Number, second.Number], await _database.Get<CaseDuplicates>().MergedIntoAsync(main.Number, TestDatabase.Operator, Cancellation));
        Assert.Empty(await _database.Get<CaseDuplicates>().MergedIntoAsync(first.Number, TestDatabase.Operator, Cancellation));
    }

    private async Task<Incident> ReportAsync(GeoPoint place, int metres, string description = "", string type = "0401") =>
        (await _database.Desk.ReportAsync(
            new ReportIncident { Type = type, Point = new GeoPoint(place.Latitude + (metres * MetreNorth), place.Longitude), Description = description, Source = "desk" },
            TestDatabase.Operator, Cancellation)).Incident;
}
