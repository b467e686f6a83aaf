using CsCheck;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Admin;

/// <summary>Steps by which a configuration is changed: whatever is done in whatever order, nothing names what has gone, and each change is told.</summary>
public sealed class CampaignEditsTests
{
    private static readonly Func<CampaignDefinition, int, CampaignDefinition>[] Steps =
    [
        (campaign, n) => campaign with { Name = $"名{n}" },
        (campaign, n) => campaign with { Target = campaign.Target.AddDays(n) },
        (campaign, _) => campaign.WithAnotherStage(),
        (campaign, n) => campaign.WithStage(n % campaign.Stages.Count, new($"code-{n}", new($"阶段{n}", $"Stage {n}"))),
        (campaign, n) => campaign.Stages.Count > 1 ? campaign.WithoutStage(n % campaign.Stages.Count) : campaign,
        (campaign, n) => campaign.WithStageMoved(n % campaign.Stages.Count, n % 2 == 0 ? 1 : -1),
        (campaign, n) => campaign.WithDone(campaign.Stages[n % campaign.Stages.Count].Code),
        (campaign, _) => campaign.WithAnotherMeasure(),
        (campaign, n) => campaign.Measures.Count > 1 ? campaign.WithoutMeasure(n % campaign.Measures.Count) : campaign,
        (campaign, n) => campaign.WithCounted(n % campaign.Measures.Count, campaign.Stages[n % campaign.Stages.Count].Code, counted: n % 3 == 0 || campaign.Stages[n % campaign.Stages.Count].Code == campaign.DoneStage),
        (campaign, _) => campaign.WithAnotherMilestone(),
        (campaign, n) => campaign.Plan.Count > 0 ? campaign.WithMilestone(n % campaign.Plan.Count, new(campaign.Start.AddDays(n), n)) : campaign,
        (campaign, n) => campaign.Plan.Count > 0 ? campaign.WithoutMilestone(n % campaign.Plan.Count) : campaign,
        (campaign, n) => campaign.WithRelapseType($"0{n % 5}01", counts: n % 2 == 0),
        (campaign, _) => campaign with { WholeItems = !campaign.WholeItems },
    ];

    [Fact]
    public void Steps_InAnyOrder_LeaveNothingThatNamesWhatHasGone() => Gen.Select(Gen.Int[0, 1], Gen.Select(Gen.Int[0, Steps.Length - 1], Gen.Int[0, 200]).Array[1, 12]).Sample((which, steps) =>
    {
        var campaign = steps.Aggregate(CampaignHouse.Shipped.Campaigns[which], (now, step) => Steps[step.Item1](now, step.Item2));

        // Two stages of one code are a fault of their own, and what is named by it cannot be told.
        if (campaign.Stages.DistinctBy(stage => stage.Code).Count() == campaign.Stages.Count)
        {
            var codes = CampaignFaults.Of(new([campaign]), _ => true).Select(fault => fault.Reason.Code).ToList();
            Assert.DoesNotContain("CampaignStageUnknown", codes);
            Assert.DoesNotContain("CampaignDoneStage", codes);
            Assert.DoesNotContain("CampaignNotCountedDone", codes);
            Assert.DoesNotContain("CampaignTwice", codes);
        }
    }, iter: 2_000);

    [Fact]
    public void Changes_BetweenTwoDocuments_AreToldExactlyWhenTheyDiffer() => Gen.Select(Gen.Int[0, 1], Gen.Select(Gen.Int[0, Steps.Length - 1], Gen.Int[0, 200]).Array[0, 4]).Sample((which, steps) =>
    {
        var before = CampaignHouse.Shipped;
        var after = before.With(which, steps.Aggregate(before.Campaigns[which], (now, step) => Steps[step.Item1](now, step.Item2)));

        Assert.Equal(Written(before) != Written(after), CampaignChanges.Between(before, after).Any());
        Assert.Empty(CampaignChanges.Between(after, CampaignFile.Parse(CampaignFile.Write(after))));
    }, iter: 2_000);

    [Fact]
    public void Copy_OfACampaign_HasAnotherCodeAndNeedsItsNames()
    {
        var document = CampaignHouse.Shipped.WithAnother(CampaignHouse.Shipped.Campaigns[1], new(2026, 5, 1)).WithAnother(null, new(2026, 5, 1));

        Assert.Equal(4, document.Campaigns.Select(campaign => campaign.Code).Distinct().Count());
        Assert.Equal(["CampaignNameMissing"], CampaignFaults.Of(new([document.Campaigns[2]]), _ => true).Select(fault => fault.Reason.Code));
        Assert.Equal("done", document.Campaigns[3].DoneStage);
        Assert.Equal(["Added", "Added"], CampaignChanges.Between(CampaignHouse.Shipped, document).Select(change => change.What));
    }

    // In what order a measure names its stages means nothing.
    private static string Written(CampaignDocument document) => CampaignFile.Write(new(
        [.. document.Campaigns.Select(campaign => campaign with { Measures = [.. campaign.Measures.Select(measure => measure with { Stages = [.. campaign.StagesOf(measure).Select(stage => stage.Code).Order()] })] })]));
}
