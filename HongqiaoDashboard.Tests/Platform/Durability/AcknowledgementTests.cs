using System.Text.RegularExpressions;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Platform.Durability;

/// <summary>An answer means: on the disk. Seen from outside, in the program's own system calls.</summary>
public sealed partial class AcknowledgementTests
{
    [Fact]
    public async Task Answer_ToAReport_ComesAfterTheSyncOfTheWriteThatHoldsIt()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        var trace = Path.GetTempFileName();
        try
        {
            string[] tracer = ["strace", "-f", "-y", "-s", "8192", "-o", trace, "-e", "trace=fdatasync,fsync,write,writev,pwrite64,pwritev,sendto,sendmsg"];
            var numbers = new List<string>();
            await using (var server = await AppServer.StartAsync(data, wrapper: tracer))
            {
                for (var n = 0; n < 5; n++)
                {
                    numbers.Add(await Reporting.ReportAsync(server.Http, n));
                }

                await server.KillAsync();
            }

            var calls = Calls(await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken));
            foreach (var number in numbers)
            {
                var written = calls.FindLastIndex(c => c.Name.StartsWith("pwrite", StringComparison.Ordinal) && IsLog(c) && c.Text.Contains(number, StringComparison.Ordinal) && c.End < Answer(calls, number));
                Assert.True(written >= 0, $"{number} was not seen on its way into the write-ahead log before its answer.");
                Assert.True(
                    calls.Exists(c => c.Name is "fdatasync" or "fsync" && IsLog(c) && c.Begin > calls[written].End && c.End < Answer(calls, number) && c.Text.EndsWith("= 0", StringComparison.Ordinal)),
                    $"{number} was answered before the write-ahead log was synced.");
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
            File.Delete(trace);
        }
    }

    [Fact]
    public async Task Answer_ToAPhotograph_ComesAfterTheSyncOfItsFileItsFolderAndItsRow()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        var trace = Path.GetTempFileName();
        try
        {
            string[] tracer = ["strace", "-f", "-y", "-s", "8192", "-o", trace, "-e", "trace=fdatasync,fsync,rename,renameat,renameat2,write,writev,pwrite64,pwritev,sendto,sendmsg"];
            string hash;
            await using (var server = await AppServer.StartAsync(data, wrapper: tracer))
            {
                hash = await Photographing.UploadAsync(server.Http, await Reporting.ReportAsync(server.Http, 1), PhotoSamples.Scene());
                await server.KillAsync();
            }

            // Each of these begins after the one before it has come back.
            var calls = Calls(await File.ReadAllLinesAsync(trace, TestContext.Current.CancellationToken));
            calls.Sort((one, other) => one.Begin.CompareTo(other.Begin));
            (string What, Predicate<Call> Is)[] order =
            [
                ("the file under its name", c => c.Name.StartsWith("rename", StringComparison.Ordinal) && c.Text.Contains(hash + ".jpg", StringComparison.Ordinal)),
                ("the sync of its folder", c => c.Name == "fsync" && c.Text.Contains($"/photos/{hash[..2]}>", StringComparison.Ordinal)),
                ("the row in the write-ahead log", c => c.Name.StartsWith("pwrite", StringComparison.Ordinal) && IsLog(c) && c.Text.Contains(hash, StringComparison.Ordinal)),
                ("the sync of the log", c => c.Name is "fdatasync" or "fsync" && IsLog(c)),
                ("the answer", c => c.Name is "sendmsg" or "sendto" or "write" or "writev" && c.Text.Contains("HTTP/1.1 201", StringComparison.Ordinal)),
            ];
            var named = calls.Find(order[0].Is) ?? throw new InvalidOperationException("The file was not seen.");
            Assert.Contains(calls, c => c.Name is "fsync" or "fdatasync" && c.Text.Contains("/photos/arriving/", StringComparison.Ordinal) && c.End < named.Begin);
            var at = -1;
            foreach (var (what, isIt) in order)
            {
                var next = calls.Find(c => c.Begin > at && isIt(c));
                Assert.True(next is not null && !next.Text.Contains("= -1", StringComparison.Ordinal), $"{what} was not seen in its place.");
                at = next.End;
            }
        }
        finally
        {
            Directory.Delete(data, recursive: true);
            File.Delete(trace);
        }
    }

    private static int Answer(List<Call> calls, string number) =>
        calls.Find(c => c.Name is "sendmsg" or "sendto" or "write" or "writev" && c.Text.Contains("HTTP/1.1 200", StringComparison.Ordinal) && c.Text.Contains(number, StringComparison.Ordinal))?.Begin
        ?? throw new InvalidOperationException($"The answer with {number} was not seen.");

    private static bool IsLog(Call call) => call.Text.Contains("hongqiao.db-wal>", StringComparison.Ordinal);

    // A call that another thread interrupts stands on two lines: where it begins, and where it has come back.
    private static List<Call> Calls(string[] lines)
    {
        var calls = new List<Call>();
        var open = new Dictionary<(string Thread, string Name), Call>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (Resumed().Match(lines[i]) is { Success: true } back)
            {
                if (open.Remove((back.Groups[1].Value, back.Groups[2].Value), out var begun))
                {
                    calls.Add(begun with { End = i, Text = begun.Text + lines[i] });
                }
            }
            else if (Begun().Match(lines[i]) is { Success: true } begin)
            {
                var call = new Call(begin.Groups[2].Value, i, i, lines[i]);
                if (lines[i].EndsWith("<unfinished ...>", StringComparison.Ordinal))
                {
                    open[(begin.Groups[1].Value, call.Name)] = call;
                }
                else
                {
                    calls.Add(call);
                }
            }
        }

        return calls;
    }

    private sealed record Call(string Name, int Begin, int End, string Text);

    [GeneratedRegex(@"^(\d+)\s+<\.\.\. (\w+) resumed>")]
    private static partial Regex Resumed();

    [GeneratedRegex(@"^(\d+)\s+(\w+)\(")]
    private static partial Regex Begun();
}
