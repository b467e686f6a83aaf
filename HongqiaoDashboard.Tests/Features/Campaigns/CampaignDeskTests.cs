using CsCheck;
using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Extensions.DependencyInjection;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>What the desk takes and refuses, on real rows.</summary>
public sealed class CampaignDeskTests : IAsyncDisposable
{
    private readonly CampaignHouse _house = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Correction_OfADay_CountsInsteadAndLeavesTheHistory()
    {
        await _house.PutAsync(Parcel());
        await _house.EnterAsync("P1", 7, 0, Enterer, MovedOut(30));
        await _house.EnterAsync("P1", 1, 0, Enterer, MovedOut(5));
        var corrected = await _house.EnterAsync("P1", 7, 1, Other, MovedOut(20));

        Assert.Equal(2, corrected.Revision);
        Assert.Equal(25, (await _house.LookAsync()).Done("households"));
        var history = await _house.Desk.HistoryAsync(Relocation, "P1", Enterer, Cancellation);
        Assert.Equal([(2, "赵强", 20L), (1, "王芳", 5L), (1, "王芳", 30L)], history.Select(entry => (entry.Revision, entry.ActorName, entry.Amounts[^1].Amount)));
    }

    [Fact]
    public async Task Entry_OfMoreThanExist_IsRefusedWithDayStageAmountAndMost()
    {
        await _house.PutAsync(Parcel());
        await _house.EnterAsync("P1", 3, 0, Enterer, Households("surveyed", 100), Households("signed", 90));
        var more = await RefusedAsync(() => _house.EnterAsync("P1", 2, 0, Enterer, Households("moved-out", 95)));
        Assert.Equal(("MoreThanStageBefore", Today.AddDays(-2), 95m, 90L), (more.Code, more.Arguments[1], more.Arguments[3], more.Arguments[4]));
        Assert.Equal("“P1号地块”到 2026-03-08 “搬迁腾房”累计将达 95 户，而“签约”只到 90 户。", Words(more));
        var all = await RefusedAsync(() => _house.EnterAsync("P1", 2, 0, Enterer, Households("surveyed", 1)));
        Assert.Equal("“P1号地块”到 2026-03-08 “入户登记”累计将达 101 户，超过总数 100 户。", Words(all));

        // A correction of the past is judged for every day after it.
        await _house.EnterAsync("P1", 1, 0, Enterer, Households("moved-out", 80));
        var later = await RefusedAsync(() => _house.EnterAsync("P1", 3, 1, Enterer, Households("surveyed", 100), Households("signed", 70)));
        Assert.Equal(("MoreThanStageBefore", Today.AddDays(-1), 80m, 70L), (later.Code, later.Arguments[1], later.Arguments[3], later.Arguments[4]));
        Assert.Equal(2, (await _house.Desk.HistoryAsync(Relocation, "P1", Enterer, Cancellation)).Count);
    }

    [Fact]
    public async Task Day_EnteredByTwoAtOnce_IsTheFirstOnesAndTheSecondIsTold()
    {
        await _house.PutAsync(Parcel());
        Task<CampaignEntry>[] both = [_house.EnterAsync("P1", 0, 0, Enterer, MovedOut(3)), _house.EnterAsync("P1", 0, 0, Other, MovedOut(4))];
        var refused = await RefusedAsync(() => Task.WhenAll(both));
        var won = Assert.Single(both, task => task.IsCompletedSuccessfully);
        Assert.Equal("EnteredMeanwhile", refused.Code);
        Assert.Equal("“P1号地块”2026-03-10 已由 王芳 于 2026-03-10 10:00 填报（第 1 版）：入户登记 3 户，签约 3 户，搬迁腾房 3 户。请核对后再改。", Words(refused));
        Assert.Equal("王芳", (await won).ActorName);
        // Having seen it, the second corrects it.
        Assert.Equal(2, (await _house.EnterAsync("P1", 0, 1, Other, MovedOut(4))).Revision);
        Assert.Equal("EnteredMeanwhile", (await RefusedAsync(() => _house.EnterAsync("P1", 0, 1, Enterer, MovedOut(5)))).Code);
        Assert.Equal("EntryGone", (await RefusedAsync(() => _house.EnterAsync("P1", 1, 1, Enterer, MovedOut(5)))).Code);
        Assert.Equal("NothingChanged", (await RefusedAsync(() => _house.EnterAsync("P1", 0, 2, Enterer, MovedOut(4)))).Code);
    }

