// Measures what design decisions rest on, as ratios against a named baseline, so that machines compare:
//
//     bash scripts/bench.sh [part ...]
//
// Each figure is the median of rounds in which the candidates take turns, after one round that is not counted.
// BENCH_DATA names a folder to keep: the part "history" then fills its million cases only once.

using HongqiaoDashboard.Bench;
using Microsoft.Data.Sqlite;

(string Name, Func<string, Task> Run)[] parts =
[
    ("writing", Writing.RunAsync),
    ("sending", Sending.RunAsync),
    ("history", History.RunAsync),
    ("painted", Painted.RunAsync),
    ("restyle", Restyle.RunAsync),
    ("http", HttpReports.RunAsync),
    ("delivery", Delivery.RunAsync),
    ("stopped", Stopped.RunAsync),
];
if (args is ["serve", var kind, .. var rest])
{
    return await Serving.RunAsync(kind, rest);
}

var unknown = args.Except(parts.Select(part => part.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"No such part: {string.Join(", ", unknown)}. Parts: {string.Join(", ", parts.Select(part => part.Name))}");
    return 2;
}

var kept = Environment.GetEnvironmentVariable("BENCH_DATA");
var folder = string.IsNullOrEmpty(kept) ? Directory.CreateTempSubdirectory("hongqiao-bench-") : Directory.CreateDirectory(Path.GetFullPath(kept));
try
{
    Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {Rounds.Count} rounds, median; data in {Path.GetPathRoot(folder.FullName)}");
    foreach (var (name, run) in parts)
    {
        if (args.Length == 0 || args.Contains(name))
        {
            Console.WriteLine();
            await run(folder.FullName);
        }
    }
}
finally
{
    SqliteConnection.ClearAllPools();
    if (string.IsNullOrEmpty(kept))
    {
        folder.Delete(recursive: true);
    }
}

return 0;
