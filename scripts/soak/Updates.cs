using System.Diagnostics;
using System.Globalization;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Soak;

/// <summary>
/// Years of a wall in minutes: log entries are written while a board on its tour, a desk page and hub clients follow, and
/// what server and pages hold after forced collections must not rise.
/// </summary>
internal static class Updates
{
    // The first fifth is warm-up: lists fill, code is compiled, the first month of tallies begins.
    private const int Samples = 50;
    private const int Warm = 10;

    /// <summary>Runs and prints.</summary>
    /// <param name="house">The program.</param>
    /// <param name="playwright">Drives browsers.</param>
    /// <param name="updates">How many log entries.</param>
    /// <returns>The bounds that were broken.</returns>
    public static async Task<List<string>> RunAsync(HouseProcess house, IPlaywright playwright, int updates)
    {
        var began = Stopwatch.StartNew();
        await using var browser = await Browsers.LaunchAsync(playwright);
        var wall = await Display.OpenAsync(browser, new Uri(house.Address, "/wall/situation"));
        var desk = await Display.OpenAsync(browser, house.Address);
        var watchers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => HubWatcher.OpenAsync(house.Address, null, n % 2 == 0)));
        var taken = new List<Sample>();
        Console.WriteLine($"Updates: {updates:N0} log entries; a wall on its tour, a desk page, {watchers.Length} hub clients");
        Console.WriteLine("   updates  date        open  server MB  days    ws   wall MB  nodes  elems  lstn  docs   desk MB  nodes  elems  lstn  docs");
        var (wallWas, deskWas) = (default(HeapContents), default(HeapContents));
        for (var n = 0; n < Samples; n++)
        {
            if (n == Warm)
            {
                (wallWas, deskWas) = (await wall.ContentsAsync(), await desk.ContentsAsync());
            }

            var sample = new Sample(await house.FeedAsync(updates / Samples), await wall.MeasureAsync(), await desk.MeasureAsync());
            taken.Add(sample);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sample.House.Updates,10} {sample.House.At,10:yyyy-MM-dd}{sample.House.OpenCases,7}{Mega(sample.House.Heap),11:0.00}{Mega(sample.House.History),6:0.00}{Mega(sample.House.WorkingSet),6:0} {Row(sample.Wall)} {Row(sample.Desk)}"));
        }

        var (first, last) = (taken[0].House, taken[^1].House);
        Console.WriteLine($"  {(last.At - first.At).TotalDays:0} days in {began.Elapsed.TotalMinutes:0.0} minutes; {watchers.Sum(w => w.Messages):N0} messages to hub clients");
        Compare("wall", wallWas!, await wall.ContentsAsync());
        Compare("desk", deskWas!, await desk.ContentsAsync());
        var broken = Judge(taken[Warm..]);
        if (!await wall.IsFreshAsync() || !await desk.IsFreshAsync())
        {
            broken.Add("a page is not fresh at the end");
        }

        broken.AddRange(new[] { ("wall", taken[^1].Wall), ("desk page", taken[^1].Desk) }.Where(page => page.Item2 is { Dialogs: > 0 } or { Loads: > 1 })
            .Select(page => $"the {page.Item1} was loaded {page.Item2.Loads} times and opened {page.Item2.Dialogs} dialogs"));

        foreach (var watcher in watchers)
        {
            await watcher.DisposeAsync();
        }

        return broken;
    }

    // Says where a rise is to be looked for; it is judged all the same.
    private static void Compare(string whose, HeapContents before, HeapContents after) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {whose}, from the first judged sample to the last: compiled code {Mega(before.Code):0.00} to {Mega(after.Code):0.00} MB, what scripts made {Mega(before.Objects):0.00} to {Mega(after.Objects):0.00} MB"));

    private static List<string> Judge(List<Sample> samples)
    {
        (string Name, Func<Sample, double> Of)[] figures =
        [
            ("server heap, MB", s => Mega(s.House.Heap - s.House.History)),
            ("wall heap, MB", s => Mega(s.Wall.Heap)), ("wall nodes", s => s.Wall.Nodes), ("wall elements", s => s.Wall.Elements), ("wall listeners", s => s.Wall.Listeners), ("wall documents", s => s.Wall.Documents),
            ("desk heap, MB", s => Mega(s.Desk.Heap)), ("desk nodes", s => s.Desk.Nodes), ("desk elements", s => s.Desk.Elements), ("desk listeners", s => s.Desk.Listeners), ("desk documents", s => s.Desk.Documents),
        ];
        Console.WriteLine($"  lines through the last {samples.Count} samples, per million updates, the server's without the day counts of history (\"days\"); level: |t| < 2.75, or the rise is less than three times the spread");
        var broken = new List<string>();
        foreach (var (name, of) in figures)
        {
            var line = Line.Through([.. samples.Select(s => (s.House.Updates / 1e6, of(s)))]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-18} mean {line.Mean,9:0.00}  slope {line.Slope,8:+0.000;-0.000}  rise {line.Rise,8:+0.000;-0.000}  spread {line.Spread,7:0.000}  t {line.T,7:0.0}  {(line.IsLevel ? "level" : line.Slope > 0 ? "RISES" : "falls")}"));
            if (!line.IsLevel && line.Slope > 0)
            {
                broken.Add($"{name} rises by {line.Rise.ToString("0.00", CultureInfo.InvariantCulture)}");
            }
        }

        return broken;
    }

    private static string Row(DisplayState state) =>
        string.Create(CultureInfo.InvariantCulture, $"{Mega(state.Heap),9:0.00}{state.Nodes,7}{state.Elements,7}{state.Listeners,6}{state.Documents,6}");

    private static double Mega(double bytes) => bytes / (1024 * 1024);

    private sealed record Sample(HouseState House, DisplayState Wall, DisplayState Desk);
}
