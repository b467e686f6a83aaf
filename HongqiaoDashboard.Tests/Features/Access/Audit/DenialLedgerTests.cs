using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>Whoever knocks is noted, and however many knock, the trail does not fill the disk.</summary>
public sealed class DenialLedgerTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private DenialLedger Ledger => _database.Get<DenialLedger>();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Denials_OfOneMinute_AreOneRecordForEachCallerAtEachDoor()
    {
        var handler = TestDatabase.Operator with { Origin = new CallOrigin("192.0.2.9", "c1") };
        Ledger.Note("/admin/audit", handler);
        _database.Clock.Advance(TimeSpan.FromSeconds(10));
        // Another connection of the same person, at the same door.
        Ledger.Note("/admin/audit", handler with { Origin = new CallOrigin("192.0.2.9", "c2") });
        Ledger.Note("/admin/import", handler);
        Ledger.Note("/", null, new CallOrigin("192.0.2.9"));
        Ledger.Note("operator-1", null, new CallOrigin("192.0.2.9"), AuditActs.SignInRefused);
        Assert.Empty(_database.Rows());

        await FlushAsync();

        Assert.Equal(
            [
                "access.denied operator-1@192.0.2.9 /admin/audit count=2 since=2024-05-06T02:00:00Z", "access.denied operator-1@192.0.2.9 /admin/import count=1 since=2024-05-06T02:00:10Z",
                "access.denied anonymous@192.0.2.9 / count=1 since=2024-05-06T02:00:10Z", "session.refused anonymous@192.0.2.9 operator-1 count=1 since=2024-05-06T02:00:10Z",
            ],
            _database.Rows().Select(row => $"{row.Act} {row.ActorId}@{row.Address} {row.Subject} {AuditSamples.FactsOf(row)}"));
        Assert.All(_database.Rows(), row => Assert.Equal(AuditResult.Denied, row.Result));
        // Nothing new, nothing to write.
        await FlushAsync();
        Assert.Equal(4, _database.Rows().Count);
    }

    [Fact]
    public async Task Denials_OfVeryManyCallers_AreTwentyRecordsAndOneForAllOthers()
    {
        for (var n = 0; n < 10_000; n++)
        {
            Ledger.Note("open311:key", null, new CallOrigin($"192.0.{n / 256}.{n % 256}"));
        }

        await FlushAsync();

        var rows = _database.Rows();
        Assert.Equal(DenialLedger.MostAMinute + 1, rows.Count);
        Assert.Equal(("(others)", null), Assert.Single(rows, row => row.Subject != "open311:key") is { } others ? (others.Subject, others.Address) : default);
        Assert.Equal(10_000, rows.Sum(Count));
        // The next minute begins anew.
        Ledger.Note("open311:key", null, new CallOrigin("192.0.2.250"));
        await FlushAsync();
        Assert.Equal("192.0.2.250", _database.Rows()[^1].Address);
        Assert.Null(_database.Verify().First);
    }

    [Fact]
    public async Task Denials_OfAWholeDay_NameTwoThousandCallersAtMost()
    {
        var lane = new OtherLane(_database.Get<IWriteLane>()) { Swallows = true };
        var ledger = new DenialLedger(lane, _database.Clock, NullLogger<DenialLedger>.Instance);
        for (var minute = 0; minute < (DenialLedger.MostADay / DenialLedger.MostAMinute) - 1; minute++)
        {
            await KnockAsync(DenialLedger.MostAMinute);
        }

        lane.Swallows = false;
        await KnockAsync(DenialLedger.MostAMinute + 5);
        await KnockAsync(7);

        Assert.Equal([.. Enumerable.Repeat("/ 1", DenialLedger.MostAMinute), "(others) 5", "(others) 7"], _database.Rows().Select(row => $"{row.Subject} {Count(row)}"));

        // The day ends at midnight of UTC.
        _database.Clock.SetUtcNow(new DateTimeOffset(2024, 5, 7, 0, 0, 0, TimeSpan.Zero));
        await KnockAsync(1);
        Assert.Equal(("/", 1), (_database.Rows()[^1].Subject, Count(_database.Rows()[^1])));

        async Task KnockAsync(int callers)
        {
            foreach (var caller in Enumerable.Range(0, callers))
            {
                ledger.Note("/", null, new CallOrigin($"caller {caller}"));
            }

            await ledger.FlushAsync(Cancellation);
            _database.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Denials_ThatTheStorageDoesNotTake_AreCountedOn()
    {
        var lane = new OtherLane(_database.Get<IWriteLane>());
        var ledger = new DenialLedger(lane, _database.Clock, NullLogger<DenialLedger>.Instance);
        ledger.Note("/", null, new CallOrigin("192.0.2.9"));
        lane.IsShut = true;
        await ledger.FlushAsync(Cancellation);
        _database.Clock.Advance(TimeSpan.FromMinutes(1));
        ledger.Note("/", null, new CallOrigin("192.0.2.9"));
        lane.IsShut = false;

        // A server that stops writes what it has.
        await ledger.StopAsync(Cancellation);

        Assert.Equal("count=2 since=2024-05-06T02:00:00Z", AuditSamples.FactsOf(Assert.Single(_database.Rows())));
    }

    private static long Count(AuditRow row) => long.Parse(AuditText.Read(row.Facts).Single(fact => fact.Name == "count").Value, System.Globalization.CultureInfo.InvariantCulture);

    private Task FlushAsync() => Ledger.RunAsync(_database.Clock.GetUtcNow(), Cancellation);

    private sealed class OtherLane(IWriteLane lane) : IWriteLane
    {
        public bool IsShut { get; set; }

        public bool Swallows { get; set; }

        public Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default) =>
            IsShut ? throw new StorageUnavailableException("full", new IOException()) : Swallows ? Task.FromResult(default(T)!) : lane.WriteAsync(change, cancellation);
    }
}
