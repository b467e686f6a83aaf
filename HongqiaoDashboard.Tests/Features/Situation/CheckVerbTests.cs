using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Tests.Features.Situation;

public sealed class CheckVerbTests
{
    [Fact]
    public async Task Check_OfASoundFolder_SaysSo_AndNamesEachTamperedRowEntryAndTally()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-check-").FullName;
        try
        {
            string first, second, third;
            await using (var server = await AppServer.StartAsync(data))
            {
                first = await Reporting.ReportAsync(server.Http, 1);
                second = await Reporting.ReportAsync(server.Http, 2);
                third = await Reporting.ReportAsync(server.Http, 3);
                var live = await AppServer.RunVerbAsync(data, "check");
                Assert.True(live.ExitCode == 0, live.Output + live.Error);
                Assert.StartsWith("OK: 3 cases, 3 log entries", live.Output, StringComparison.Ordinal);
            }

            Change(data, $"UPDATE Incidents SET Severity = 2 WHERE Number = '{first}'");
            Change(data, $"DELETE FROM IncidentEvents WHERE IncidentId = (SELECT Id FROM Incidents WHERE Number = '{second}')");
            Change(data, $"UPDATE Incidents SET ReportedAt = ReportedAt - 864000000 WHERE Number = '{third}'");

            var (exitCode, output, _) = await AppServer.RunVerbAsync(data, "check");

            Assert.Equal(1, exitCode);
            Assert.Contains($"{first}: the row is not the fold of its log; Severity is Major but should be Ordinary", output, StringComparison.Ordinal);
            Assert.Contains($"{second}: the row has no entry in the log", output, StringComparison.Ordinal);
            Assert.Contains("The log has 2 entries but runs from 1 to 3", output, StringComparison.Ordinal);
            Assert.Contains($"{third}: the row is not the fold of its log; ReportedAt", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task Check_WithTalliesThatWereChanged_NamesTheGridAndBothFigures()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-check-").FullName;
        try
        {
            await using (var server = await AppServer.StartAsync(data))
            {
                await Reporting.ReportAsync(server.Http, 1);
                await server.StopAsync();
            }

            // A month long over, so that whole days are summed: the case itself is of today, which is counted from its row.
            Change(data, "UPDATE SituationTallies SET Month = Month - 12 WHERE length(Scope) = 6");

            var (exitCode, output, _) = await AppServer.RunVerbAsync(data, "check");

            Assert.Equal(1, exitCode);
            Assert.Contains("120106: reported all is 2/ in the tallies but 1/ in the rows.", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    [Fact]
    public async Task UnknownVerb_EndsWithTwo_AndPrintsNothingToStandardOutput()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-check-").FullName;
        var (exitCode, output, error) = await AppServer.RunVerbAsync(data, "no-such-thing");
        Directory.Delete(data, recursive: true);

        Assert.Equal((2, ""), (exitCode, output));
        Assert.Contains("check", error, StringComparison.Ordinal);
    }

    private static void Change(string data, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "hongqiao.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.True(command.ExecuteNonQuery() > 0, sql);
    }
}
