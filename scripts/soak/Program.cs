// Whether the program stays up: what it and its pages hold after a million updates, and after thousands of visitors.
//
//     bash scripts/soak.sh [--updates N] [--connects N] [--pages N]
//
// Prints what it sees, and ends with 1 when a bound is broken. 0 leaves a part out.

using System.Globalization;
using HongqiaoDashboard.Soak;
using Microsoft.Data.Sqlite;
using Microsoft.Playwright;

// Half a year in a million updates.
const double UpdatesADay = 1_000_000.0 / 180;

if (args is ["house", var data, var updatesADay])
{
    await House.RunAsync(data, double.Parse(updatesADay, CultureInfo.InvariantCulture));
    return 0;
}

var wanted = new Dictionary<string, int> { ["--updates"] = 1_000_000, ["--connects"] = 10_000, ["--pages"] = 300 };
for (var i = 0; i < args.Length; i += 2)
{
    if (!wanted.ContainsKey(args[i]) || i + 1 == args.Length || !int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
    {
        Console.Error.WriteLine($"Not understood: {args[i]}. Options, each with a number: {string.Join(", ", wanted.Keys)}");
        return 2;
    }

    wanted[args[i]] = number;
}

var folder = Directory.CreateTempSubdirectory("hongqiao-soak-");
var broken = new List<string>();
try
{
    Console.WriteLine($"{Environment.ProcessorCount} processors, .NET {Environment.Version}");
    using var playwright = await Playwright.CreateAsync();
    await using var house = await HouseProcess.StartAsync(Path.Combine(folder.FullName, "data"), UpdatesADay);
    if (wanted["--updates"] > 0)
    {
        broken.AddRange(await Updates.RunAsync(house, playwright, wanted["--updates"]));
    }

    if (wanted["--connects"] + wanted["--pages"] > 0)
    {
        broken.AddRange(await Comings.RunAsync(house, playwright, wanted["--connects"], wanted["--pages"]));
    }
}
finally
{
    SqliteConnection.ClearAllPools();
    folder.Delete(recursive: true);
}

broken.ForEach(bound => Console.WriteLine("BROKEN: " + bound));
Console.WriteLine(broken.Count == 0 ? "It stays up." : $"{broken.Count} bounds are broken.");
return broken.Count == 0 ? 0 : 1;
