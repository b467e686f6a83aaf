namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>Days until an amount is reached, from 1 for the first day that is simulated; null beyond the horizon.</summary>
/// <param name="Early">One path in ten is there by then.</param>
/// <param name="Middle">Half of the paths are.</param>
/// <param name="Late">Nine in ten are.</param>
internal readonly record struct Reach(int? Early, int? Middle, int? Late);

/// <summary>
/// Futures made of the past: a path is a row of weeks, each one drawn whole from the newest weeks that are over, so that the
/// rhythm of the week and what hangs together in it stay. Before a path is drawn, the weeks that it is drawn from are drawn
/// themselves: eight weeks do not say exactly how fast it goes, and what they leave open belongs into the range.
/// </summary>
internal static class WeeklyBootstrap
{
    /// <summary>Weeks of the past that are drawn from.</summary>
    public const int Weeks = 8;

    /// <summary>Fewer weeks say nothing.</summary>
    public const int FewestWeeks = 2;

    /// <summary>Simulated futures.</summary>
    public const int Paths = 500;

    private const int Week = 7;

    /// <summary>When the paths reach an amount.</summary>
    /// <param name="past">Amounts of the days that are over, oldest first.</param>
    /// <param name="amount">What is to be done from the first simulated day on; above 0.</param>
    /// <param name="begun">What is already entered for the first simulated day: no path falls behind it.</param>
    /// <param name="horizon">Days to simulate at most.</param>
    /// <returns>Null when there are too few weeks.</returns>
    public static Reach? Ask(ReadOnlySpan<long> past, long amount, long begun, int horizon)
    {
        var count = Math.Min(Weeks, past.Length / Week);
        if (count < FewestWeeks)
        {
            return null;
        }

        // The window ends on the eve of the first simulated day: the same place in a week is the same weekday.
        var window = past[^(count * Week)..];
        Span<long> sums = stackalloc long[count];
        for (var i = 0; i < window.Length; i++)
        {
            sums[i / Week] += window[i];
        }

        var reached = new int[Paths];
        Span<int> weeks = stackalloc int[count];
        for (var path = 0; path < Paths; path++)
        {
            var dice = new Dice(path);
            foreach (ref var week in weeks)
            {
                week = dice.Next(count);
            }

            reached[path] = Walk(window, sums, weeks, amount, begun, horizon, ref dice);
        }

        Array.Sort(reached);
        return new Reach(At(reached, 1), At(reached, 5), At(reached, 9));

        int? At(int[] sorted, int tenths) => sorted[Paths * tenths / 10 - 1] is var day && day > horizon ? null : day;
    }

    private static int Walk(ReadOnlySpan<long> window, ReadOnlySpan<long> sums, ReadOnlySpan<int> weeks, long amount, long begun, int horizon, ref Dice dice)
    {
        var left = amount;
        for (var day = 0; day < horizon; day += Week)
        {
            var week = weeks[dice.Next(weeks.Length)];
            var days = window.Slice(week * Week, Week);
            var lead = day == 0 ? Math.Max(0, begun - days[0]) : 0;
            if (sums[week] + lead < left)
            {
                left -= sums[week] + lead;
                continue;
            }

            left -= lead;
            for (var i = 0; ; i++)
            {
                left -= days[i];
                if (left <= 0)
                {
                    return day + i + 1;
                }
            }
        }

        return horizon + 1;
    }

    // SplitMix64 from fixed seeds, one a path: the same past gives the same forecast on every machine, a changed entry changes
    // it by what it says and not by other dice, and no path reaches more before it reaches less.
    private struct Dice(int path)
    {
        private ulong _state = 0x4851_3132_3031_3036 + ((ulong)path << 32);

        public int Next(int below)
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return (int)(((mixed >> 32) * (ulong)below) >> 32);
        }
    }
}
