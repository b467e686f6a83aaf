using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>Says when nothing will be left, if it goes on like in the last weeks.</summary>
internal static class CampaignForecaster
{
    /// <summary>Part of the chances that lies between the earliest and the latest day.</summary>
    public const double Stated = 0.8;

    /// <summary>Days that are simulated at most, five years; what is later is not in sight.</summary>
    public const int Horizon = 1826;

    /// <summary>The forecast; null when nothing is left, nothing moved in the window, or it has fewer than two weeks.</summary>
    /// <param name="curve">The days.</param>
    /// <param name="total">In all.</param>
    /// <param name="day">The day that is shown, the first one that is simulated: what is still entered for it belongs to the future.</param>
    /// <param name="trials">What the method did in the past.</param>
    public static CampaignForecast? Of(CampaignCurve curve, long total, DateOnly day, List<ForecastTrial> trials)
    {
        var left = total - curve.DoneBefore(curve.Count);
        if (left <= 0 || curve.Count == 0)
        {
            return null;
        }

        var past = curve.Amounts[..curve.Over];
        var window = Math.Min(WeeklyBootstrap.Weeks, past.Length / 7) * 7;
        if (past[^window..].IndexOfAnyExcept(0) < 0 || WeeklyBootstrap.Ask(past, total - curve.DoneBefore(curve.Over), curve.Amounts[^1], Horizon) is not { } said)
        {
            return null;
        }

        var reach = RangeWidening.Of(trials).Of(said, Horizon);
        return new CampaignForecast(On(reach.Early), On(reach.Middle), On(reach.Late), left, window, WeeklyBootstrap.Paths, day.AddDays(Horizon - 1));

        DateOnly? On(int? days) => days is { } after ? day.AddDays(after - 1) : null;
    }
}
