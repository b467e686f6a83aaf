using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>The method asked on an earlier day for what came.</summary>
/// <param name="Origin">How many days were over.</param>
/// <param name="Said">What was simulated.</param>
/// <param name="Widened">What was said: widened by the trials whose truth was known on that day.</param>
/// <param name="Truth">Days after which the amount was really reached.</param>
internal sealed record ForecastTrial(int Origin, Reach Said, Reach Widened, int Truth)
{
    /// <summary>Whether the truth lay in the range; a range whose early end is not in sight has missed.</summary>
    public bool IsWithin => Widened.Early <= Truth && (Widened.Late is not { } late || late >= Truth);

    /// <summary>Distance of the middle from the truth in days.</summary>
    public int Error => Math.Abs((Widened.Middle ?? ForecastTrials.Horizon) - Truth);
}

/// <summary>
/// The method on the campaign's own past. At weekly origins it is asked, with nothing but what was known of the days before, when
/// the amount would be reached that was really done <see cref="Ahead"/> days later. What the trials show widens the range, of the
/// forecast and of every later trial alike: a bootstrap knows no trend, and the misses of the past say how much that costs here.
/// </summary>
internal static class ForecastTrials
{
    /// <summary>How far ahead is asked, in days.</summary>
    public const int Ahead = 28;

    /// <summary>Trials that are judged, and from which is learned: a year of weeks. As many before them only teach.</summary>
    public const int Judged = 52;

    /// <summary>Days that a trial simulates at most.</summary>
    public const int Horizon = Ahead * 13;

    private const int Week = 7;

    /// <summary>Makes the trials, oldest first; four weeks in which nothing was done ask nothing.</summary>
    /// <param name="curve">The days; the last one is not over and gives no truth.</param>
    public static List<ForecastTrial> Of(CampaignCurve curve)
    {
        // The newest origin learned its truth yesterday.
        var newest = curve.Over - Ahead;
        var trials = new List<ForecastTrial>();
        for (var back = Math.Min(2 * Judged, newest / Week) - 1; back >= 0; back--)
        {
            var origin = newest - back * Week;
            var amount = curve.DoneBefore(origin + Ahead) - curve.DoneBefore(origin);
            if (amount > 0 && WeeklyBootstrap.Ask(curve.Amounts[..origin], amount, 0, Horizon) is { } said)
            {
                var widening = RangeWidening.Of(Newest(trials, origin - Ahead));
                trials.Add(new ForecastTrial(origin, said, widening.Of(said, Horizon), curve.PlaceOf(curve.DoneBefore(origin) + amount) - origin + 1));
            }
        }

        return trials;
    }

    /// <summary>The newest trials that may teach.</summary>
    /// <param name="trials">Oldest first.</param>
    /// <param name="before">Origins from here on do not know their truth yet.</param>
    public static List<ForecastTrial> Newest(List<ForecastTrial> trials, int before = int.MaxValue)
    {
        var count = trials.FindLastIndex(trial => trial.Origin <= before) + 1;
        var from = Math.Max(0, count - Judged);
        return trials.GetRange(from, count - from);
    }

    /// <summary>What they show; null when there are none.</summary>
    /// <param name="trials">Those that are judged.</param>
    public static CampaignBackTest? Judge(List<ForecastTrial> trials)
    {
        if (trials.Count == 0)
        {
            return null;
        }

        var errors = trials.Select(trial => trial.Error).Order().ToList();
        var median = (errors[(errors.Count - 1) / 2] + errors[errors.Count / 2]) / 2.0;
        return new CampaignBackTest(trials.Count, trials.Count(trial => trial.IsWithin), CampaignForecaster.Stated, median, Ahead);
    }
}
