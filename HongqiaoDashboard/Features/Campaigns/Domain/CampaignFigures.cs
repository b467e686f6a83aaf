using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>The leading measure by days.</summary>
internal static class CampaignFigures
{
    public static (IReadOnlyList<CampaignDay> Days, CampaignPace Pace, CampaignForecast? Forecast, CampaignBackTest? BackTest) Of(
        CampaignDefinition definition, long total, IReadOnlyDictionary<DateOnly, long> amounts, DateOnly day)
    {
        var days = new List<CampaignDay>();
        var done = 0L;
        for (var at = definition.Start; at <= day; at = at.AddDays(1))
        {
            var amount = amounts.GetValueOrDefault(at);
            days.Add(new CampaignDay(at, amount, done += amount, 0));
        }

        return (days, new CampaignPace(0, 0, 0, null, null), null, null);
    }
}
