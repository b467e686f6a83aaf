using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Intake.Import;
using HongqiaoDashboard.Tests.TestKit;
using static HongqiaoDashboard.Tests.Features.Intake.Import.ImportSamples;

namespace HongqiaoDashboard.Tests.Features.Intake.Import;

/// <summary>The verb on the real program: its answers, its files, and what a kill leaves.</summary>
public sealed partial class ImportVerbTests : IDisposable
{
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hongqiao-import-");

    private string Data => Path("data");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Import_OfAFileWithBadRows_AnswersOnStandardOutputAndWritesReportAndRows()
    {
        var file = Write("in.csv", File(Row("1"), Row("2", type: "=cmd()"), Row("3", "2040-01-01T00:00:00Z", "")));

        var (exit, output, error) = await AppServer.RunVerbAsync(Data, "import", file, "--report", Path("r.json"), $"--rejected={Path("bad.csv")}", "--source", "old");
        var csv = await AppServer.RunVerbAsync(Data, "import", Path("bad.csv"), "--report", Path("r.csv"), "--dry-run");

        Assert.Equal(1, exit);
        Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.DoesNotContain("=cmd", output, StringComparison.Ordinal);
        Assert.NotEmpty(error);
        using var report = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(Path("r.json"), Cancellation));
        var root = report.RootElement;
        Assert.Equal((3, 1, 0, 2), (root.GetProperty("rows").GetInt32(), root.GetProperty("imported").GetInt32(), root.GetProperty("known").GetInt32(), root.GetProperty("refusedRows").GetInt32()));
        Assert.Equal(
            [(3, "type", "UnknownType"), (4, "reported_at", "ReportInFuture")],
            root.GetProperty("refused").EnumerateArray().Select(r => (r.GetProperty("line").GetInt32(), r.GetProperty("column").GetString()!, r.GetProperty("code").GetString()!)));
        Assert.Equal(File(Row("2", type: "=cmd()"), Row("3", "2040-01-01T00:00:00Z", "")), await System.IO.File.ReadAllTextAsync(Path("bad.csv"), Cancellation));
        Assert.Equal(1, csv.ExitCode);
        var lines = await System.IO.File.ReadAllLinesAsync(Path("r.csv"), Cancellation);
        Assert.Equal("line,column,code,reason", lines[0]);
        Assert.StartsWith("2,type,UnknownType,", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_TwiceWithAMappingOfItsOwn_ImportsOnceAndTheFolderIsSound()
    {
        var mapping = Write("map.json", (ImportMapping.Documented with { Source = "own", Name = "x" }).ToJson());
        var file = Write("in.csv", File(Row("1"), Row("2")));

        var first = await AppServer.RunVerbAsync(Data, "import", file, "--mapping-file", mapping);
        var second = await AppServer.RunVerbAsync(Data, "import", file, "--mapping-file", mapping);
        var check = await AppServer.RunVerbAsync(Data, "check");

        Assert.Equal((0, 0, 0), (first.ExitCode, second.ExitCode, check.ExitCode));
        Assert.StartsWith("OK: 2 cases, 4 log entries", check.Output, StringComparison.Ordinal);
        using var connection = Databases.Open(Data);
        Assert.Equal(2, connection.Scalar<long>("SELECT count(*) FROM Incidents WHERE ExternalId LIKE 'own:%'"));
    }

    [Fact]
    public async Task Import_KilledHalfWay_IsFinishedByTheSameFileWithoutADuplicate()
    {
        const int Rows = 12_000;
        var file = Write("in.csv", File([.. Enumerable.Range(0, Rows).Select(id => Row($"{id}"))]));

        var left = await StopAsync("KILL", Rows - 1);
        long before;
        using (var connection = Databases.Open(Data))
        {
            before = connection.Scalar<long>("SELECT count(*) FROM Incidents");
        }

        var (exit, output, _) = await AppServer.RunVerbAsync(Data, "import", file);
        var check = await AppServer.RunVerbAsync(Data, "check");

        Assert.NotEqual(0, left.ExitCode);
        Assert.InRange(before, 1, Rows - 1);
        Assert.Equal(0, exit);
        Assert.Equal([Rows, Rows - before, before, 0], Number().Matches(output).Take(4).Select(match => long.Parse(match.Value, CultureInfo.InvariantCulture)));
        Assert.StartsWith($"OK: {Rows} cases, {2 * Rows} log entries", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_InterruptedFromTheKeyboard_SaysWhatStands()
    {
        var (exit, output) = await StopAsync("INT", int.MaxValue);

        Assert.Equal(1, exit);
        using var connection = Databases.Open(Data);
        Assert.Equal(connection.Scalar<long>("SELECT count(*) FROM Incidents"), long.Parse(Number().Matches(output)[1].Value, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Import_BesideAServer_ReachesItsPictureAndLetsItsOwnWritesThrough()
    {
        await using var server = await AppServer.StartAsync(Data);
        await using var client = SituationClient.Start(server);
        await client.OpenAsync("a");
        var file = Write("in.csv", File([.. Enumerable.Range(0, 6000).Select(id => Row($"{id}", closed: ""))]));

        var importing = AppServer.RunVerbAsync(Data, "import", file);
        var reported = 0;
        while (!importing.IsCompleted)
        {
            await Reporting.ReportAsync(server.Http, reported++);
        }

        Assert.Equal(0, (await importing).ExitCode);
        await client.UntilOpenAsync("a", 6000 + reported);
        Assert.Null((await client.CompareAsync("a")).Difference);
    }

    [Theory]
    [InlineData("import")]
    [InlineData("import", "a.csv", "b.csv")]
    [InlineData("import", "a.csv", "--mapping")]
    [InlineData("import", "a.csv", "--mapping", "x", "--mapping-file", "y")]
    [InlineData("import", "a.csv", "--speed", "9")]
    [InlineData("import", "a.csv", "--mapping", "no such mapping")]
    public async Task Import_CalledWrongly_EndsWithTwoAndSaysNothingOnStandardOutput(params string[] arguments)
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(Data, arguments);

        Assert.Equal((2, ""), (exit, output));
        Assert.NotEmpty(error);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("""{"source": "a:b"}""")]
    [InlineData("""{"fields": null}""")]
    [InlineData("""{"colums": {}}""")]
    public async Task Import_WithAMappingThatIsNone_EndsWithTwo(string json)
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(Data, "import", Write("in.csv", File()), "--mapping-file", Write("map.json", json));

        Assert.Equal((2, ""), (exit, output));
        Assert.NotEmpty(error);
    }

    [Fact]
    public async Task Import_OfAFileThatIsNotThere_EndsWithOne()
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(Data, "import", Path("missing.csv"));

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("missing.csv", error, StringComparison.Ordinal);
    }

    // Runs the import and sends it a signal once some of it is stored.
    // The file is a pipe that does not end, so the import cannot be over before the signal comes.
    private async Task<(int ExitCode, string Output)> StopAsync(string signal, int rows)
    {
        var file = Path("endless.csv");
        using (var made = Process.Start("mkfifo", [file]))
        {
            await made.WaitForExitAsync(Cancellation);
        }

        var gone = new TaskCompletionSource();
        var feeding = Task.Run(() => FeedAsync(file, rows, gone.Task), Cancellation);
        // Whoever runs the tests in the background has the keyboard's signal ignored, which a child would inherit.
        using var process = Process.Start(new ProcessStartInfo("env", ["--default-signal=INT", "dotnet", AppServer.Program, "import", file, $"--Data:Directory={Data}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        while (await process.StandardError.ReadLineAsync(Cancellation) is { } line)
        {
            // Progress and nothing else that a log may say: share, rows, imported.
            if (line.Contains('%', StringComparison.Ordinal) && Number().Matches(line.Replace(",", "", StringComparison.Ordinal)) is [_, _, { Value: not "0" }, ..])
            {
                Signals.Send(process.Id, signal);
                break;
            }
        }

        await process.StandardError.ReadToEndAsync(Cancellation);
        await process.WaitForExitAsync(Cancellation);
        gone.SetResult();
        await feeding.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        return (process.ExitCode, await output);
    }

    private static async Task FeedAsync(string pipe, int rows, Task gone)
    {
        try
        {
            await using var writer = new StreamWriter(new FileStream(pipe, FileMode.Open, FileAccess.Write));
            await writer.WriteAsync(File());
            for (var id = 0; id < rows; id++)
            {
                await writer.WriteAsync(Row($"{id}") + "\r\n");
            }

            await writer.FlushAsync();
            await gone;
        }
        catch (IOException)
        {
            // Who read it has gone, and that is what is waited for.
        }
    }

    private string Path(string name) => System.IO.Path.Combine(_folder.FullName, name);

    private string Write(string name, string text)
    {
        System.IO.File.WriteAllText(Path(name), text);
        return Path(name);
    }

    [GeneratedRegex(@"\d+")]
    private static partial Regex Number();
}
