using CsCheck;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Demo.Live;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Tests.Features.Demo;

/// <summary>Made-up campaigns agree with what was published, whatever the seed and the day, and the desk takes them.</summary>
public sealed class DemoCampaignTests
{
    private static readonly DateOnly First = new(2026, 6, 1);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Campaigns_OfAnySeedOnAnyDay_SumToThePublishedResults()
    {
        await using var house = new DemoHouse();
        Gen.Select(Gen.Int[1, 100_000], Gen.Int[0, 900]).Sample(
            (seed, later) =>
            {
                var today = First.AddDays(later);
                var campaigns = house.Cases(seed).Campaigns(today).ToDictionary(campaign => campaign.Code);
                var (relocation, markets) = (campaigns["relocation"], campaigns["markets"]);
                return Total(relocation, "households") == 31_500 && Total(relocation, "area") == 696_300
                    && Reached(relocation, "moved-out", "households") == 29_600 && Reached(relocation, "moved-out", "area") == 649_400
                    && IsSprint(relocation.Items.Single(i => i.Item.Name == "西于庄郭家渔村"))
                    && markets.Items.Count(i => i.Item.Kind == "占路市场") == 11 && markets.Items.Count(i => i.Item.Kind == "自发市场") == 6
                    && Reached(markets, "cleared", "markets") == 17 && Span(markets) == 74
                    && campaigns.Values.SelectMany(c => c.Items).SelectMany(i => i.Entries).All(e => e.Day < today && e.Amounts.All(a => a.Amount > 0));
            },
            iter: 40);
    }

    [Fact]
    public async Task Campaigns_AskedAgain_AreTheSame_AndAnotherSeedsAreNot()
    {
        await using var house = new DemoHouse();
        Assert.Equal(Text(house, 7), Text(house, 7));
        Assert.NotEqual(Text(house, 7), Text(house, 8));
    }

    [Fact]
    public async Task Fill_OfAnEmptyFolder_IsTakenByTheDesk_AndDoneOnce()
    {
        await using var house = new DemoHouse(now: new DateTimeOffset(2026, 11, 25, 3, 0, 0, TimeSpan.Zero));
        var fill = house.Get<DemoCampaignFill>();
        await fill.RunAsync(house.Cases(7), Cancellation);
        var desk = house.Get<ICampaignDesk>();
        var sprint = await desk.HistoryAsync("relocation", "P00", Actor.System, Cancellation);
        var market = await desk.HistoryAsync("markets", "M01", Actor.System, Cancellation);

        // Another day's plans would differ, but the folder keeps what it has.
        house.Clock.Advance(TimeSpan.FromDays(3));
        await fill.RunAsync(house.Cases(7), Cancellation);

        Assert.NotEmpty(market);
        Assert.All(sprint.Concat(market), entry => Assert.Equal(("demo", 1), (entry.Source, entry.Revision)));
        Assert.Equal(sprint.Count, (await desk.HistoryAsync("relocation", "P00", Actor.System, Cancellation)).Count);
        Assert.Empty(house.Differences());
        var pictures = await house.Get<ICampaignPhotos>().HistoryAsync("markets", "M01", Actor.System, Cancellation);
        Assert.Equal([PhotoMoment.After, PhotoMoment.Before], pictures.Select(word => word.Photo.Moment));
        Assert.Empty(await house.Get<ICampaignPhotos>().HistoryAsync("markets", "M04", Actor.System, Cancellation));
    }

    private static bool IsSprint((CampaignItem Item, IReadOnlyList<CampaignEntry> Entries) parcel)
    {
        var moved = parcel.Entries.Where(e => e.Amounts.Any(a => a is { Stage: "moved-out", Measure: "households" })).ToList();
        return moved.Count == 13 && moved[^1].Day == moved[0].Day.AddDays(12) && parcel.Item.Totals["households"] == 563
            && moved.Sum(e => e.Amounts.Single(a => a is { Stage: "moved-out", Measure: "households" }).Amount) == 563;
    }

    private static long Total(DemoCampaign campaign, string measure) => campaign.Items.Sum(i => i.Item.Totals[measure]);

    private static long Reached(DemoCampaign campaign, string stage, string measure) =>
        campaign.Items.SelectMany(i => i.Entries).SelectMany(e => e.Amounts).Where(a => a.Stage == stage && a.Measure == measure).Sum(a => a.Amount);

    // From the first notice to the last clearance, both days counted.
    private static int Span(DemoCampaign markets)
    {
        var days = markets.Items.SelectMany(i => i.Entries).Where(e => e.Amounts.Any(a => a.Stage is "notified" or "cleared")).Select(e => e.Day.DayNumber).ToList();
        return days.Max() - days.Min() + 1;
    }

    private static string Text(DemoHouse house, int seed) => System.Text.Json.JsonSerializer.Serialize(
        house.Cases(seed).Campaigns(First).SelectMany(c => c.Items, (c, i) => new { c.Code, i.Item, i.Entries }));
}
