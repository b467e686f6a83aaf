using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>How fast it goes, and how fast it should.</summary>
internal static class CampaignPaceOf
{
    /// <summary>The pace; means are over days that are over, without the day that is shown.</summary>
    /// <param name="definition">Start and target.</param>
    /// <param name="plan">What is wanted.</param>
    /// <param name="curve">What was done.</param>
    /// <param name="total">In all.</param>
    /// <param name="day">The day that is shown.</param>
    public static CampaignPace Of(CampaignDefinition definition, CampaignPlan plan, CampaignCurve curve, long total, DateOnly day)
    {
        var done = curve.DoneBefore(curve.Count);
        var (left, days) = (total - done, definition.Target.DayNumber - day.DayNumber);
        return new CampaignPace(
            curve.Mean(7), curve.Mean(7, 7), curve.Mean(28), left > 0 && days > 0 ? (double)left / days : null, Ahead(definition, plan, curve, total, day, done));
    }

    // The day for which the plan wants what is done, against the day on which it is done.
    private static int? Ahead(CampaignDefinition definition, CampaignPlan plan, CampaignCurve curve, long total, DateOnly day, long done)
    {
        if (total <= 0 || day < definition.Start)
        {
            return null;
        }

        var by = done >= total ? curve.First.AddDays(curve.PlaceOf(total)) : day;
        return plan.LastDayFor(done).DayNumber - by.DayNumber;
    }
}
