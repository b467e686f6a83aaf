namespace HongqiaoDashboard.Features.Demo.Domain.Campaigns;

/// <summary>Shares whole amounts out so that nothing is lost to rounding.</summary>
internal static class Shares
{
    /// <summary>Shares an amount out by weights: each part is its exact share cut or rounded up, and the parts sum to the amount.</summary>
    /// <param name="amount">What is shared out.</param>
    /// <param name="weights">Not negative, not all zero.</param>
    public static long[] Of(long amount, IReadOnlyList<double> weights)
    {
        var parts = new long[weights.Count];
        var whole = weights.Sum();
        var (sum, given) = (0.0, 0L);
        for (var i = 0; i < parts.Length; i++)
        {
            sum += weights[i];
            var until = i == parts.Length - 1 ? amount : (long)(amount * (sum / whole));
            (parts[i], given) = (until - given, until);
        }

        return parts;
    }
}

/// <summary>How something goes on from day to day: the part that is done by the end of each.</summary>
internal sealed class Course
{
    private readonly DateOnly _from;
    private readonly double[] _done;

    private Course(DateOnly from, double[] done) => (_from, _done) = (from, done);

    /// <summary>A course whose days differ as days do: less on weekends, slow at both ends.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="from">Its first day.</param>
    /// <param name="days">Its length.</param>
    /// <param name="ramp">Part of it at each end in which it gathers or loses speed.</param>
    public static Course Make(StableRandom random, DateOnly from, int days, double ramp)
    {
        var done = new double[days];
        var sum = 0.0;
        for (var i = 0; i < days; i++)
        {
            var edge = Math.Min(i + 1, days - i) / Math.Max(1, ramp * days);
            var weekday = from.AddDays(i).DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.45 : 1;
            done[i] = sum += Math.Min(1, edge) * weekday * (0.5 + random.Unit());
        }

        return new Course(from, [.. done.Select(part => part / sum)]);
    }

    /// <summary>The part that is done by the end of a day, 0 to 1.</summary>
    /// <param name="day">The day.</param>
    public double At(DateOnly day)
    {
        var i = day.DayNumber - _from.DayNumber;
        return i < 0 ? 0 : _done[Math.Min(i, _done.Length - 1)];
    }

    /// <summary>The days of the course.</summary>
    public (DateOnly From, DateOnly To) Span => (_from, _from.AddDays(_done.Length - 1));
}
