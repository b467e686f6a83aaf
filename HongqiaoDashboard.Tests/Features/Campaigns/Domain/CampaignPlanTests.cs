using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Domain;

public sealed class CampaignPlanTests
{
    private static readonly DateOnly Start = FigureSamples.Start;

    [Fact]
    public void Plan_WithoutMilestones_IsAStraightLine()
    {
        var plan = new CampaignPlan(FigureSamples.Definition(100), 1000);
        Assert.Equal([0, 10, 500, 1000, 1000], [plan.At(Start.AddDays(-1)), plan.At(Start), plan.At(Start.AddDays(49)), plan.At(Start.AddDays(99)), plan.At(Start.AddDays(200))]);
        Assert.Equal(0, plan.At(Start.AddDays(-50)));
    }

    [Fact]
    public void Plan_WithMilestones_LeadsThroughThem()
    {
        var plan = new CampaignPlan(FigureSamples.Definition(100, new(Start.AddDays(9), 500), new(Start.AddDays(49), 500), new(Start.AddDays(59), 9999)), 1000);
        Assert.Equal([50, 500, 500, 750, 1000, 1000],
            [plan.At(Start), plan.At(Start.AddDays(9)), plan.At(Start.AddDays(30)), plan.At(Start.AddDays(54)), plan.At(Start.AddDays(59)), plan.At(Start.AddDays(99))]);
        Assert.Equal([Start.AddDays(-1), Start.AddDays(8), Start.AddDays(49), Start.AddDays(99)],
            [plan.LastDayFor(0), plan.LastDayFor(499), plan.LastDayFor(500), plan.LastDayFor(1000)]);
    }

    [Fact]
    public void Plan_MilestoneAfterTheTargetOrBelowTheOneBefore_TakesNothingBack()
    {
        var plan = new CampaignPlan(FigureSamples.Definition(100, new(Start.AddDays(9), 500), new(Start.AddDays(19), 400), new(Start.AddDays(150), 600)), 1000);
        Assert.Equal([500, 500, 1000], [plan.At(Start.AddDays(9)), plan.At(Start.AddDays(19)), plan.At(Start.AddDays(99))]);
    }
}
