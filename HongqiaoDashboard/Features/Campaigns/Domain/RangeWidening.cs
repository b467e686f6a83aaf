namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>
/// By how much a range is widened at its ends: conformal quantile regression, each end by itself, on logarithms of days. A past
/// range missed by the ratio of its end and the truth; each end is moved by as much as covers nine in ten of those misses.
/// A range is never made narrower than it was simulated.
/// </summary>
/// <param name="Early">For the early end, as a logarithm over <see cref="ForecastTrials.Ahead"/> days; not negative.</param>
/// <param name="Late">For the late end.</param>
internal readonly record struct RangeWidening(double Early, double Late)
{
    // What is believed of a method that hardly anything is known of yet.
    private const double Unknown = 0.2;
    private const double OfTen = 0.9;

    // An early end that came nearer while more is to be done would turn the order round; the late one goes no further than 4.5 times.
    private const double MostEarly = 1;
    private const double MostLate = 1.5;

    /// <summary>What trials teach.</summary>
    /// <param name="trials">What was said and what came.</param>
    public static RangeWidening Of(IReadOnlyCollection<ForecastTrial> trials)
    {
        var (early, late) = (new double[trials.Count], new double[trials.Count]);
        var at = 0;
        foreach (var trial in trials)
        {
            early[at] = Math.Log((double)(trial.Said.Early ?? ForecastTrials.Horizon) / trial.Truth);
            late[at++] = Math.Log((double)trial.Truth / (trial.Said.Late ?? ForecastTrials.Horizon));
        }

        return new(Covering(early), Covering(late));
    }

    /// <summary>The widened range. A trend that goes on costs twice as much twice as far ahead, so misses grow with the distance.</summary>
    /// <param name="said">As simulated.</param>
    /// <param name="horizon">Beyond it an end is not in sight.</param>
    public Reach Of(Reach said, int horizon)
    {
        var early = said.Early is { } first ? Math.Max(1, Moved(first, -Math.Min(Early * Distance(first), MostEarly))) : (int?)null;
        var late = said.Late is { } last ? Moved(last, Math.Min(Late * Distance(last), MostLate)) : (int?)null;
        return said with { Early = early, Late = late > horizon ? null : late };
    }

    private static double Distance(int days) => Math.Max(1, (double)days / ForecastTrials.Ahead);

    private static int Moved(int days, double log) => (int)Math.Round(days * Math.Exp(log), MidpointRounding.AwayFromZero);

    // The (n + 1)-th part belongs to the miss that is not known yet; with few of them it may be larger than all.
    private static double Covering(double[] misses)
    {
        Array.Sort(misses);
        var at = (int)Math.Ceiling((misses.Length + 1) * OfTen) - 1;
        return Math.Max(0, at < misses.Length ? misses[at] : Math.Max(Unknown, misses.Length == 0 ? 0 : misses[^1]));
    }
}