    [Fact]
    public async Task Entry_OutOfPlaceOrTime_IsRefused()
    {
        await _house.PutAsync(Parcel());
        Assert.Equal("DayAhead", (await RefusedAsync(() => _house.EnterAsync("P1", -1, 0, Enterer, MovedOut(1)))).Code);
        Assert.Equal("DayBeforeStart", (await RefusedAsync(() => _house.EnterAsync("P1", 4_000, 0, Enterer, MovedOut(1)))).Code);
        Assert.Equal("ItemUnknown", (await RefusedAsync(() => _house.EnterAsync("P2", 0, 0, Enterer, MovedOut(1)))).Code);
        Assert.Equal("CampaignUnknown", (await RefusedAsync(() => _house.EnterAsync("none", "P1", 0, 0, Enterer, MovedOut(1)))).Code);
        // An item out of the actor's scope is answered like one that does not exist.
        var elsewhere = Enterer with { ScopeCode = Streets[1].Code };
        Assert.Equal("ItemUnknown", (await RefusedAsync(() => _house.EnterAsync("P1", 0, 0, elsewhere, MovedOut(1)))).Code);
        Assert.Empty(await _house.Desk.HistoryAsync(Relocation, "P1", elsewhere, Cancellation));
        // Midnight in the district, not in Greenwich.
        _house.Database.Clock.SetUtcNow(new DateTimeOffset(2026, 3, 10, 16, 0, 0, TimeSpan.Zero));
        await _house.EnterAsync("P1", -1, 0, Enterer with { ScopeCode = Streets[0].Code }, MovedOut(1));
    }

    [Fact]
    public async Task Item_PutByAnybody_IsJudgedAndVersioned()
    {
        var put = await _house.PutAsync(Parcel() with { Name = " 渔村 ", Lead = "zhujian", Helpers = ["gongan", "gongan", "zhujian"] });
        Assert.Equal((1, "渔村"), (put.Version, put.Name));
        Assert.Equal(["gongan"], put.Helpers);
        await _house.EnterAsync("P1", 1, 0, Enterer, MovedOut(30));
        Assert.Equal("TotalBelowEntered", (await RefusedAsync(() => _house.PutAsync(Parcel(households: 29) with { Version = 1 }))).Code);
        Assert.Equal(2, (await _house.PutAsync(Parcel(households: 30) with { Version = 1 })).Version);
        Assert.Equal("ItemChangedMeanwhile", (await RefusedAsync(() => _house.PutAsync(Parcel() with { Version = 1 }))).Code);
        Assert.Equal("ItemChangedMeanwhile", (await RefusedAsync(() => _house.PutAsync(Parcel()))).Code);

        foreach (var (item, code) in new[]
        {
            (Parcel("P 2"), "ItemCode"), (Parcel("P2") with { Name = "" }, "ItemName"), (Parcel("P2") with { GridCode = "120106" }, "ItemGrid"),
            (Parcel("P2") with { GridCode = "999" }, "ItemGrid"), (Parcel("P2") with { Point = new GeoPoint(0, 0) }, "ItemPoint"),
            (Parcel("P2") with { Outline = [new(1, 1), new(2, 2)] }, "ItemOutline"), (Parcel("P2") with { Lead = "none" }, "ItemDepartment"),
            (Parcel("P2") with { PlannedFrom = Today, PlannedTo = Today.AddDays(-1) }, "ItemPlan"), (Parcel("P2", households: 0), "ItemNothing"),
            (Parcel("P2", area: -1), "ItemTotal"), (Parcel("P2") with { Totals = new Dictionary<string, long> { ["households"] = 1, ["dogs"] = 1 } }, "ItemMeasure"),
        })
        {
            var refusal = await RefusedAsync(() => _house.PutAsync(item));
            Assert.Equal(("ItemFaulty", code), (refusal.Code, ((Refusal)refusal.Arguments[1]).Code));
            Assert.DoesNotContain("{", Words(refusal), StringComparison.Ordinal);
        }

        var two = Market() with { Totals = new Dictionary<string, long> { ["markets"] = 2 } };
        Assert.Equal("ItemNotWhole", ((Refusal)(await RefusedAsync(() => _house.PutAsync(two, Markets))).Arguments[1]).Code);
        // Nobody puts an item outside of their own streets, or takes one out of somebody else's.
        var elsewhere = Enterer with { ScopeCode = Streets[1].Code };
        Assert.Equal("ItemFaulty", (await RefusedAsync(() => _house.PutAsync(Parcel("P3"), actor: elsewhere))).Code);
        Assert.Equal("ItemChangedMeanwhile", (await RefusedAsync(() => _house.PutAsync(Parcel(street: 1) with { Version = 2 }, actor: elsewhere))).Code);
    }

