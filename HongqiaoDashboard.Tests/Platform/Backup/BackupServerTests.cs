using System.Collections.Concurrent;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.Features.Intake;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Platform.Backup;

/// <summary>Backups of a server at work, restored on a machine that has nothing of it.</summary>
public sealed class BackupServerTests : IAsyncDisposable
{
    private readonly BackupFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Backup_WhileReportsComeIn_HoldsAllThatWasAnsweredBeforeAndAgreesWithItself()
    {
        var acknowledged = new ConcurrentBag<string>();
        string[] before;
        int posted;
        await using (var server = await AppServer.StartAsync(_folder.Path("source")))
        {
            await ImportEditionAsync(server.DataDirectory);
            using var done = new CancellationTokenSource();
            var posting = Enumerable.Range(0, 4).Select(poster => Task.Run(() => PostAsync(server, poster, done.Token), Cancellation)).ToArray();
            await UntilAsync(() => acknowledged.Count > 40);

            before = [.. acknowledged];
            var (exit, output, error) = await AppServer.RunVerbAsync(server.DataDirectory, "backup", _folder.Path("b.tgz"));
            Assert.True(exit == 0, output + error);
            Assert.StartsWith($"OK: {_folder.Path("b.tgz")}, 2 files", output, StringComparison.Ordinal);
            Assert.Equal("", error);
            await UntilAsync(() => acknowledged.Count > before.Length + 20);

            await done.CancelAsync();
            await Task.WhenAll(posting);
            posted = acknowledged.Count;
        }

        // Nothing is left beside the archive, and nobody else may read it.
        Assert.Equal(["b.tgz", "source"], Directory.EnumerateFileSystemEntries(_folder.Path()).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_folder.Path("b.tgz")));
        }

        var (restored, told, remarks) = await AppServer.RunVerbAsync(_folder.Path("target"), "restore", _folder.Path("b.tgz"));
        Assert.True(restored == 0, told + remarks);
        Assert.StartsWith($"OK: {_folder.Path("target")}, 2 files", told, StringComparison.Ordinal);
        await AssertAgreesAsync(_folder.Path("target"));

        await using (var server = await AppServer.StartAsync(_folder.Path("target")))
        {
            Assert.True(File.Exists(Path.Combine(server.DataDirectory, "grids", "imported-1.geojson")));
            var next = await Reporting.ReportAsync(server.Http, 99_999);
            using var database = Databases.Open(server.DataDirectory);
            var there = database.Query("SELECT Number FROM Incidents").Select(row => (string)row[0]).ToHashSet(StringComparer.Ordinal);
            Assert.Empty(before.Except(there));
            Assert.InRange(there.Count, before.Length + 1, posted + 1);
            Assert.Contains(next, there);
            // The log goes on where the snapshot ended.
            Assert.Equal([(long)there.Count, (long)there.Count], database.Query("SELECT COUNT(*), MAX(Seq) FROM IncidentEvents").Single());
        }

        await AssertAgreesAsync(_folder.Path("target"));

        async Task PostAsync(AppServer server, int poster, CancellationToken done)
        {
            for (var n = poster; !done.IsCancellationRequested; n += 4)
            {
                acknowledged.Add(await Reporting.ReportAsync(server.Http, n));
            }
        }
    }

    [Fact]
    public async Task Contacts_OnAnotherMachine_AreToldAsUnreadableUntilItsMasterKeyIsThere()
    {
        string number;
        await using (var server = await AppServer.StartAsync(_folder.Path("source"), profile: _folder.Path("home")))
        {
            number = await ReportWithContactAsync(server);
            Assert.Equal(0, (await AppServer.RunVerbAsync(server.DataDirectory, "backup", _folder.Path("b.tgz"))).ExitCode);
        }

        var key = _folder.Path("home", ".config", "hongqiao-dashboard", "master.key");
        var archive = string.Concat(BackupFolder.Read(_folder.Path("b.tgz")).Select(file => System.Text.Encoding.Latin1.GetString(file.Content)));
        Assert.DoesNotContain((await File.ReadAllTextAsync(key, Cancellation)).Trim(), archive, StringComparison.Ordinal);
        Assert.DoesNotContain("13911112222", archive, StringComparison.Ordinal);
        Assert.Contains(number, archive, StringComparison.Ordinal);

        // Another HOME: no master key.
        var (exit, output, remark) = await AppServer.RunVerbElsewhereAsync(_folder.Path("away"), _folder.Path("target"), "restore", _folder.Path("b.tgz"));
        Assert.True(exit == 0, remark);
        Assert.DoesNotContain("master", output, StringComparison.Ordinal);
        Assert.Contains("this machine has none", remark, StringComparison.Ordinal);
        Assert.Contains("本机没有主密钥", remark, StringComparison.Ordinal);
        Assert.Contains(_folder.Path("away", ".config", "hongqiao-dashboard", "master.key"), remark, StringComparison.Ordinal);

        await using (var server = await AppServer.StartAsync(_folder.Path("target"), profile: _folder.Path("away")))
        {
            // All else works, and so does taking a contact in: it is not kept, and nothing lies there in clear.
            await ReportWithContactAsync(server);
            Assert.Single(server.Output.Split('\n'), line => line.Contains("MasterKeyMissing", StringComparison.Ordinal));
            Assert.DoesNotContain("xception", server.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("13911112222", server.Output, StringComparison.Ordinal);
            using var database = Databases.Open(server.DataDirectory);
            Assert.Equal([1L, 1L], database.Query("SELECT SUM(Protected = ''), SUM(Protected <> '') FROM IncidentContacts").Single());
        }

        Assert.False(File.Exists(_folder.Path("away", ".config", "hongqiao-dashboard", "master.key")));
        File.Copy(key, Directory.CreateDirectory(_folder.Path("away", ".config", "hongqiao-dashboard")).FullName + "/master.key");
        await using var whole = await AppServer.StartAsync(_folder.Path("target"), profile: _folder.Path("away"));
        await ReportWithContactAsync(whole);
        Assert.DoesNotContain("MasterKey", whole.Output, StringComparison.Ordinal);
        using var kept = Databases.Open(whole.DataDirectory);
        Assert.Equal(2, kept.Scalar<long>("SELECT SUM(Protected <> '') FROM IncidentContacts"));
    }

    [Fact]
    public async Task Restore_UnderALiveServer_IsRefusedAndDisturbsNothing()
    {
        var archive = await _folder.SoundAsync();
        await using var server = await AppServer.StartAsync(_folder.Path("live"));
        await Reporting.ReportAsync(server.Http, 1);

        var (exit, output, error) = await AppServer.RunVerbAsync(server.DataDirectory, "restore", archive);

        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("Another server or restore is working on the data folder", error, StringComparison.Ordinal);
        await Reporting.ReportAsync(server.Http, 2);
        using var database = Databases.Open(server.DataDirectory);
        Assert.Equal(2, database.Scalar<long>("SELECT COUNT(*) FROM Incidents"));
    }

    // Killed at each kind of step: while it reads the archive, writes the files, checks the database, moves into place, tidies up.
    [Theory]
    [InlineData("write,pwrite64", 1)]
    [InlineData("pwrite64", 2)]
    [InlineData("pwrite64", 6)]
    [InlineData("rename", 1)]
    [InlineData("rename", 2)]
    [InlineData("rename", 3)]
    [InlineData("unlink", 1)]
    [InlineData("unlink", 2)]
    [InlineData("rmdir", 1)]
    [InlineData("rmdir", 2)]
    public async Task Restore_KilledHalfWay_LeavesNothingOrAllAndCanBeRunAgain(string calls, int nth)
    {
        var archive = await _folder.SoundAsync();
        var target = Directory.CreateDirectory(_folder.Path("target")).FullName;
        // Only what concerns the stage counts, or the runtime's own files would.
        string[] killer = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", Path.Combine(target, ".restore", "seen"), "-P", Path.Combine(target, ".restore", "placing"),
            "-P", Path.Combine(target, ".restore", "placing.tmp"), "-P", Path.Combine(target, ".restore", "files"), "-P", Path.Combine(target, ".restore", "files", "hongqiao.db"),
            "-P", Path.Combine(target, ".restore", "files", "grids"), "-P", Path.Combine(target, ".restore", "files", "grids", "imported-1.geojson"), "-P", Path.Combine(target, ".restore"),
            "-e", $"trace={calls}", "-e", $"inject={calls}:signal=SIGKILL:when={nth}"];

        var killed = await AppServer.RunWatchedVerbAsync(killer, target, "restore", archive);

        Assert.NotEqual(0, killed.ExitCode);
        Assert.Equal("", killed.Output);
        if (File.Exists(Path.Combine(target, "hongqiao.db")))
        {
            // Only tidying up was left, and whoever comes next does it.
            Assert.Null(_folder.Hindrance("target"));
        }
        else
        {
            Assert.Contains("was not finished", _folder.Hindrance("target"), StringComparison.Ordinal);
            var (again, _, error) = await _folder.RestoreAsync("target", archive);
            Assert.True(again == 0, error);
        }

        Assert.Equal(["grids", "hongqiao.db", "server.lock"], Directory.EnumerateFileSystemEntries(target).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(Path.Combine(target, "grids", "imported-1.geojson")));
        using var database = Databases.Open(target);
        Assert.Equal("ok", database.Scalar<string>("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Server_OnAHalfRestoredFolder_IsRefusedWithAClearMessage()
    {
        Directory.CreateDirectory(_folder.Path("target", ".restore", "files"));
        await File.WriteAllTextAsync(_folder.Path("target", ".restore", "files", "hongqiao.db"), "half", Cancellation);

        var (exit, output, error) = await AppServer.RunVerbAsync(_folder.Path("target"), "--urls=http://127.0.0.1:0");

        Assert.Equal(3, exit);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
        Assert.Contains("未完成的恢复", error, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.Path("target", "hongqiao.db")));
    }

    public ValueTask DisposeAsync() => _folder.DisposeAsync();

    private async Task ImportEditionAsync(string data)
    {
        var edition = _folder.Path("imported-1.geojson");
        var shipped = await File.ReadAllTextAsync(Directory.GetFiles(GridSamples.ShippedFolder, "*.geojson").Single(), Cancellation);
        await File.WriteAllTextAsync(edition, shipped.Replace(GridSamples.Shipped.Id, "imported-1", StringComparison.Ordinal), Cancellation);
        var (exit, output, error) = await AppServer.RunVerbAsync(data, "import-grids", edition);
        Assert.True(exit == 0, output + error);
        File.Delete(edition);
    }

    private static async Task<string> ReportWithContactAsync(AppServer server)
    {
        using var answer = await server.Http.PostAsync(
            new Uri("/open311/v2/requests.json", UriKind.Relative),
            new FormUrlEncodedContent(new Dictionary<string, string>
            {
                ["api_key"] = "test-key", ["service_code"] = "0401", ["lat"] = "39.167", ["long"] = "117.15", ["phone"] = "13911112222", ["last_name"] = "张",
            }),
            Cancellation);
        return await Reporting.NumberAsync(answer);
    }

    private static async Task AssertAgreesAsync(string data)
    {
        var (exit, output, error) = await AppServer.RunVerbAsync(data, "check");
        Assert.True(exit == 0, $"check ended with {exit}:\n{output}\n{error}");
        Assert.StartsWith("OK", output, StringComparison.Ordinal);
    }

    private static async Task UntilAsync(Func<bool> there)
    {
        using var clock = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!there())
        {
            await clock.WaitForNextTickAsync(Cancellation);
        }
    }
}
