using CsCheck;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>No day may show more at a stage than at the one before, or more than there is.</summary>
public sealed class CampaignLedgerTests
{
    private static readonly CampaignDefinition Definition = CampaignHouse.Shipped.Find(CampaignHouse.Relocation)!;

    private static readonly (string Stage, string Measure)[] Places =
        [.. Definition.Measures.SelectMany(measure => Definition.StagesOf(measure).Select(stage => (stage.Code, measure.Code)))];

    private static readonly Gen<(int Day, StageAmount[] Amounts)> Day = Gen.Select(
        Gen.Int[0, 6], Gen.Select(Gen.Int[0, Places.Length - 1], Gen.Int[0, 6], (place, amount) => new StageAmount(Places[place].Stage, Places[place].Measure, amount)).Array[0, 6]);

    // Any sequence of entries and corrections, each taken in or not as the ledger says, against sums made the plain way.
    [Fact]
    public void Entries_InAnyOrder_AreTakenExactlyWhenEveryDayHolds() => Gen.Select(Day.Array[1, 25], Gen.Int[0, 20], Gen.Int[0, 20]).Sample((moves, households, area) =>
    {
        var item = CampaignHouse.Parcel(households: households, area: area);
        var kept = new SortedDictionary<DateOnly, IReadOnlyList<StageAmount>>();
        foreach (var (day, raw) in moves)
        {
            var amounts = raw.DistinctBy(amount => (amount.Stage, amount.Measure)).ToList();
            var next = new SortedDictionary<DateOnly, IReadOnlyList<StageAmount>>(kept) { [CampaignHouse.Today.AddDays(day)] = CampaignLedger.Normal(Definition, amounts) };
            var refusal = CampaignLedger.Judge(Definition, item, next.Select(pair => (pair.Key, pair.Value)));
            var plain = FirstBroken(item, next);
            Assert.Equal(plain?.Day, (DateOnly?)refusal?.Arguments[1]);
            if (plain is { } broken)
            {
                Assert.Equal((broken.Stage, (decimal)broken.Amount, broken.Most), (((CampaignWord)refusal!.Arguments[2]).Zh, (decimal)refusal.Arguments[3], (long)refusal.Arguments[4]));
            }
            else
            {
                kept = next;
            }
        }

        Assert.Null(FirstBroken(item, kept));
    }, iter: 2_000);

    [Theory]
    [InlineData("nowhere", "households", 1, "StageUnknown")]
    [InlineData("signed", "dogs", 1, "MeasureNotCounted")]
    [InlineData("signed", "area", 1, "MeasureNotCounted")]
    [InlineData("signed", "households", -1, "AmountNegative")]
    public void Amounts_ThatCannotBe_AreRefused(string stage, string measure, long amount, string code) =>
        Assert.Equal(code, Assert.Throws<RefusedException>(() => CampaignLedger.Normal(Definition, [new StageAmount(stage, measure, amount)])).Refusal.Code);

    [Fact]
    public void Amounts_NamedTwiceOrTooLarge_AreRefused()
    {
        Assert.Equal("AmountTwice", Assert.Throws<RefusedException>(
            () => CampaignLedger.Normal(Definition, [CampaignHouse.Households("signed", 1), CampaignHouse.Households("signed", 2)])).Refusal.Code);
        (DateOnly, IReadOnlyList<StageAmount>)[] days = [(CampaignHouse.Today, [CampaignHouse.Households("surveyed", long.MaxValue)]), (CampaignHouse.Today.AddDays(1), [CampaignHouse.Households("surveyed", long.MaxValue)])];
        Assert.Equal("MoreThanTotal", CampaignLedger.Judge(Definition, CampaignHouse.Parcel(), days)!.Code);
        // The last day alone would run over a long.
        Assert.Equal("MoreThanTotal", CampaignLedger.Judge(Definition, CampaignHouse.Parcel(households: long.MaxValue), days)!.Code);
    }

    [Fact]
    public void Normal_OfAnything_IsInOrderAndWithoutZeros() =>
        Assert.Equal(
            [CampaignHouse.Households("surveyed", 2), CampaignHouse.Households("moved-out", 1), new StageAmount("moved-out", "area", 9)],
            CampaignLedger.Normal(Definition, [new("moved-out", "area", 9), CampaignHouse.Households("moved-out", 1), CampaignHouse.Households("signed", 0), CampaignHouse.Households("surveyed", 2)]));

    private static (DateOnly Day, string Stage, long Amount, long Most)? FirstBroken(CampaignItem item, SortedDictionary<DateOnly, IReadOnlyList<StageAmount>> days)
    {
        foreach (var day in days.Keys)
        {
            foreach (var measure in Definition.Measures)
            {
                var most = item.Total(measure.Code);
                foreach (var stage in Definition.Stages.Where(stage => measure.Stages.Contains(stage.Code)))
                {
                    var reached = days.Where(pair => pair.Key <= day).SelectMany(pair => pair.Value)
                        .Where(amount => amount.Stage == stage.Code && amount.Measure == measure.Code).Sum(amount => amount.Amount);
                    if (reached > most)
                    {
                        return (day, stage.Name.Zh, reached, most);
                    }

                    most = reached;
                }
            }
        }

        return null;
    }
}
