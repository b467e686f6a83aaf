using CsCheck;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Tests.Platform.Persistence;

public sealed class SequenceTests : IAsyncLifetime
{
    private enum Fate { Stored, Refused, Constraint, DiskFailure, Cancelled }

    private readonly PlatformHost _host = new();
    private int _run;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    // Whatever mix of fates meets the changes that wait together: stored ones have numbers from 1 on, each once, in order.
    [Fact]
    public async Task Numbers_UnderAnyMixOfFates_HaveNeitherGapsNorDoubles()
    {
        var fates = Gen.Frequency((12, Gen.Const(Fate.Stored)), (3, Gen.Const(Fate.Refused)), (2, Gen.Const(Fate.Constraint)), (1, Gen.Const(Fate.Cancelled)));
        var batches = Gen.Select(fates.Array[1, 40], Gen.Int[0, 9]).Array[1, 8];
        await batches.SampleAsync(
            async batches =>
            {
                var name = $"x{Interlocked.Increment(ref _run)}";
                var got = new List<long>();
                foreach (var (mix, failure) in batches)
                {
                    // One batch in ten fails on the disk as a whole, at its end.
                    var all = failure == 0 ? [.. mix, Fate.DiskFailure] : mix;
                    got.AddRange(await RunAsync(name, all));
                }

                Assert.Equal(Enumerable.Range(1, got.Count).Select(n => (long)n), got.Order());
                using var database = _host.Open();
                var stored = database.Query($"SELECT Last FROM Sequences WHERE Name = '{name}'");
                Assert.Equal(got.Count, stored.Count == 0 ? 0 : (long)stored[0][0]);
            },
            iter: 60, threads: 1);
    }

    private async Task<List<long>> RunAsync(string name, Fate[] fates)
    {
        var lane = _host.Get<IWriteLane>();
        using var pen = await HeldPen.TakeAsync(lane);
        using var cancelled = new CancellationTokenSource();
        var changes = fates.Select(fate => lane.WriteAsync(
            session =>
            {
                var number = session.Next(name);
                return fate switch
                {
                    Fate.Refused => throw new RefusedException("No"),
                    Fate.Constraint => throw new SqliteException("UNIQUE constraint failed", 19),
                    Fate.DiskFailure => throw new SqliteException("disk I/O error", 10),
                    _ => number,
                };
            },
            fate == Fate.Cancelled ? cancelled.Token : TestContext.Current.CancellationToken)).ToList();
        await cancelled.CancelAsync();
        await pen.GiveBackAsync();
        var numbers = new List<long>();
        foreach (var change in changes)
        {
            try
            {
                numbers.Add(await change);
            }
            catch (Exception e) when (e is RefusedException or SqliteException or StorageUnavailableException or OperationCanceledException)
            {
                // Its number goes to the next one.
            }
        }

        return numbers;
    }
}
