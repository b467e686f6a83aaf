using HongqiaoDashboard.Features.Grids.Contracts;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Bench;

/// <summary>What it costs the browser to draw changed cells, at the size of a wall of four displays.</summary>
internal static class Restyle
{
    private const int Width = 3840;
    private const int Height = 2160;
    private const int RoundsOfEach = 31;
    private const int ASecond = 50;
    private static readonly TimeSpan Watching = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(50);

    // The product's own map as large as the display, with a mark on each seventh cell. A restyle is the call, the redraw in the
    // next frame, and the pixels, which reading one of them waits for.
    private const string Measure =
        """
        async ({ layers, south, west, north, east, codes, part, rounds }) => {
          document.body.innerHTML = '<div class="wall-root"><div class="leaflet-host wall-map" style="position:fixed;inset:0"></div></div>';
          const host = document.querySelector('.leaflet-host');
          const { create } = await import('/Ui/Map/LeafletMap.razor.js');
          const map = create(host, { south, west, north, east, layers, labels: [], markers: [], view: { group: 'Basic' }, padding: 8, texts: { whole: '' } }, null);
          while (host.dataset.ready !== 'true') await new Promise(resolve => setTimeout(resolve, 20));
          const frame = () => new Promise(resolve => requestAnimationFrame(resolve));
          const values = codes.map((_, i) => i === 1 ? 30 : 1 + i % 20);
          map.setCells(codes.map((code, i) => [code, values[i], i % 7 === 0 ? 1 : 0]));
          for (let i = 0; i < 10; i++) await frame();
          const canvases = [...host.querySelectorAll('canvas')];
          // Another class each time; the largest value stays, so the classes do.
          const changed = each => codes.flatMap((code, i) => i % each !== 0 || i === 1 ? [] : [[code, values[i] = (values[i] + 7) % 20]]);
          const once = async each => {
            const changes = changed(each);
            await frame();
            let began = 0;
            const beginning = new Promise(resolve => requestAnimationFrame(() => { began = performance.now(); resolve(); }));
            const called = performance.now();
            map.setCells(changes);
            const call = performance.now() - called;
            const end = new Promise(resolve => requestAnimationFrame(() => {
              for (const canvas of canvases) canvas.getContext('2d').getImageData(0, 0, 1, 1);
              resolve(performance.now());
            }));
            await beginning;
            return { time: call + (await end) - began, cells: Number(host.dataset.restyled) };
          };
          const times = { some: [], all: [] };
          const cells = {};
          for (let round = 0; round <= rounds; round++) {
            for (const [name, each] of [['all', 1], ['some', part]]) {
              const taken = await once(each);
              cells[name] = taken.cells;
              if (round > 0) times[name].push(taken.time);
            }
          }
          const median = list => list.sort((a, b) => a - b)[Math.floor(list.length / 2)];
          return { some: median(times.some), all: median(times.all), someCells: cells.some, allCells: cells.all, longest: Math.max(...times.some) };
        }
        """;

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folder is made.</param>
    public static async Task RunAsync(string folder)
    {
        Console.WriteLine($"Restyle: the map's cells at {Width}x{Height} in Chromium without a graphics card, {RoundsOfEach} rounds, median");
        await using var screen = await Screen.StartAsync();
        if (screen is null)
        {
            return;
        }

        await using var server = await ScreenServer.StartAsync(Path.Combine(folder, "restyle"));
        await CompareAsync(await screen.OpenAsync(server, Width, Height), server);
        await WatchAsync(screen, server, "?tier=basic", "one tier standing still");
        await WatchAsync(screen, server, "?tour=tiers&every=10", "a tour that changes its view every 10 s");
    }

    private static async Task CompareAsync(IPage page, ScreenServer server)
    {
        await page.GotoAsync(new Uri(server.Address, "/no-such-page").ToString());
        var (edition, bounds) = (server.Edition, server.Edition.Bounds);
        var result = await page.EvaluateAsync<Result>(Measure, new
        {
            layers = new[] { ("Street", "fill", 0.0), ("Community", "fill", 0), ("Basic", "fill", 0), ("Community", "line", 0.8), ("Street", "line", 2.2), ("District", "line", 3.2) }
                .Select(layer => new { url = $"/api/grids/{edition.Id}/{layer.Item1}.geojson", kind = layer.Item2, group = layer.Item1, weight = layer.Item3 }).ToArray(),
            south = bounds.MinLatitude, west = bounds.MinLongitude, north = bounds.MaxLatitude, east = bounds.MaxLongitude,
            codes = edition.Units.Where(unit => unit.Tier == GridTier.Basic).Select(unit => unit.Code).ToArray(),
            part = 20, rounds = RoundsOfEach,
        });
        Console.WriteLine($"  restyle all {result.AllCells:N0} cells (baseline)      {result.All,8:0.0} ms    1.00 of the baseline's time");
        Console.WriteLine($"  restyle {result.SomeCells:N0} changed cells, all over it{result.Some,8:0.0} ms{result.Some / result.All,8:0.00} of the baseline's time (aim: at most 0.25); longest {result.Longest:0.0} ms");
        await page.CloseAsync();
    }

    private static async Task WatchAsync(Screen screen, ScreenServer server, string query, string what)
    {
        var page = await screen.OpenAsync(server, Width, Height);
        await page.GotoAsync(new Uri(server.Address, "/wall/situation" + query).ToString());
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]");
        var basics = server.Edition.Units.Where(unit => unit.Tier == GridTier.Basic).ToList();
        await server.PostSteadilyAsync(basics, ASecond, TimeSpan.FromSeconds(5));
        var watched = await screen.WatchAsync();
        await server.PostSteadilyAsync(basics, ASecond, Watching);
        var tasks = await watched.EndAsync();
        Console.WriteLine($"  the board for {Watching.TotalSeconds:0} s at {ASecond} reports a second, {what}: {tasks.Count:N0} tasks");
        Row("on the clock, with waiting for a processor", tasks.ConvertAll(task => task.Held));
        Row("worked for by a processor", tasks.ConvertAll(task => task.Worked));
        await page.CloseAsync();

        static void Row(string name, List<TimeSpan> tasks) =>
            Console.WriteLine($"    {name,-46}longest {tasks.Max().TotalMilliseconds,4:0} ms, {tasks.Count(task => task > Aim)} over {Aim.TotalMilliseconds:0} ms (aim: none)");
    }

    /// <summary>What the page has measured, in milliseconds.</summary>
    private sealed class Result
    {
        public double Some { get; set; }

        public double All { get; set; }

        public int SomeCells { get; set; }

        public int AllCells { get; set; }

        public double Longest { get; set; }
    }
}
