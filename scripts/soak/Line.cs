namespace HongqiaoDashboard.Soak;

/// <summary>
/// The straight line through samples by least squares, and whether its slope is more than noise: either it is not
/// significant (|t| below the two-sided 1 % bound for 30 degrees of freedom and more), or all that it rises from the first
/// sample to the last is less than three times the spread of the samples around it.
/// </summary>
internal sealed record Line(double Mean, double Slope, double Rise, double Spread, double T)
{
    private const double Significant = 2.75;

    /// <summary>Whether the slope is within noise.</summary>
    public bool IsLevel => Math.Abs(T) < Significant || Math.Abs(Rise) < 3 * Spread;

    /// <summary>Fits.</summary>
    /// <param name="samples">At least three, at different places.</param>
    public static Line Through(IReadOnlyList<(double X, double Y)> samples)
    {
        var (x, y) = (samples.Average(s => s.X), samples.Average(s => s.Y));
        var width = samples.Sum(s => (s.X - x) * (s.X - x));
        var slope = samples.Sum(s => (s.X - x) * (s.Y - y)) / width;
        var rest = Math.Sqrt(samples.Sum(s => Math.Pow(s.Y - y - (slope * (s.X - x)), 2)) / (samples.Count - 2));
        // Samples that all are the same are level.
        var t = rest == 0 ? slope == 0 ? 0 : double.PositiveInfinity : slope / (rest / Math.Sqrt(width));
        return new Line(y, slope, slope * (samples[^1].X - samples[0].X), rest, t);
    }
}
