using CsCheck;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Tests.Features.Campaigns;

/// <summary>What may be published as the campaigns' configuration, and what must be kept of the one before.</summary>
public sealed class CampaignFaultsTests
{
    private static readonly CampaignDefinition Relocation = CampaignHouse.Shipped.Find(CampaignHouse.Relocation)!;
    private static readonly Dictionary<string, CampaignUse> Unused = [];

    private static readonly CampaignStage New = new("inspected", new("验收", "Inspected"));

    // Changes of a configuration as somebody may make them, sensible or not.
    private static readonly Func<CampaignDefinition, int, CampaignDefinition?>[] Changes =
    [
        (campaign, _) => null,
        (campaign, n) => campaign with { Start = campaign.Start.AddDays((n % 90) - 10) },
        (campaign, n) => campaign with { Stages = [.. campaign.Stages.Where((_, i) => i != n % campaign.Stages.Count)] },
        (campaign, n) => campaign with { Stages = [.. campaign.Stages.Take(n % 6), New, .. campaign.Stages.Skip(n % 6)], Measures = [.. campaign.Measures.Select(m => m with { Stages = [.. m.Stages, New.Code] })] },
        (campaign, n) => campaign with { Stages = [.. campaign.Stages.OrderBy(stage => (stage.Code.Length ^ n) % 7)] },
        (campaign, n) => campaign with { Measures = [.. campaign.Measures.Where((_, i) => i != n % campaign.Measures.Count)] },
        (campaign, n) => campaign with { Measures = [.. campaign.Measures.Select(m => m with { Stages = [.. m.Stages.Where((_, i) => i != n % m.Stages.Count)] })] },
        (campaign, n) => campaign with { DoneStage = campaign.Stages[n % campaign.Stages.Count].Code },
        (campaign, _) => campaign with { WholeItems = true },
        (campaign, _) => campaign with { Measures = [.. campaign.Measures.Reverse()] },
    ];

    [Fact]
    public void Document_ThatShips_HasNoFaultsAndSurvivesBeingWritten()
    {
        Assert.Empty(Of(CampaignHouse.Shipped));
        Assert.Equal(CampaignFile.Write(CampaignHouse.Shipped), CampaignFile.Write(CampaignFile.Parse(CampaignFile.Write(CampaignHouse.Shipped))));
    }

    // Whatever may be published, every entry that is kept can still be read, and still keeps the rules of the ledger.
    [Fact]
    public void Successor_WithoutFaults_KeepsEveryEntry() => Gen.Select(Gen.Select(Gen.Int[0, 9], Gen.Int[0, 1_000]).Array[1, 3], Gen.Int[0, 5].Array[8]).Sample((changes, falling) =>
    {
        var item = CampaignHouse.Parcel(households: 40, area: 40);
        var amounts = Falling(falling);
        CampaignEntry[] entries = amounts.Count == 0 ? [] : [new CampaignEntry { Item = item.Code, Day = Relocation.Start.AddDays(30), Revision = 1, Amounts = amounts, At = default, ActorName = "" }];
        var next = changes.Aggregate((CampaignDefinition?)Relocation, (campaign, change) => campaign is { Stages.Count: > 0, Measures.Count: > 0 } ? Changes[change.Item1](campaign, change.Item2) : null);
        var document = new CampaignDocument(next is null ? [] : [next]);
        var faults = CampaignFaults.OfSuccessor(document, new([Relocation]), new Dictionary<string, CampaignUse> { [Relocation.Code] = CampaignUse.Of([item], entries) }, Known).ToList();
        if (faults.Count > 0)
        {
            return;
        }

        Assert.NotNull(next);
        Assert.All(entries, entry => Assert.True(entry.Day >= next.Start));
        Assert.All(amounts, amount => Assert.Contains(amount.Stage, next.Measure(amount.Measure)!.Stages));
        Assert.Equal(amounts.Count, CampaignLedger.Normal(next, amounts).Count);
        Assert.Null(CampaignLedger.Judge(next, item, entries.Select(entry => (entry.Day, entry.Amounts))));
        Assert.False(next.WholeItems);
    }, iter: 3_000);

    [Fact]
    public void Campaign_WithoutItems_MayGo() => Assert.Empty(CampaignFaults.OfSuccessor(new([Relocation]), CampaignHouse.Shipped, Unused, Known));

    [Fact]
    public void Document_WithManyFaults_TellsAllOfThemWithTheirPlace()
    {
        var bad = Relocation with
        {
            Code = "Relocation!", Target = Relocation.Start, DoneStage = "gone",
            Stages = [.. Relocation.Stages, Relocation.Stages[0], new CampaignStage("x", new(" ", "X"))],
            Measures = [.. Relocation.Measures, new CampaignMeasure("dogs", new("犬", "Dogs"), new("只", "dogs"), ["nowhere"])],
            Plan = [new(Relocation.Start.AddDays(9), 5), new(Relocation.Start.AddDays(8), 4)],
            Relapse = new([], 0, 0),
        };
        var faults = Of(new([bad, Relocation, Relocation]));
        Assert.Superset(
            new HashSet<(string, string?, string?, string)>
            {
                ("relocation", null, null, "CampaignTwice"), ("Relocation!", null, null, "CampaignCode"), ("Relocation!", null, null, "CampaignTargetBeforeStart"),
                ("Relocation!", null, null, "CampaignDoneStage"), ("Relocation!", "surveyed", null, "CampaignTwice"), ("Relocation!", "x", null, "CampaignNameMissing"),
                ("Relocation!", "nowhere", "dogs", "CampaignStageUnknown"), ("Relocation!", null, "dogs", "CampaignNotCountedDone"),
                ("Relocation!", null, null, "CampaignPlanDays"), ("Relocation!", null, null, "CampaignPlanFalls"),
                ("Relocation!", null, null, "CampaignRelapseNothing"), ("Relocation!", null, null, "CampaignRelapseReach"),
            },
            faults.Select(fault => (fault.Place.Campaign, fault.Place.Stage, fault.Place.Measure, fault.Reason.Code)).ToHashSet());
        Assert.Contains(Of(new([Relocation with { Relapse = new(["9999"], 10, 10) }])), fault => fault.Reason.Code == "CampaignTypeUnknown");
    }

    private static List<CampaignFault> Of(CampaignDocument document) => [.. CampaignFaults.Of(document, Known)];

    private static bool Known(string type) => type is "0601" or "0603";

    // What reached the stages of both measures, each no more than the one before.
    private static List<StageAmount> Falling(int[] steps)
    {
        var amounts = new List<StageAmount>();
        var at = 0;
        foreach (var measure in Relocation.Measures)
        {
            var left = 12;
            foreach (var stage in Relocation.StagesOf(measure))
            {
                left = Math.Max(0, left - steps[at++]);
                if (left > 0)
                {
                    amounts.Add(new StageAmount(stage.Code, measure.Code, left));
                }
            }
        }

        return amounts;
    }
}
