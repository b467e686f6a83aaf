using System.Text.Json;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Bench;

/// <summary>What the browser's pages do on their main threads, task by task, by the browser's own trace.</summary>
internal sealed class PageTasks
{
    private static readonly string[] Kept = ["toplevel"];

    private readonly ICDPSession _session;
    private readonly List<JsonElement> _events = [];
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PageTasks(ICDPSession session)
    {
        _session = session;
        session.Event("Tracing.dataCollected").OnEvent += (_, data) => _events.AddRange(data!.Value.GetProperty("value").EnumerateArray().Select(each => each.Clone()));
        session.Event("Tracing.tracingComplete").OnEvent += (_, _) => _complete.TrySetResult();
    }

    /// <summary>Begins to write down.</summary>
    /// <param name="browser">The browser.</param>
    public static async Task<PageTasks> WatchAsync(IBrowser browser)
    {
        var tasks = new PageTasks(await browser.NewBrowserCDPSessionAsync());
        await tasks._session.SendAsync("Tracing.start", new Dictionary<string, object>
        {
            ["transferMode"] = "ReportEvents",
            ["traceConfig"] = new { includedCategories = Kept },
        });
        return tasks;
    }

    /// <summary>Ends it.</summary>
    /// <returns>How long each task held its page, and how much of that the processor worked for it.</returns>
    public async Task<List<(TimeSpan Held, TimeSpan Worked)>> EndAsync()
    {
        await _session.SendAsync("Tracing.end");
        await _complete.Task.WaitAsync(TimeSpan.FromMinutes(1));
        await _session.DetachAsync();
        var mains = _events.Where(each => Name(each) == "thread_name" && each.GetProperty("args").GetProperty("name").GetString() == "CrRendererMain").Select(Thread).ToHashSet();
        return [.. _events.Where(each => Name(each) == "ThreadControllerImpl::RunTask" && mains.Contains(Thread(each)) && each.TryGetProperty("dur", out _))
            .Select(each => (Microseconds(each, "dur"), Microseconds(each, "tdur")))];
    }

    private static string? Name(JsonElement each) => each.GetProperty("name").GetString();

    private static (long, long) Thread(JsonElement each) => (each.GetProperty("pid").GetInt64(), each.GetProperty("tid").GetInt64());

    private static TimeSpan Microseconds(JsonElement each, string member) =>
        each.TryGetProperty(member, out var value) ? TimeSpan.FromMicroseconds(value.GetDouble()) : TimeSpan.Zero;
}