    [Fact]
    public async Task Intake_OfManyDays_IsAllOrNone()
    {
        CampaignItem[] items = [.. Enumerable.Range(0, 100).Select(n => Parcel($"B{n}", households: 250))];
        List<CampaignEntry> entries = [.. from item in items from day in Enumerable.Range(0, 250) select Brought(item.Code, day, MovedOut(1))];
        var bad = entries.Append(Brought("B99", 300, MovedOut(1)));
        var refusal = await RefusedAsync(() => _house.Desk.TakeAsync(Relocation, items, [.. bad], Enterer, Cancellation));
        // The row that is too much lies before the others: it is on the last of its days that more moved than exist.
        Assert.Equal(("MoreThanTotal", Today), (refusal.Code, refusal.Arguments[1]));
        Assert.Empty((await _house.LookAsync()).Items);

        var began = TimeProvider.System.GetTimestamp();
        await _house.Desk.TakeAsync(Relocation, items, entries, Enterer, Cancellation);
        TestContext.Current.SendDiagnosticMessage($"25,000 entries in {TimeProvider.System.GetElapsedTime(began).TotalMilliseconds:F0} ms");
        var picture = await _house.LookAsync();
        Assert.Equal((100, 25_000L, 25_000L), (picture.Items.Count, picture.Done("households"), picture.Total("households")));
        Assert.Equal("ItemChangedMeanwhile", (await RefusedAsync(() => _house.Desk.TakeAsync(Relocation, [items[0]], [], Enterer, Cancellation))).Code);
        Assert.Equal("EnteredMeanwhile", (await RefusedAsync(() => _house.Desk.TakeAsync(Relocation, [], [entries[0]], Enterer, Cancellation))).Code);
    }

    // Whoever enters and corrects in whatever order: what counts is the newest revision of each day, in rows and in memory,
    // for a projection that followed along as for one that starts now.
    [Fact]
    public async Task Totals_AfterAnyEntriesAndCorrections_AreTheSumOfTheNewestRevisions()
    {
        CampaignItem[] items = [Parcel("A", 60), Parcel("B", 40, street: 1)];
        foreach (var item in items)
        {
            await _house.PutAsync(item);
        }

        var move = Gen.Select(Gen.Int[0, 1], Gen.Int[0, 8], Gen.Int[0, 2], Gen.Int[0, 25]);
        var newest = new Dictionary<(string, int), (int Revision, long Amount)>();
        await move.Array[10, 40].SampleAsync(async moves =>
        {
            foreach (var (place, day, stale, amount) in moves)
            {
                var known = newest.GetValueOrDefault((items[place].Code, day));
                try
                {
                    await _house.EnterAsync(items[place].Code, day, Math.Max(0, known.Revision - (stale == 0 ? 1 : 0)), Enterer, MovedOut(amount));
                    newest[(items[place].Code, day)] = (known.Revision + 1, amount);
                }
                catch (RefusedException refused)
                {
                    Assert.Contains(refused.Refusal.Code, new[] { "EnteredMeanwhile", "NothingChanged", "MoreThanTotal" });
                }
            }

            var picture = await _house.LookAsync();
            Assert.Equal(newest.Values.Sum(entry => entry.Amount), picture.Done("households"));
            Assert.Equal(picture.Done("households"), picture.Days[^1].Done);
            Assert.True(picture.Items.All(item => item.ReachedAt("moved-out", "households") <= item.Item.Total("households")));
            var again = _house.Again();
            again.Step();
            Assert.Equal(picture.Items.SelectMany(item => item.Reached), again.Sheets[0].Picture("").Items.SelectMany(item => item.Reached));
        }, iter: 8, threads: 1);
    }

    private static CampaignEntry Brought(string item, int daysAgo, StageAmount[] amounts) => new()
    {
        Item = item, Day = Today.AddDays(-daysAgo), Revision = 1, Amounts = amounts, At = default, ActorName = "导入", Source = "import",
    };

    private static string Words(Refusal refusal)
    {
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.CurrentUICulture = System.Globalization.CultureInfo.GetCultureInfo("zh-CN");
        using var services = new ServiceCollection().AddLogging().AddLocalization().AddSingleton<CampaignWords>().BuildServiceProvider();
        return services.GetRequiredService<CampaignWords>().Of(refusal);
    }
}
