namespace HongqiaoDashboard.Features.Demo.Domain;

/// <summary>How many cases are reported when: more from year to year, more in summer, on working days and in the morning.</summary>
internal static class DemoRhythm
{
    /// <summary>The first day of the history.</summary>
    public static DateOnly FirstDay { get; } = new(2018, 1, 1);

    // For so many days the volume grows, until November 2026: from about one case a day to about ninety, most of it in the last year.
    private const int DaysOfGrowth = 3240;

    // January to December.
    private static readonly double[] Months = [0.9, 0.75, 1, 1, 1.05, 1.1, 1.25, 1.2, 1.05, 0.95, 1, 0.95];

    // Sunday to Saturday.
    private static readonly double[] Weekdays = [0.62, 1.15, 1.1, 1.05, 1.05, 1, 0.72];

    private static readonly double[] WorkingHours =
        [0.5, 0.3, 0.25, 0.2, 0.3, 0.7, 2.2, 5, 9, 9.5, 7.5, 5.2, 3.8, 4.4, 7.6, 8.2, 7, 5.6, 4.4, 3.8, 3.2, 2.4, 1.5, 0.9];

    private static readonly double[] FreeHours =
        [0.8, 0.5, 0.3, 0.25, 0.3, 0.6, 1.6, 3.4, 5.6, 7, 7.2, 6, 4.4, 4.4, 5.6, 6.2, 6.4, 6.2, 5.8, 5.6, 4.8, 3.6, 2.4, 1.4];

    private static readonly Lottery WorkingLottery = new(WorkingHours);
    private static readonly Lottery FreeLottery = new(FreeHours);

    /// <summary>How many cases a day brings on the long run.</summary>
    /// <param name="day">A local day.</param>
    /// <param name="isWorked">Whether the calendar works on it.</param>
    public static double Expected(DateOnly day, bool isWorked)
    {
        var grown = Math.Clamp((double)(day.DayNumber - FirstDay.DayNumber) / DaysOfGrowth, 0, 1);
        var isWeekend = day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
        var weekday = isWorked && isWeekend ? 1 : !isWorked && !isWeekend ? 0.6 : Weekdays[(int)day.DayOfWeek];
        var cubed = grown * grown * grown;
        var squared = cubed * cubed * cubed * cubed;
        return (1.2 + (1.5 * grown) + (6 * cubed) + (80 * squared * squared)) * Months[day.Month - 1] * weekday;
    }

    /// <summary>Share of an hour in its day.</summary>
    /// <param name="hour">Local hour, 0 to 23.</param>
    /// <param name="isWorked">Whether the calendar works on that day.</param>
    public static double Share(int hour, bool isWorked) => isWorked ? WorkingHours[hour] / WorkingHours.Sum() : FreeHours[hour] / FreeHours.Sum();

    /// <summary>An hour of a day.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="isWorked">Whether the calendar works on that day.</param>
    public static int Hour(StableRandom random, bool isWorked) => (isWorked ? WorkingLottery : FreeLottery).Draw(random);

    /// <summary>How many there are when so many are expected: many trials of little chance, which is near Poisson's law.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="expected">How many are expected.</param>
    public static int Count(StableRandom random, double expected)
    {
        var trials = (4 * (int)expected) + 4;
        var count = 0;
        for (var i = 0; i < trials; i++)
        {
            count += random.Chance(expected / trials) ? 1 : 0;
        }

        return count;
    }
}
