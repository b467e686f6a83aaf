using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>What is said of a campaign's leading measure: a pure function of the days, so that a corrected day corrects all of it.</summary>
internal static class CampaignFigures
{
    /// <summary>Burn-up with plan, pace, forecast and what the forecast's method did in the past.</summary>
    /// <param name="definition">Start, target and plan.</param>
    /// <param name="total">In all, of the leading measure.</param>
    /// <param name="amounts">What was done on which day; days that are missing are none.</param>
    /// <param name="day">The day that is shown.</param>
    public static (IReadOnlyList<CampaignDay> Days, CampaignPace Pace, CampaignForecast? Forecast, CampaignBackTest? BackTest) Of(
        CampaignDefinition definition, long total, IReadOnlyDictionary<DateOnly, long> amounts, DateOnly day)
    {
        var plan = new CampaignPlan(definition, total);
        var curve = new CampaignCurve(definition.Start, amounts, day);
        var trials = ForecastTrials.Newest(ForecastTrials.Of(curve));
        return (
            curve.Days(plan), CampaignPaceOf.Of(definition, plan, curve, total, day), CampaignForecaster.Of(curve, total, day, trials), ForecastTrials.Judge(trials));
    }
}
