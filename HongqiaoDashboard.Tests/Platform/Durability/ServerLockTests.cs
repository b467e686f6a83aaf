using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Platform.Durability;

/// <summary>One server a data folder, from its start to its end, whatever kind of end.</summary>
[Collection(ServerCollection.Name)]
public sealed class ServerLockTests(SharedServer shared)
{
    [Fact]
    public async Task Server_OnAFolderThatAnotherOneHas_IsRefusedWithAClearMessage()
    {
        var number = await Reporting.ReportAsync(shared.Server.Http, 1);
        var (exit, output, error) = await AppServer.RunVerbAsync(shared.Server.DataDirectory, "--urls=http://127.0.0.1:0");
        Assert.Equal(3, exit);
        Assert.Contains("Another server is working on the data folder", error, StringComparison.Ordinal);
        Assert.Contains("另一服务正在使用该数据目录", error, StringComparison.Ordinal);
        Assert.DoesNotContain("Now listening", output, StringComparison.Ordinal);
        Assert.NotEqual(number, await Reporting.ReportAsync(shared.Server.Http, 2));
    }

    [Fact]
    public async Task Verb_BesideAServerUnderLoad_AgreesWithItAndDisturbsNothing()
    {
        await using var server = await AppServer.StartAsync();
        await using var peer = SituationClient.Start(server);
        await peer.OpenAsync("a");
        var load = Reporting.ReportSteadilyAsync(server.Http, 1_500, TimeSpan.FromSeconds(8));
        do
        {
            var (exit, output, error) = await AppServer.RunVerbAsync(server.DataDirectory, "check");
            Assert.True(exit == 0, $"check ended with {exit}:\n{output}\n{error}");
        }
        while (!load.IsCompleted);

        var posted = await load;
        (await peer.UntilOpenAsync("a", posted)).AssertUnbroken();
        using var database = Databases.Open(server.DataDirectory);
        Assert.Equal("ok", database.Scalar<string>("PRAGMA integrity_check"));
        Assert.Equal([posted, (long)posted], database.Query("SELECT COUNT(*), MAX(Seq) FROM IncidentEvents").Single().Cast<long>());
    }

    [Fact]
    public async Task Server_ThatIsToldToStop_EndsCleanlyAndFreesTheFolder()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        try
        {
            await using (var server = await AppServer.StartAsync(data))
            {
                await Reporting.ReportManyAsync(server.Http, 3);
                Assert.Equal(0, await server.StopAsync());
                Assert.DoesNotContain("xception", server.Output, StringComparison.Ordinal);
            }

            await using (var killed = await AppServer.StartAsync(data))
            {
                await Reporting.ReportAsync(killed.Http, 4);
                await killed.KillAsync();
            }

            await using var last = await AppServer.StartAsync(data);
            await Reporting.ReportAsync(last.Http, 5);
            using var database = Databases.Open(data);
            Assert.Equal(5, database.Scalar<long>("SELECT COUNT(*) FROM Incidents"));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    // Killed at the Nth write of its very first start: while it makes the file, migrates, or has just done so.
    [Theory]
    [InlineData("hongqiao.db", 1)]
    [InlineData("hongqiao.db-wal", 9)]
    [InlineData("hongqiao.db-wal", 60)]
    public async Task Server_KilledDuringItsFirstStart_StartsAgain(string file, int write)
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        try
        {
            var path = Path.Combine(data, file);
            string[] killer = ["strace", "-f", "-qq", "-o", "/dev/null", "-P", path, "-e", "trace=pwrite64", "-e", $"inject=pwrite64:signal=SIGKILL:when={write}"];
            var ended = await Assert.ThrowsAsync<InvalidOperationException>(() => AppServer.StartAsync(data, wrapper: killer));
            Assert.Contains("The server ended", ended.Message, StringComparison.Ordinal);
            Assert.True(File.Exists(path));

            await using var server = await AppServer.StartAsync(data);
            await Reporting.ReportManyAsync(server.Http, 5);
            using var database = Databases.Open(data);
            Assert.Equal(5, database.Scalar<long>("SELECT COUNT(*) FROM Incidents"));
            Assert.Equal("ok", database.Scalar<string>("PRAGMA integrity_check"));
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }
}
