using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Soak;

/// <summary>
/// Hub clients and pages that come and go by the thousand, half of them without a goodbye: what the server holds afterwards
/// must be what it held before.
/// </summary>
internal static class Comings
{
    private const double Bound = 0.05;
    private const int LengthOfBasic = 15;
    private const int AtOnce = 32;
    private const int PagesOfABrowser = 20;
    private const int TabsAtOnce = 4;

    // Longer than anything is kept for those who may come back: feeds that nobody watches live for a minute.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(75);

    // The web server gives the buffers of a busy time back bit by bit, while it rests.
    private static readonly TimeSpan FurtherRest = TimeSpan.FromSeconds(20);
    private const int MostRests = 12;
    private const double Still = 0.005;

    /// <summary>Runs and prints.</summary>
    /// <param name="house">The program.</param>
    /// <param name="playwright">Drives browsers.</param>
    /// <param name="connects">How many hub clients.</param>
    /// <param name="circuits">How many pages.</param>
    /// <returns>The bounds that were broken.</returns>
    public static async Task<List<string>> RunAsync(HouseProcess house, IPlaywright playwright, int connects, int circuits)
    {
        var scopes = await ScopesAsync(house.Address);
        // Code is compiled and pools are filled by those who come first, pages more slowly than clients: as many come unjudged as
        // are judged, and what they add is printed. A leak adds as much the second time; a pool does not.
        await ConnectAsync(house.Address, scopes, Math.Min(connects, 1000));
        var fresh = await QuietAsync(house);
        await VisitAsync(house.Address, playwright, circuits);
        var before = await QuietAsync(house);
        Print("fresh", fresh);
        Console.WriteLine($"Comings: {connects:N0} hub clients watching {scopes.Length} scopes in turn, JSON and MessagePack, half dropped; {circuits} pages, half with their browser killed");
        Print("before", before);
        var time = Stopwatch.StartNew();
        await ConnectAsync(house.Address, scopes, connects);
        var connected = await QuietAsync(house);
        Print($"after {connects:N0} hub clients, {time.Elapsed.TotalSeconds:0} s", connected);
        time.Restart();
        await VisitAsync(house.Address, playwright, circuits);
        var after = await QuietAsync(house);
        Print($"after {circuits} pages, {time.Elapsed.TotalSeconds:0} s", after);
        return [.. Judge("hub clients", before, connected), .. Judge("pages", connected, after)];
    }

    private static IEnumerable<string> Judge(string whose, HouseState before, HouseState after)
    {
        var (heap, memory) = (((double)after.Heap / before.Heap) - 1, ((double)after.WorkingSet / before.WorkingSet) - 1);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {whose}: heap {heap:+0.0%;-0.0%}, working set {memory:+0.0%;-0.0%}; bound {Bound:0%}"));
        if (heap > Bound || memory > Bound)
        {
            yield return $"the server holds more after {whose} came and went";
        }

        if (after.Connections > 0)
        {
            yield return $"{after.Connections} connections of those who have gone are still there";
        }
    }

    private static async Task ConnectAsync(Uri server, string?[] scopes, int connects) =>
        await Parallel.ForAsync(0, connects, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            var watcher = await HubWatcher.OpenAsync(server, scopes[n % scopes.Length], n % 4 < 2);
            await watcher.LeaveAsync(goodbye: n % 2 == 1);
        });

    private static async Task VisitAsync(Uri server, IPlaywright playwright, int pages)
    {
        for (var rest = pages; rest > 0; rest -= PagesOfABrowser)
        {
            await using var browser = await Browsers.LaunchAsync(playwright);
            await Parallel.ForAsync(0, Math.Min(rest, PagesOfABrowser), new ParallelOptions { MaxDegreeOfParallelism = TabsAtOnce }, async (n, _) =>
            {
                var page = await browser.NewPageAsync();
                await page.GotoAsync(new Uri(server, n % 4 < 2 ? "/wall/situation" : "/").ToString());
                await page.WaitForSelectorAsync("[data-freshness=fresh]", new PageWaitForSelectorOptions { Timeout = 60_000 });
                if (n % 2 == 0)
                {
                    // Leaving says goodbye; the others stay until their browser is killed.
                    await page.GotoAsync("about:blank");
                    await page.CloseAsync();
                }
            });
            await CrashAsync(browser);
        }
    }

    private static async Task CrashAsync(IBrowser browser)
    {
        var gone = new TaskCompletionSource();
        browser.Disconnected += (_, _) => gone.TrySetResult();
        var tools = await browser.NewBrowserCDPSessionAsync();
        // It never answers: it has gone.
        _ = tools.SendAsync("Browser.crash").ContinueWith(static asked => asked.Exception, TaskScheduler.Default);
        await gone.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static async Task<HouseState> QuietAsync(HouseProcess house)
    {
        await Task.Delay(Rest);
        var state = await house.FeedAsync();
        for (var rest = 0; rest < MostRests; rest++)
        {
            await Task.Delay(FurtherRest);
            var before = state;
            state = await house.FeedAsync();
            if (state.Heap > before.Heap * (1 - Still))
            {
                break;
            }
        }

        return state;
    }

    // Every scope above the basic grids, told by the picture of the whole, and one basic grid in each community.
    private static async Task<string?[]> ScopesAsync(Uri server)
    {
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(server, "/hubs/situation")).Build();
        await connection.StartAsync();
        var picture = await connection.InvokeAsync<JsonElement>("Snapshot", null);
        var codes = picture.GetProperty("heat").EnumerateArray().Select(cell => cell.GetProperty("code").GetString()!);
        return [null, .. codes.Where(code => code.Length < LengthOfBasic || code.EndsWith("001", StringComparison.Ordinal))];
    }

    private static void Print(string when, HouseState state) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {when,-40} heap {state.Heap / 1048576.0,7:0.00} MB, working set {state.WorkingSet / 1048576.0,6:0} MB, {state.Connections} connections"));
}
