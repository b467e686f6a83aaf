using System.Globalization;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Demo;

/// <summary>The whole history in the real program, killed while it fills.</summary>
[Collection(ServerCollection.Name)]
public sealed class DemoServerTests
{
    [Fact]
    public async Task Fill_KilledHalfWay_EndsWithExactlyTheCasesOfItsSeed_AndCheckSaysOk()
    {
        const int seed = 31;
        string[] settings = ["Demo:Enabled=true", $"Demo:Seed={seed}", "Demo:Speed=0"];
        var data = Directory.CreateTempSubdirectory("hongqiao-demo-").FullName;
        try
        {
            await using (var killed = await AppServer.StartAsync(data, settings: settings))
            {
                await using var client = SituationClient.Start(killed);
                await client.OpenAsync("w");
                await UntilReportedAsync(client, 3_000);
                await killed.KillAsync();
            }

            var midnight = Midnight();
            var (expected, late) = await ExpectedAsync(seed, midnight);
            Assert.InRange(expected.Count, 10_001, 40_000);
            await using (var server = await AppServer.StartAsync(data, settings: settings))
            {
                await using var client = SituationClient.Start(server);
                await client.OpenAsync("w");
                for (var milestone = 6_000; milestone < expected.Count; milestone += 3_000)
                {
                    await UntilReportedAsync(client, milestone);
                }

                await UntilReportedAsync(client, expected.Count);
                await client.CloseAsync("w");
                var stopped = await server.StopAsync();
                Assert.True(stopped == 0, $"The server ended with {stopped}:\n{server.Output}");
            }

            using var database = Databases.Open(data);
            var stored = database.Query($"SELECT ExternalId FROM Incidents WHERE ReportedAt < {midnight.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)}")
                .ConvertAll(row => (string)row[0]).Except(late);
            Assert.Equal(expected.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
            var (exit, output, error) = await AppServer.RunVerbAsync(data, "check");
            Assert.True(exit == 0 && output.StartsWith("OK", StringComparison.Ordinal), output + error);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static Task<SituationClientState> UntilReportedAsync(SituationClient client, int cases) =>
        client.UntilAsync("w", new { figure = new { key = "reported", period = "all", atLeast = cases } });

    // Cases of today come while the test runs, so days that are over are compared; and those late ones are left out that wait
    // for photographs, or did when the fill came to them.
    private static async Task<(List<string> Expected, List<string> Late)> ExpectedAsync(int seed, DateTimeOffset midnight)
    {
        await using var house = new DemoHouse();
        var cases = house.Cases(seed);
        var (expected, late) = (new List<string>(), new List<string>());
        for (var day = DemoRhythm.FirstDay; cases.Zone.StartOf(day) < midnight; day = day.AddDays(1))
        {
            foreach (var made in cases.Day(day))
            {
                (made.Type.PhotosToResolve > 0 && cases.Zone.StartOf(day) > midnight.AddDays(-200) ? late : expected).Add(made.Id);
            }
        }

        return (expected, late);
    }

    private static DateTimeOffset Midnight()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
        return zone.StartOf(zone.DayOf(TimeProvider.System.GetUtcNow()));
    }
}
