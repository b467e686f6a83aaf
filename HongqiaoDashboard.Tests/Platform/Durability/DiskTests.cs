using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Platform.Durability;

/// <summary>A disk that takes no more writes, while the program runs and when it starts.</summary>
public sealed class DiskTests : IDisposable
{
    private readonly DirectoryInfo _mountPoint = Directory.CreateTempSubdirectory("hongqiao-test-");

    public void Dispose() => _mountPoint.Delete(recursive: true);

    [Fact]
    public async Task FullDisk_WhileServing_RefusesReportsShowsTheLastPictureAndResumesByItself()
    {
        var data = _mountPoint.FullName;
        await using var server = await AppServer.StartAsync(data, wrapper: SmallDisk("exec \"$@\"", data));
        // The small disk lies in the server's own mount namespace, so it is reached through the server.
        var ballast = $"/proc/{server.ProcessId}/root{data}/ballast";
        await AssertOutageAsync(
            server,
            () => Fill(ballast),
            () => File.Delete(ballast));
    }

    // A mounted disk cannot be remounted read-only under an open file, by anybody; what the program then sees of one that
    // fails is that no write is taken, on files that it holds open. The limit on file size does just that, and lifts again.
    [Fact]
    public async Task DiskThatTakesNoWrites_WhileServing_RefusesReportsShowsTheLastPictureAndResumesByItself()
    {
        await using var server = await AppServer.StartAsync(wrapper: ["sh", "-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
        await AssertOutageAsync(server, () => LimitFiles(server, "0"), () => LimitFiles(server, "unlimited"));
    }

    [Fact]
    public async Task ReadOnlyDisk_AtTheStart_IsToldAndNotTakenForAnotherServer()
    {
        var data = _mountPoint.FullName;
        var ended = await Assert.ThrowsAsync<InvalidOperationException>(
            () => AppServer.StartAsync(data, wrapper: SmallDisk("mount -o remount,ro \"$0\" && exec \"$@\"", data)));
        Assert.Contains("Read-only file system", ended.Message, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Another server", ended.Message, StringComparison.Ordinal);
    }

    private static async Task AssertOutageAsync(AppServer server, Action begin, Action end)
    {
        await using var peer = SituationClient.Start(server);
        await peer.OpenAsync("a");
        await Reporting.ReportManyAsync(server.Http, 10);
        await peer.UntilOpenAsync("a", 10);

        begin();
        for (var n = 0; n < 8; n++)
        {
            using var refused = await Reporting.PostAsync(server.Http, 100 + n);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
            var errors = JsonNode.Parse(await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!.AsArray();
            Assert.Equal("503", (string?)Assert.Single(errors)!["code"]);
        }

        // The picture stays, for old watchers and new ones, and the pages are served.
        var beats = (await peer.StateAsync("a")).Heartbeats;
        (await peer.UntilAsync("a", new { heartbeats = beats + 1 })).AssertUnbroken();
        var compared = await peer.CompareAsync("a");
        Assert.Null(compared.Difference);
        using var page = await server.Http.GetAsync(new Uri("/wall/situation", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal(1, Lines(server, "[ERR]"));

        end();
        await Reporting.ReportManyAsync(server.Http, 10, first: 200);
        var state = await peer.UntilOpenAsync("a", 20);
        state.AssertUnbroken();
        Assert.Single(state.Epochs);
        Assert.Equal(1, Lines(server, "The write lane commits again"));
        Assert.Equal(1, Lines(server, "[ERR]"));
    }

    private static int Lines(AppServer server, string text) => server.Output.Split('\n').Count(line => line.Contains(text, StringComparison.Ordinal));

    // A file system of its own that only the server sees; without root's rights a user namespace gives them for this.
    private static string[] SmallDisk(string then, string data) =>
        ["unshare", .. Environment.IsPrivilegedProcess ? (string[])[] : ["-r"], "-m", "sh", "-c", $"mount -t tmpfs -o size=24m tmpfs \"$0\" && {then}", data];

    private static void Fill(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                file.Write(block);
            }
        }
        catch (IOException)
        {
            // Full, to the last block.
        }
    }

    private static void LimitFiles(AppServer server, string bytes)
    {
        using var limiting = Process.Start("prlimit", ["--pid", server.ProcessId.ToString(CultureInfo.InvariantCulture), $"--fsize={bytes}:"]);
        limiting.WaitForExit();
        Assert.Equal(0, limiting.ExitCode);
    }
}
