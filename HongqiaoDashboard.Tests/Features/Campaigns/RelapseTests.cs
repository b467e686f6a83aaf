using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>New street vending beside a cleared market raises its flag; cases that stand in the way are followed.</summary>
public sealed class RelapseTests : IAsyncDisposable
{
    private readonly CampaignHouse _house = new(daysAgo: 40);

    private static GeoPoint Place => Streets[0].Centre;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Vending_BesideAClearedMarket_RaisesTheFlagUntilItIsOver()
    {
        await ReportAsync(10);
        await _house.PutAsync(Market(), Markets);
        await _house.PutAsync(Market("M2", point: Away(400)), Markets);
        _house.GoTo(21);
        await ReportAsync(10);
        _house.GoTo(20);
        await _house.EnterAsync(Markets, "M1", 20, 0, Enterer, Cleared);
        Assert.Equal((RelapseFlag.None, Today.AddDays(-20), Today.AddDays(70)), await StandingAsync() is var clear ? (clear.Flag, clear.DoneDay!.Value, clear.WatchedUntil!.Value) : default);

        _house.GoTo(0);
        var near = await ReportAsync(60);
        await ReportAsync(160);
        await ReportAsync(5, type: "0401");
        var raised = await StandingAsync();
        Assert.Equal(RelapseFlag.Raised, raised.Flag);
        Assert.Equal((near.Number, 60, true), Assert.Single(raised.Relapses) is var relapse ? (relapse.Number, relapse.Metres, relapse.IsOpen) : default);
        Assert.Equal(RelapseFlag.None, (await StandingAsync("M2")).Flag);
        AssertSameAgain();

        await _house.Database.MoveAsync(near, Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed);
        Assert.Equal(RelapseFlag.Settled, (await StandingAsync()).Flag);
        // What is not taken on says nothing, and neither does what turns out to be something else.
        var rejected = await ReportAsync(20);
        Assert.Equal(RelapseFlag.Raised, (await StandingAsync()).Flag);
        await _house.Database.MoveAsync(rejected, Kind.Rejected);
        var other = await ReportAsync(20);
        Assert.Equal(2, (await StandingAsync()).Relapses.Count);
        await _house.Database.MoveAsync(other, new IncidentMove(Kind.Accepted) { Type = "0401" });
        Assert.Equal((RelapseFlag.Settled, near.Number), await StandingAsync() is var settled ? (settled.Flag, Assert.Single(settled.Relapses).Number) : default);
        AssertSameAgain();

        // Cleared a day earlier by a correction, the case of that evening counts too; not cleared at all, none does.
        await _house.EnterAsync(Markets, "M1", 20, 1, Enterer);
        Assert.Equal((RelapseFlag.None, 0), await StandingAsync() is var open ? (open.Flag, open.Relapses.Count) : default);
        await _house.EnterAsync(Markets, "M1", 22, 0, Enterer, Cleared);
        Assert.Equal(2, (await StandingAsync()).Relapses.Count);
        using var view = await _house.Projection.SubscribeAsync(Enterer, () => { }, Cancellation);
        Assert.Equal([0, 1, 1], new[] { -22, -21, -1 }.Select(day => view.At(Markets, Today.AddDays(day))!.Items[0].Relapses.Count));
        AssertSameAgain();
    }

    [Fact]
    public async Task Vending_OnTheDayOfTheClearing_CountsFromItsEntryOn()
    {
        _house.GoTo(0);
        await _house.PutAsync(Market(), Markets);
        await ReportAsync(10);
        _house.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await _house.EnterAsync(Markets, "M1", 0, 0, Enterer, Cleared);
        Assert.Equal(RelapseFlag.None, (await StandingAsync()).Flag);
        _house.Database.Clock.Advance(TimeSpan.FromMinutes(1));
        await ReportAsync(10);
        Assert.Equal(RelapseFlag.Raised, (await StandingAsync()).Flag);
        AssertSameAgain();
        // After the last day of the watch nothing more is a relapse.
        _house.Database.Clock.Advance(TimeSpan.FromDays(91));
        await ReportAsync(10);
        Assert.Single((await StandingAsync()).Relapses);
    }

    [Fact]
    public async Task Blocker_LinkedToAnItem_IsFollowedUntilItIsLetGo()
    {
        await _house.PutAsync(Parcel());
        var blocking = await _house.Database.ReportAsync();
        await _house.Desk.LinkAsync(Relocation, "P1", blocking.Number, true, Enterer, Cancellation);
        await _house.Desk.LinkAsync(Relocation, "P1", blocking.Number, true, Enterer, Cancellation);
        Assert.Equal([new LinkedCase(blocking.Number, true)], (await _house.LookAsync()).Items[0].Blockers);
        await _house.Database.MoveAsync(blocking, Kind.Rejected);
        Assert.Equal([new LinkedCase(blocking.Number, false)], (await _house.LookAsync()).Items[0].Blockers);
        var again = _house.Again();
        again.Step();
        Assert.Equal([new LinkedCase(blocking.Number, false)], again.Sheets[0].Picture("").Items[0].Blockers);
        await _house.Desk.LinkAsync(Relocation, "P1", blocking.Number, false, Enterer, Cancellation);
        Assert.Empty((await _house.LookAsync()).Items[0].Blockers);
        Assert.Equal("CaseUnknown", (await RefusedAsync(() => _house.Desk.LinkAsync(Relocation, "P1", "HQ20260101-000001", true, Enterer, Cancellation))).Code);
        Assert.Equal("ItemUnknown", (await RefusedAsync(() => _house.Desk.LinkAsync(Relocation, "P9", blocking.Number, true, Enterer, Cancellation))).Code);
    }

    [Fact]
    public void Distance_OnTheGround_IsTheEllipsoids()
    {
        // A minute of latitude at 39° is 1,850.3 m, one of longitude 1,443.8 m by the tables of the ellipsoid.
        var from = new GeoPoint(39, 117);
        Assert.Equal(1850.3, from.MetresTo(new GeoPoint(39 + (1 / 60.0), 117)), 0.3);
        Assert.Equal(1443.8, from.MetresTo(new GeoPoint(39, 117 + (1 / 60.0))), 0.3);
        Assert.Equal(111_319.5, new GeoPoint(0, 179.5).MetresTo(new GeoPoint(0, -179.5)), 0.5);
    }

    private static GeoPoint Away(double metres) => new(Place.Latitude + (metres / 111_013), Place.Longitude);

    private async Task<Incident> ReportAsync(double metres, string type = "0601") => (await _house.Database.Desk.ReportAsync(
        new ReportIncident { Type = type, Point = Away(metres), Description = "摊贩", Source = "desk" }, TestKit.TestDatabase.Operator, Cancellation)).Incident;

    private async Task<ItemStanding> StandingAsync(string item = "M1") => (await _house.LookAsync(Markets)).Items.Single(standing => standing.Item.Code == item);

    // A projection that starts now finds by query what this one has followed case by case.
    private void AssertSameAgain()
    {
        var again = _house.Again();
        again.Step();
        Assert.Equal(
            _house.Projection.Sheets[1].Picture("").Items.SelectMany(item => item.Relapses, (item, relapse) => (item.Item.Code, item.Flag, relapse)),
            again.Sheets[1].Picture("").Items.SelectMany(item => item.Relapses, (item, relapse) => (item.Item.Code, item.Flag, relapse)));
    }
}
