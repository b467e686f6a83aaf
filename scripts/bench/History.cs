using System.Diagnostics;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Bench;

/// <summary>What a long history costs whoever reads lists of cases: a million cases against ten thousand.</summary>
internal static class History
{
    private const int Few = 10_000;
    private const int Many = 1_000_000;
    private const int Worst = 12;

    /// <summary>Fills both, measures and prints; some minutes.</summary>
    /// <param name="folder">Where the data folders are made.</param>
    public static async Task RunAsync(string folder)
    {
        await using var few = House.Compose(Path.Combine(folder, "few"));
        await using var many = House.Compose(Path.Combine(folder, "many"));
        var now = TimeProvider.System.GetUtcNow();
        Console.WriteLine($"History: {Many:N0} cases against {Few:N0}");
        if (Cases(few) == 0 && Cases(many) == 0)
        {
            var brief = await TimeAsync(() => HistoryFill.RunAsync(few, Few, now));
            var whole = await TimeAsync(() => HistoryFill.RunAsync(many, Many, now));
            Console.WriteLine($"  {$"taking in, as imports do: {Few:N0} (baseline)",-46}{Few / brief.TotalSeconds,10:N0} cases/s");
            Console.WriteLine($"  {$"taking in: {Many:N0}",-46}{Many / whole.TotalSeconds,10:N0} cases/s{brief * (Many / Few) / whole,8:0.00} of the baseline's rate");
        }
        else if (Cases(few) < Few || Cases(many) < Many)
        {
            throw new InvalidOperationException($"Filling '{folder}' did not come to its end; remove it.");
        }
        else
        {
            Console.WriteLine("  taking in: kept from an earlier run, not measured");
        }

        var results = new List<(string Name, TimeSpan Few, TimeSpan Many)>();
        foreach (var (name, query) in Queries(many))
        {
            var pair = await Rounds.MeasureAsync(("few", () => Page(few, query)), ("many", () => Page(many, query)));
            results.Add((name, pair[0].Median, pair[1].Median));
        }

        Console.WriteLine($"  Pages of the list, {results.Count} combinations of conditions, words, orders and pages, in ms:");
        Line("median", results.Select(r => r.Few).Order().ElementAt(results.Count / 2), results.Select(r => r.Many).Order().ElementAt(results.Count / 2));
        Line("90 of 100 within", results.Select(r => r.Few).Order().ElementAt(results.Count * 9 / 10), results.Select(r => r.Many).Order().ElementAt(results.Count * 9 / 10));
        Console.WriteLine($"  over 100 ms at {Many:N0}: {results.Count(r => r.Many.TotalMilliseconds > 100)}; over 300 ms: {results.Count(r => r.Many.TotalMilliseconds > 300)}; the slowest:");
        foreach (var (name, baseline, time) in results.OrderByDescending(r => r.Many).Take(Worst))
        {
            Line(name, baseline, time);
        }

        await Standing.RunAsync(folder, ("few", few), ("many", many));

        static void Line(string name, TimeSpan few, TimeSpan many) =>
            Console.WriteLine($"    {name,-52}{few.TotalMilliseconds,8:0.0} (baseline){many.TotalMilliseconds,8:0.0}{many / few,8:0.0} of the baseline's time");
    }

    private static int Cases(WebApplication app)
    {
        using var read = app.Services.GetRequiredService<IReadDoor>().Open(Actor.System);
        return read.Query<Incident>().Count();
    }

    private static Task<IncidentPage> Page(WebApplication app, IncidentQuery query) => app.Services.GetRequiredService<IIncidentReader>().SearchAsync(query, Actor.System);

    private static async Task<TimeSpan> TimeAsync(Func<Task> run)
    {
        var began = Stopwatch.GetTimestamp();
        await run();
        return Stopwatch.GetElapsedTime(began);
    }

    private static IEnumerable<(string Name, IncidentQuery Query)> Queries(WebApplication app)
    {
        var edition = app.Services.GetRequiredService<IGridDirectory>().Current;
        string Code(GridTier tier) => edition.Units.First(unit => unit.Tier == tier).Code;
        (string, Func<IncidentQuery, IncidentQuery>)[] conditions =
        [
            ("all", q => q),
            ("open", q => q with { OpenOnly = true }),
            ("overdue", q => q with { OverdueOnly = true }),
            ("closed", q => q with { States = [IncidentState.Closed] }),
            ("major", q => q with { Severity = IncidentSeverity.Major }),
            ("closed, major", q => q with { States = [IncidentState.Closed], Severity = IncidentSeverity.Major }),
            ("category", q => q with { Category = "04" }),
            ("type", q => q with { Type = "0401" }),
            ("department", q => q with { Department = "chengguan" }),
            ("street", q => q with { GridCode = Code(GridTier.Street) }),
            ("community", q => q with { GridCode = Code(GridTier.Community) }),
            ("grid", q => q with { GridCode = Code(GridTier.Basic) }),
            ("category, street", q => q with { Category = "04", GridCode = Code(GridTier.Street) }),
            ("department, street, major", q => q with { Department = "chengguan", GridCode = Code(GridTier.Street), Severity = IncidentSeverity.Major }),
            ("a year", q => q with { ReportedFrom = new DateOnly(2022, 1, 1), ReportedTo = new DateOnly(2022, 12, 31) }),
        ];
        (string, Func<IncidentQuery, IncidentQuery>)[] words =
        [
            ("", q => q),
            (", 井盖", q => q with { Text = "井盖" }),
            (", 古树", q => q with { Text = "古树" }),
            (", 号", q => q with { Text = "号" }),
        ];
        (string, Func<IncidentQuery, IncidentQuery>)[] orders =
        [
            ("newest", q => q),
            ("page 400", q => q with { Page = 400 }),
            ("due first", q => q with { Order = IncidentOrder.Due, Descending = false }),
        ];
        return from condition in conditions
               from word in words
               from order in orders
               select ($"{condition.Item1}{word.Item1}; {order.Item1}", order.Item2(word.Item2(condition.Item2(new IncidentQuery()))));
    }
}
