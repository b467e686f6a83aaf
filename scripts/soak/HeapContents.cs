using System.Text;
using System.Text.Json;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Soak;

/// <summary>
/// What a page's heap consists of, from a heap snapshot. Browsers compile a function when it is first run and anew when it has
/// run often, and go on for hours with what runs seldom: that grows towards all code there is, and is no leak.
/// </summary>
/// <param name="Code">Bytes of compiled code and what belongs to it.</param>
/// <param name="Objects">Bytes of what scripts made: objects, arrays, strings, numbers, closures.</param>
internal sealed record HeapContents(long Code, long Objects)
{
    private static readonly string[] Made = ["array", "string", "object", "closure", "regexp", "number", "concatenated string", "sliced string", "symbol", "bigint", "object shape"];

    /// <summary>Takes a snapshot of a page, after the collection that it begins with.</summary>
    /// <param name="tools">The page's tools.</param>
    public static async Task<HeapContents> OfAsync(ICDPSession tools)
    {
        var text = new StringBuilder();
        var chunks = tools.Event("HeapProfiler.addHeapSnapshotChunk");
        void Add(object? sender, JsonElement? chunk) => text.Append(chunk!.Value.GetProperty("chunk").GetString());
        chunks.OnEvent += Add;
        await tools.SendAsync("HeapProfiler.takeHeapSnapshot", new Dictionary<string, object> { ["reportProgress"] = false });
        chunks.OnEvent -= Add;
        using var snapshot = JsonDocument.Parse(Encoding.UTF8.GetBytes(text.ToString()));
        return Sum(snapshot.RootElement);
    }

    // The format's own head says how many numbers make a node, and what they mean.
    private static HeapContents Sum(JsonElement snapshot)
    {
        var meta = snapshot.GetProperty("snapshot").GetProperty("meta");
        var fields = meta.GetProperty("node_fields").EnumerateArray().Select(field => field.GetString()).ToList();
        var types = meta.GetProperty("node_types")[0].EnumerateArray().Select(type => type.GetString()).ToList();
        var (typeAt, sizeAt) = (fields.IndexOf("type"), fields.IndexOf("self_size"));
        var (at, type, sums) = (0, 0, new long[types.Count]);
        foreach (var number in snapshot.GetProperty("nodes").EnumerateArray())
        {
            if (at == typeAt)
            {
                type = number.GetInt32();
            }
            else if (at == sizeAt)
            {
                sums[type] += number.GetInt64();
            }

            at = (at + 1) % fields.Count;
        }

        return new HeapContents(sums[types.IndexOf("code")], types.Select((name, n) => Made.Contains(name) ? sums[n] : 0).Sum());
    }
}
