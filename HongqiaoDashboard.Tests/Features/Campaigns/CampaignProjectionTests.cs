using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Kernel;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>The campaigns in memory follow rows, clock and configuration, and tell whoever follows them.</summary>
public sealed class CampaignProjectionTests : IAsyncDisposable
{
    private readonly CampaignHouse _house = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Followers_OfAChange_AreToldAndSeeOnlyTheirOwnItems()
    {
        await _house.PutAsync(Parcel("A"));
        await _house.PutAsync(Parcel("B", 50, street: 1));
        _house.Step();
        var told = 0;
        using var all = await _house.Projection.SubscribeAsync(Enterer, () => told++, Cancellation);
        using var street = await _house.Projection.SubscribeAsync(Enterer with { ScopeCode = Streets[1].Code }, () => { }, Cancellation);
        _house.Step();
        Assert.Equal(0, told);
        var before = all.Current;
        Assert.Same(before, all.Current);

        await _house.EnterAsync("B", 2, 0, Enterer, MovedOut(7));
        _house.Step();
        Assert.Equal(1, told);
        Assert.Equal((7L, 150L), (all.Current[0].Done("households"), all.Current[0].Total("households")));
        Assert.True(all.Current[0].Version > before[0].Version);
        // What did not change is what it was.
        Assert.Same(before[1], all.Current[1]);
        Assert.Same(before[0].Items[0], all.Current[0].Items[0]);
        Assert.Equal("B", Assert.Single(street.Current[0].Items).Item.Code);
        Assert.Equal((7L, 50L), (street.Current[0].Done("households"), street.Current[0].Total("households")));
        Assert.Equal(7, Assert.Single(street.Entries(Relocation, "B")).Amounts[0].Amount);
        Assert.Empty(street.Entries(Relocation, "A"));

        street.Dispose();
        all.Dispose();
        Assert.Equal(0, _house.Projection.Followers);
    }

    [Fact]
    public async Task Day_OfAReplay_IsAsItStoodByWhatIsKnownNow()
    {
        await _house.PutAsync(Parcel(households: 20, area: 0));
        await _house.EnterAsync("P1", 5, 0, Enterer, MovedOut(4));
        await _house.EnterAsync("P1", 3, 0, Enterer, MovedOut(16));
        await _house.EnterAsync("P1", 5, 1, Other, MovedOut(3));
        await _house.EnterAsync("P1", 2, 0, Other, MovedOut(1));
        _house.Step();
        using var view = await _house.Projection.SubscribeAsync(Enterer, () => { }, Cancellation);
        var now = Assert.Single(view.Current[0].Items);
        Assert.Equal(("moved-out", Today.AddDays(-5), Today.AddDays(-2), Today.AddDays(-2)), (now.Stage, now.FirstDay!.Value, now.LastDay!.Value, now.DoneDay!.Value));
        Assert.Equal([0L, 3, 3, 19, 20, 20], Enumerable.Range(-6, 6).Select(day => view.At(Relocation, Today.AddDays(day))!.Done("households")));
        var then = view.At(Relocation, Today.AddDays(-3))!;
        Assert.Equal((Today.AddDays(-3), Today.AddDays(-3), 19L), (then.Day, then.Days[^1].Day, then.Days[^1].Done));
        Assert.Null(then.Items[0].DoneDay);
        Assert.Same(view.Current[0], view.At(Relocation, Today.AddDays(9)));
        Assert.Null(view.At("none", Today));
    }

