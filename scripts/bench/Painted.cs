using System.Diagnostics;
using HongqiaoDashboard.Features.Grids.Contracts;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Bench;

/// <summary>How long a report takes from its POST to the frame of a real browser in which the wall shows it.</summary>
internal static class Painted
{
    private const int ASecond = 50;
    private static readonly TimeSpan Warming = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Measuring = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Aim = Tick + TimeSpan.FromMilliseconds(150);

    // Each time the stream or a cell has changed, what is newest then, when that was known, and when its frame had been drawn: at
    // the beginning of the frame after it. Cards that come and go between two frames are not missed: numbers rise, so a report is
    // shown by the first frame whose newest number is not below its own.
    private const string Watcher =
        """
        () => {
          const watch = globalThis.watch = { stream: [], cells: [] };
          const painted = entry => requestAnimationFrame(() => requestAnimationFrame(now => { entry.painted = now; }));
          const host = document.querySelector('.leaflet-host');
          let newest = '';
          new MutationObserver(() => {
            for (const row of document.querySelectorAll('.wall-stream [data-number]')) {
              if (row.dataset.number <= newest) continue;
              newest = row.dataset.number;
              watch.stream.push({ key: newest, known: performance.now() });
              painted(watch.stream.at(-1));
            }
          }).observe(document.querySelector('.wall-board'), { childList: true, subtree: true });
          const shown = new Map();
          const setStyle = L.Path.prototype.setStyle;
          L.Path.prototype.setStyle = function (style) {
            const code = this.feature?.properties.code;
            const value = code?.length === 15 ? host.cellOf(code)?.value : undefined;
            if (value !== undefined && value !== shown.get(code)) {
              shown.set(code, value);
              watch.cells.push({ key: `${code}:${value}`, known: performance.now() });
              painted(watch.cells.at(-1));
            }
            return setStyle.call(this, style);
          };
        }
        """;

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folder is made.</param>
    public static async Task RunAsync(string folder)
    {
        Console.WriteLine($"Painted: {ASecond} reports a second over Open311 for {Measuring.TotalSeconds:0} s, /wall/situation at 1920x1080 in Chromium without a graphics card; baseline: one tick, {Tick.TotalMilliseconds:0} ms");
        await using var screen = await Screen.StartAsync();
        if (screen is null)
        {
            return;
        }

        await using var server = await ScreenServer.StartAsync(Path.Combine(folder, "painted"));
        var basics = server.Edition.Units.Where(unit => unit.Tier == GridTier.Basic).ToList();
        var page = await screen.OpenAsync(server, 1920, 1080);
        await page.GotoAsync(new Uri(server.Address, "/wall/situation?tier=basic").ToString());
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]");
        await server.PostSteadilyAsync(basics, ASecond, Warming);
        await page.EvaluateAsync(Watcher);
        var (toOwn, error) = await Screen.RelateAsync(page);

        var posted = await server.PostSteadilyAsync(basics, ASecond, Measuring);
        await page.WaitForFunctionAsync("last => watch.stream.some(entry => entry.key >= last && entry.painted)", posted.Max(post => post.Number));
        await page.WaitForFunctionAsync("watch.cells.every(entry => entry.painted)");
        var stream = await SeenAsync(page, "stream", toOwn);
        var cells = await SeenAsync(page, "cells", toOwn);
        Print(posted, stream, cells, ASecond * (int)Warming.TotalSeconds, basics.Count, error);
    }

    private static async Task<List<Seen>> SeenAsync(IPage page, string what, Func<double, long> toOwn) =>
        [.. (await page.EvaluateAsync<Entry[]>($"watch.{what}")).Select(entry => new Seen(entry.Key, toOwn(entry.Known), toOwn(entry.Painted)))];

    private static void Print(Posted[] posted, List<Seen> stream, List<Seen> cells, int before, int places, TimeSpan error)
    {
        var byCell = cells.GroupBy(seen => seen.Key).ToDictionary(group => group.Key, group => group.First());
        var found = posted.Select((post, n) =>
        {
            // So many reports have gone to its cell when it arrives, its own included.
            var count = (n / places) + 1 + (n % places < before ? 1 : 0);
            return (Post: post, Stream: stream.First(seen => string.CompareOrdinal(seen.Key, post.Number) >= 0), Cell: byCell.GetValueOrDefault($"{post.Grid}:{count}"));
        }).ToList();
        Console.WriteLine($"  {posted.Length:N0} reports, {found.Count(f => f.Stream.Key == f.Post.Number || f.Cell is not null):N0} of them seen; clocks related to {error.TotalMilliseconds:0.0} ms");
        Row("POST to its answer", found.Select(f => (f.Post.Sent, f.Post.Answered)));
        Row("POST to its card in the page", found.Select(f => (f.Post.Sent, f.Stream.Known)));
        Row("POST to its card painted", found.Select(f => (f.Post.Sent, f.Stream.Painted)));
        Row("POST to its cell restyled", found.Where(f => f.Cell is not null).Select(f => (f.Post.Sent, f.Cell!.Known)));
        Row("POST to its cell painted", found.Where(f => f.Cell is not null).Select(f => (f.Post.Sent, f.Cell!.Painted)));
        Row("known in the page to painted", stream.Select(seen => (seen.Known, seen.Painted)));
        var missed = found.Count(f => f.Cell is null);
        if (missed > 0)
        {
            Console.WriteLine($"  {missed} cells took more than one report between two pictures, and were seen with the later one");
        }

        static void Row(string name, IEnumerable<(long From, long To)> spans)
        {
            var sorted = spans.Select(span => Stopwatch.GetElapsedTime(span.From, span.To)).Order().ToList();
            var (median, late, last) = (sorted[sorted.Count / 2], sorted[(int)(sorted.Count * 0.99)], sorted[^1]);
            Console.WriteLine($"  {name,-34}median {median.TotalMilliseconds,6:0} ms, p99 {late.TotalMilliseconds,6:0} ms, most {last.TotalMilliseconds,6:0} ms; p99 {late / Tick,6:0.00} ticks, {late / Aim,5:0.00} of a tick + 150 ms");
        }
    }

    private sealed record Seen(string Key, long Known, long Painted);

    /// <summary>An entry as the page keeps it.</summary>
    private sealed class Entry
    {
        public string Key { get; set; } = "";

        public double Known { get; set; }

        public double Painted { get; set; }
    }
}
