using System.Collections.Concurrent;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Platform.Durability;

/// <summary>Killed again and again under load, the program keeps every report that it answered for, once.</summary>
public sealed class KillTests
{
    private const int Posters = 6;

    [Fact]
    public async Task Reports_AcknowledgedBeforeKills_AreThereExactlyOnce()
    {
        const int seed = 20261;
        var random = new Random(seed);
        var acknowledged = new ConcurrentDictionary<string, string>();
        var sent = new ConcurrentDictionary<string, int>();
        var next = 0;
        var data = Directory.CreateTempSubdirectory("hongqiao-test-").FullName;
        try
        {
            for (var round = 0; round < 4; round++)
            {
                await using var server = await AppServer.StartAsync(data);
                var killAt = acknowledged.Count + random.Next(5, 90);
                var killed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                // What was sent and not answered is sent again first: it may or may not have been stored.
                var again = new ConcurrentQueue<string>(sent.Keys.Except(acknowledged.Keys));
                var posting = Enumerable.Range(0, Posters).Select(_ => Task.Run(() => PostUntilKilledAsync(server, again, killAt, killed))).ToArray();
                await killed.Task.WaitAsync(SituationClient.Bound, TestContext.Current.CancellationToken);
                await server.KillAsync();
                await Task.WhenAll(posting);
            }

            await using (var last = await AppServer.StartAsync(data))
            {
                // Everything once more, answered or not: the same key gives the same case.
                foreach (var (key, n) in sent)
                {
                    var number = await Reporting.ReportAsync(last.Http, n, key);
                    Assert.Equal(number, acknowledged.GetOrAdd(key, number));
                }

                Assert.Equal(0, await last.StopAsync());
            }

            AssertWhole(data, acknowledged.Values, sent.Count);
            var (exit, output, error) = await AppServer.RunVerbAsync(data, "check");
            Assert.True(exit == 0, $"check ended with {exit}:\n{output}\n{error}");
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }

        async Task PostUntilKilledAsync(AppServer server, ConcurrentQueue<string> again, int killAt, TaskCompletionSource killed)
        {
            try
            {
                while (true)
                {
                    if (!again.TryDequeue(out var key))
                    {
                        var n = Interlocked.Increment(ref next);
                        sent[key = $"key-{seed}-{n}"] = n;
                    }

                    acknowledged[key] = await Reporting.ReportAsync(server.Http, sent[key], key);
                    if (acknowledged.Count >= killAt)
                    {
                        killed.TrySetResult();
                    }
                }
            }
            catch (HttpRequestException)
            {
                // Killed while it answered, or before it was asked.
            }
        }
    }

    private static void AssertWhole(string data, IEnumerable<string> acknowledged, int sent)
    {
        using var database = Databases.Open(data);
        Assert.Equal("ok", database.Scalar<string>("PRAGMA integrity_check"));
        var stored = database.Query("SELECT Number FROM Incidents").ConvertAll(row => (string)row[0]);
        Assert.Equal(acknowledged.Order(StringComparer.Ordinal), stored.Order(StringComparer.Ordinal));
        Assert.Equal(sent, stored.Count);
        Assert.Equal(sent, database.Scalar<long>("SELECT COUNT(DISTINCT IdempotencyKey) FROM Incidents"));

        // The log and the numbers have neither gaps nor doubles, and each sequence stands where its table does.
        foreach (var (table, column, sequence) in ((string, string, string)[])[("IncidentEvents", "Seq", "incident-log"), ("Incidents", "Id", "incident")])
        {
            var span = database.Query($"SELECT COUNT(*), MIN({column}), MAX({column}), (SELECT Last FROM Sequences WHERE Name = '{sequence}') FROM {table}").Single();
            Assert.Equal([(long)sent, 1L, (long)sent, (long)sent], span);
        }

        Assert.Empty(database.Query("SELECT substr(Number, 1, 10) FROM Incidents GROUP BY 1 HAVING MAX(CAST(substr(Number, 12) AS INTEGER)) <> COUNT(*)"));
        Assert.Empty(database.Query("SELECT i.Id FROM Incidents i LEFT JOIN IncidentEvents e ON e.IncidentId = i.Id AND e.Seq = i.LastSeq WHERE e.Seq IS NULL"));
    }
}