    [Fact]
    public async Task Midnight_InTheDistrict_BeginsADayForEverybody()
    {
        await _house.PutAsync(Parcel());
        _house.Step();
        var told = 0;
        using var view = await _house.Projection.SubscribeAsync(Enterer, () => told++, Cancellation);
        Assert.Equal(Today, view.Current[0].Day);
        _house.Database.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 10, 16, 0, 0, TimeSpan.Zero));
        _house.Step();
        Assert.Equal((Today.AddDays(1), Today.AddDays(1), 1), (view.Current[0].Day, view.Current[0].Days[^1].Day, told));
        Assert.Equal(_house.Database.Clock.GetUtcNow(), view.FreshAsOf);
    }

    [Fact]
    public async Task Situation_ByScope_HasOneLineAMeasureAndNoneWithoutItems()
    {
        _house.Step();
        Assert.Empty(_house.Projection.Campaigns(null));
        await _house.PutAsync(Parcel("A", 100, 2_000));
        await _house.PutAsync(Parcel("B", 50, 500, street: 1));
        await _house.EnterAsync("A", 0, 0, Enterer, [.. MovedOut(10), new StageAmount("moved-out", "area", 300)]);
        _house.Step();
        var asOf = _house.Database.Clock.GetUtcNow();
        SituationCampaign[] expected = [new("relocation", "棚户区改造", 10, 150, "户", asOf), new("relocation.area", "棚户区改造 · 面积", 300, 2_500, "平方米", asOf)];
        Assert.Equal(expected, _house.Projection.Campaigns(null));
        Assert.Equal(expected, _house.Projection.Campaigns("120106"));
        var start = new DateTimeOffset(2017, 12, 31, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal((0.0, 50.0, start), _house.Projection.Campaigns(Streets[1].Code) is [var line, _] ? (line.Done, line.Total, line.AsOf) : default);
        Assert.Empty(_house.Projection.Campaigns(Streets[2].Code));
        var kept = _house.Projection.Campaigns(null);
        _house.Step();
        Assert.Same(kept, _house.Projection.Campaigns(null));
    }

    [Fact]
    public async Task Configuration_Published_ShowsAtOnceAndKeepsWhatIsUsed()
    {
        await _house.PutAsync(Parcel());
        await _house.EnterAsync("P1", 1, 0, Enterer, Households("surveyed", 9), Households("signed", 8));
        var shipped = _house.Book.InForce.Value;
        var patrol = shipped.Find(Markets)! with { Code = "billboards", Name = "违规广告牌", NameEn = "Billboards", Photographs = false };
        await _house.Book.PublishAsync(new([.. shipped.Campaigns, patrol]), 1, "新增", Enterer, Cancellation);
        await _house.Desk.PutItemAsync("billboards", Market("G1"), Enterer, Cancellation);
        Assert.Equal("G1", Assert.Single((await _house.LookAsync("billboards")).Items).Item.Code);

        async Task RefusedAsync(HongqiaoDashboard.Features.Campaigns.Domain.CampaignDocument document, string code)
        {
            Assert.Equal("CampaignsFaulty", (await CampaignHouse.RefusedAsync(() => _house.Book.PublishAsync(document, 2, "改", Enterer, Cancellation))).Code);
            Assert.Contains(_house.Book.Faults(document, _house.Book.InForce.Value), fault => fault.Reason.Code == code);
        }

        await RefusedAsync(shipped, "CampaignInUse");
        var relocation = shipped.Find(Relocation)!;
        var unsigned = relocation with
        {
            Stages = [.. relocation.Stages.Where(stage => stage.Code != "signed")],
            Measures = [.. relocation.Measures.Select(measure => measure with { Stages = [.. measure.Stages.Where(stage => stage != "signed")] })],
        };
        await RefusedAsync(new([unsigned, patrol]), "CampaignStagesInUse");
        await RefusedAsync(new([relocation with { Start = Today }, patrol]), "CampaignStartAfterEntry");
        // Nothing of the markets is used, and a name may always change.
        await _house.Book.PublishAsync(new([relocation with { Name = "棚改" }, patrol]), 2, "改", Enterer, Cancellation);
        Assert.Equal("棚改", (await _house.LookAsync()).Definition.Name);
        Assert.Equal(8, (await _house.LookAsync()).ReachedAt("signed", "households"));
    }
}
