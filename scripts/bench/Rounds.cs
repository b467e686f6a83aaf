using System.Diagnostics;

namespace HongqiaoDashboard.Bench;

/// <summary>Rounds in which the candidates take turns, after one that is not counted; the median stands for each.</summary>
internal static class Rounds
{
    /// <summary>Rounds that are counted.</summary>
    public const int Count = 7;

    /// <summary>Times candidates.</summary>
    /// <param name="candidates">Name and work of each; the first is the baseline.</param>
    /// <returns>The median of each.</returns>
    public static Task<List<(string Name, TimeSpan Median)>> MeasureAsync(params (string Name, Func<Task> Run)[] candidates) =>
        MeasureAsync([.. candidates.Select(c => (c.Name, (Func<Task>)(() => Task.CompletedTask), c.Run))]);

    /// <summary>Times candidates that need something made ready before each round, which is not timed.</summary>
    /// <param name="candidates">Name, preparation and work of each; the first is the baseline.</param>
    /// <returns>The median of each.</returns>
    public static async Task<List<(string Name, TimeSpan Median)>> MeasureAsync(params (string Name, Func<Task> Prepare, Func<Task> Run)[] candidates)
    {
        var times = candidates.Select(_ => new List<TimeSpan>()).ToList();
        for (var round = 0; round <= Count; round++)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                await candidates[i].Prepare();
                GC.Collect();
                var began = Stopwatch.GetTimestamp();
                await candidates[i].Run();
                if (round > 0)
                {
                    times[i].Add(Stopwatch.GetElapsedTime(began));
                }
            }
        }

        return [.. candidates.Select((c, i) => (c.Name, times[i].Order().ElementAt(Count / 2)))];
    }

    /// <summary>Lets candidates take turns that tell their own figure.</summary>
    /// <param name="rounds">Rounds that are counted.</param>
    /// <param name="candidates">Name and turn of each; the first is the baseline.</param>
    /// <returns>The median of each.</returns>
    public static async Task<List<(string Name, double Median)>> TakeTurnsAsync(int rounds, params (string Name, Func<Task<double>> Turn)[] candidates)
    {
        var figures = candidates.Select(_ => new List<double>()).ToList();
        for (var round = 0; round <= rounds; round++)
        {
            for (var i = 0; i < candidates.Length; i++)
            {
                var figure = await candidates[i].Turn();
                if (round > 0)
                {
                    figures[i].Add(figure);
                }
            }
        }

        return [.. candidates.Select((c, i) => (c.Name, figures[i].Order().ElementAt(rounds / 2)))];
    }

    /// <summary>Prints a line for each candidate.</summary>
    /// <param name="results">What was measured, the baseline first.</param>
    /// <param name="amount">A median in its unit.</param>
    /// <param name="ratio">A median against the baseline's.</param>
    /// <param name="of">What the ratio is of.</param>
    public static void Print(List<(string Name, TimeSpan Median)> results, Func<TimeSpan, string> amount, Func<TimeSpan, TimeSpan, double> ratio, string of)
    {
        foreach (var (name, median) in results)
        {
            Console.WriteLine($"  {name,-46}{amount(median)}{ratio(median, results[0].Median),8:0.00} {of}");
        }
    }

    /// <summary>Time against the baseline's time.</summary>
    public static double OfTime(TimeSpan time, TimeSpan baseline) => time / baseline;

    /// <summary>Rate against the baseline's rate, for the same work.</summary>
    public static double OfRate(TimeSpan time, TimeSpan baseline) => baseline / time;
}
