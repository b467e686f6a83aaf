// Measures what design decisions rest on, as ratios against a named baseline, so that machines compare:
//
//     bash scripts/bench.sh [part ...]
//
// Each figure is the median of rounds in which the candidates take turns, after one round that is not counted.

using HongqiaoDashboard.Bench;
using Microsoft.Data.Sqlite;

(string Name, Func<string, Task> Run)[] parts =
[
    ("writing", Writing.RunAsync),
    ("sending", Sending.RunAsync),
    ("history", History.RunAsync),
    ("painted", Painted.RunAsync),
    ("restyle", Restyle.RunAsync),
];
var unknown = args.Except(parts.Select(part => part.Name)).ToList();
if (unknown.Count > 0)
{
    Console.Error.WriteLine($"No such part: {string.Join(", ", unknown)}. Parts: {string.Join(", ", parts.Select(part => part.Name))}");
    return 2;
}

var folder = Directory.CreateTempSubdirectory("hongqiao-bench-");
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
    folder.Delete(recursive: true);
}

return 0;
