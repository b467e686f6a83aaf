using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>A record is there exactly when what it tells of is, and stays as it was written.</summary>
public sealed class AuditTrailTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private IWriteLane Lane => _database.Get<IWriteLane>();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Record_OfAnAct_SaysWhoWhenFromWhereWhatAndHowItEnded()
    {
        await _database.RecordAsync(new AuditRecord(AuditActs.DeviceCommanded, "screen-3", AuditResult.Failed) { Facts = [new("command", "power-off"), new("rows", 12)] });

        var row = Assert.Single(_database.Rows());
        Assert.Equal((1, TestDatabase.Start, "admin-1", "管理员", Roles.Admin), (row.Seq, row.At, row.ActorId, row.ActorName, row.ActorRole));
        Assert.Equal(("192.0.2.7", "c1", AuditActs.DeviceCommanded, AuditResult.Failed, "screen-3"), (row.Address, row.Connection, row.Act, row.Result, row.Subject));
        Assert.Equal("command=power-off rows=12", AuditSamples.FactsOf(row));
        Assert.Null(_database.Verify().First);
    }

    [Fact]
    public async Task Changes_ThatWaitTogether_LeaveTheRecordsOfThoseThatWereNotRefused()
    {
        List<Task<bool>> changes = [];
        using (var pen = await HeldPen.TakeAsync(Lane))
        {
            changes.AddRange(Enumerable.Range(1, 5).Select(n => Lane.WriteAsync(session => Change(session, n), Cancellation)));
            await pen.GiveBackAsync();
        }

        Assert.True(await changes[0]);
        Assert.Equal("NotThis", (await Assert.ThrowsAsync<RefusedException>(() => changes[1])).Refusal.Code);
        await Task.WhenAll(changes.Where((_, n) => n != 1));

        // One transaction, no gap, and each link behind the one before it.
        Assert.Equal(["1 n1", "2 n3", "3 n4", "4 n5"], _database.Rows().Select(row => $"{row.Seq} {row.Subject}"));
        Assert.Equal(new AuditVerdict(Head(), null), _database.Verify());

        static bool Change(WriteSession session, int n)
        {
            session.Audit(new AuditRecord(AuditActs.SettingChanged, "n" + n), AuditSamples.Admin);
            return n != 2 ? true : throw new RefusedException("NotThis");
        }
    }

    [Fact]
    public async Task Transaction_ThatTheStorageDoesNotTake_LeavesNoRecord()
    {
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Lane.WriteAsync<bool>(
            session =>
            {
                session.Audit(new AuditRecord(AuditActs.SettingChanged), AuditSamples.Admin);
                throw new SqliteException("disk full", 13);
            },
            Cancellation));
        await _database.RecordAsync(new AuditRecord(AuditActs.SettingChanged, "after"));

        Assert.Equal((1, "after"), Assert.Single(_database.Rows()) is { } row ? (row.Seq, row.Subject) : default);
    }

    [Fact]
    public async Task Work_ThatIsNoSingleTransaction_IsRecordedBeforeItBeginsAndWhenItEnds()
    {
        var record = new AuditRecord("grids.imported", "e1");
        Assert.Equal(3, await Lane.AuditedAsync(record, AuditSamples.Admin, () => Task.FromResult(Assert.Single(_database.Rows()).Result == AuditResult.Begun ? 3 : 0), grids => record with { Facts = [new("grids", grids)] }));
        await Assert.ThrowsAsync<IOException>(() => Lane.AuditedAsync<int>(record, AuditSamples.Admin, () => throw new IOException("disk"), _ => record));

        Assert.Equal(["Begun ", "Done grids=3", "Begun ", "Failed "], _database.Rows().Select(row => $"{row.Result} {AuditSamples.FactsOf(row)}"));
    }

    [Fact]
    public async Task Records_OfTwoProcesses_MakeOneChain()
    {
        await using var other = PlatformHost.Compose(_database.DataDirectory).Build();
        var theirs = other.Services.GetRequiredService<IWriteLane>();

        await Task.WhenAll(Enumerable.Range(0, 40).Select(n => (n % 2 == 0 ? Lane : theirs).AuditAsync(new AuditRecord(AuditActs.SettingChanged, "n" + n), AuditSamples.Admin, Cancellation)));

        Assert.Equal(Enumerable.Range(1, 40).Select(n => (long)n), _database.Rows().Select(row => row.Seq));
        Assert.Equal(new AuditVerdict(Head(), null), _database.Verify());
    }

    [Fact]
    public async Task Names_FromAnybody_AreHarmlessInTheTrail()
    {
        var mallory = new Actor("m\nadmin", "管理员\u202E", "admin\u0000", null) { Origin = new CallOrigin("192.0.2.1\r\n192.0.2.2", "c\u001B[2J") };
        await _database.RecordAsync(new AuditRecord(AuditActs.SettingChanged, "x\u2028y\u202Ez") { Facts = [new("reason", "a\n2026-01-01 admin done")] }, mallory);

        var row = Assert.Single(_database.Rows());
        Assert.Equal((@"m\u{000A}admin", @"管理员\u{202E}", @"admin\u{0000}"), (row.ActorId, row.ActorName, row.ActorRole));
        Assert.Equal((@"192.0.2.1\u{000D}\u{000A}192.0.2.2", @"c\u{001B}[2J", @"x\u{2028}y\u{202E}z"), (row.Address, row.Connection, row.Subject));
        Assert.Equal(@"reason=a\u{000A}2026-01-01 admin done", AuditSamples.FactsOf(row));
        Assert.Null(_database.Verify().First);
    }

    [Fact]
    public async Task Row_OnceWritten_IsNeitherChangedNorRemovedByTheProgram()
    {
        await ThreeAsync();
        var before = _database.Rows();
        using var database = Databases.Open(_database.DataDirectory);

        foreach (var sql in (string[])
            [
                "UPDATE AuditRows SET ActorName = 'nobody' WHERE Seq = 2",
                "UPDATE AuditRows SET Seq = 9 WHERE Seq = 2",
                "DELETE FROM AuditRows WHERE Seq = 3",
                "DELETE FROM AuditRows",
                "REPLACE INTO AuditRows SELECT * FROM AuditRows WHERE Seq = 2",
                "INSERT INTO AuditRows SELECT * FROM AuditRows WHERE Seq = 2 ON CONFLICT (Seq) DO UPDATE SET ActorName = 'nobody'",
                "INSERT INTO AuditRows SELECT 0, At, ActorId, ActorName, ActorRole, Address, Connection, Act, Result, Subject, Facts, Previous, Hash FROM AuditRows WHERE Seq = 1",
            ])
        {
            Assert.Contains("append-only", Assert.Throws<SqliteException>(() => database.Query(sql)).Message, StringComparison.Ordinal);
        }

        Assert.Equal(before.Select(row => Convert.ToHexString(row.Hash)), _database.Rows().Select(row => Convert.ToHexString(row.Hash)));
        Assert.Null(_database.Verify().First);
    }

    [Fact]
    public async Task Row_TamperedWithAroundTheProgram_IsNamed()
    {
        await ThreeAsync();
        var part = _database.Get<IEnumerable<IIntegrityPart>>().OfType<AuditTrailCheck>().Single();
        using var database = Databases.Open(_database.DataDirectory);
        database.Query("PRAGMA synchronous = OFF; DROP TRIGGER AuditRows_NoUpdate; DROP TRIGGER AuditRows_NoDelete; DROP TRIGGER AuditRows_OnlyBehind; CREATE TABLE Kept AS SELECT * FROM AuditRows");

        foreach (var (sql, seq, flaw) in ((string, long, AuditFlaw)[])
            [
                ("UPDATE AuditRows SET ActorName = 'nobody' WHERE Seq = 2", 2, AuditFlaw.Changed),
                ("UPDATE AuditRows SET At = 9223372036854775807 WHERE Seq = 2", 2, AuditFlaw.Changed),
                ("UPDATE AuditRows SET At = 'yesterday' WHERE Seq = 1", 1, AuditFlaw.Changed),
                ("UPDATE AuditRows SET Hash = 'text' WHERE Seq = 3", 3, AuditFlaw.Changed),
                ("DELETE FROM AuditRows WHERE Seq = 1", 1, AuditFlaw.Missing),
                ("UPDATE AuditRows SET Seq = 4 WHERE Seq = 2", 2, AuditFlaw.Missing),
                ("DELETE FROM AuditRows WHERE Seq = 3", 3, AuditFlaw.CutOff),
                ("DELETE FROM AuditRows", 1, AuditFlaw.CutOff),
                ("UPDATE Sequences SET Last = 2 WHERE Name = 'audit'", 3, AuditFlaw.Uncounted),
                ("DELETE FROM Sequences WHERE Name = 'audit'", 1, AuditFlaw.Uncounted),
            ])
        {
            database.Query(sql);

            Assert.Equal(new AuditBreak(seq, flaw), _database.Verify().First);
            using (var read = _database.Door.Open(Actor.System))
            {
                read.BeginSnapshot();
                Assert.Contains($"udit record {seq} ", Assert.Single(part.Differences(read, TestDatabase.Start)), StringComparison.Ordinal);
            }

            database.Query("DELETE FROM AuditRows; INSERT INTO AuditRows SELECT * FROM Kept; REPLACE INTO Sequences VALUES ('audit', 3)");
            Assert.Null(_database.Verify().First);
        }
    }

    [Fact]
    public async Task Trail_ForWhoeverIsNoAdministratorOfEverything_IsEmpty()
    {
        await ThreeAsync();
        var reader = _database.Get<AuditReader>();
        Assert.Equal(3, reader.All(new AuditQuery(), AuditSamples.Admin).Count());

        foreach (var actor in (Actor[])[AuditSamples.Admin with { ScopeCode = "120106" }, AuditSamples.Admin with { Role = Roles.Leader }, TestDatabase.Operator])
        {
            Assert.Empty(reader.All(new AuditQuery(), actor));
            Assert.Equal(AuditHead.None, reader.Head(actor));
        }
    }

    [Fact]
    public async Task Query_WithEachOfItsConditions_FindsTheNewestFirstPageByPage()
    {
        // Three of each instant.
        foreach (var instant in Enumerable.Range(0, 30).Chunk(3))
        {
            await _database.RecordAsync(instant.Select(n => (
                new AuditRecord(n % 2 == 0 ? AuditActs.KeyCreated : AuditActs.KeyRevoked, "k" + (n % 5), n % 3 == 0 ? AuditResult.Denied : AuditResult.Done), AuditSamples.Admin with { Id = "a" + (n % 4) })));
            _database.Clock.Advance(TimeSpan.FromHours(1));
        }

        var reader = _database.Get<AuditReader>();
        var rows = _database.Rows();
        rows.Reverse();
        foreach (var (query, fits) in (IEnumerable<(AuditQuery, Func<AuditRow, bool>)>)
            [
                (new AuditQuery(), _ => true),
                (new AuditQuery { Act = AuditActs.KeyCreated, Result = AuditResult.Denied }, row => row is { Act: AuditActs.KeyCreated, Result: AuditResult.Denied }),
                (new AuditQuery { Who = "a1", From = TestDatabase.Start.AddHours(2), Until = TestDatabase.Start.AddHours(8) }, row => row.ActorId == "a1" && row.At >= TestDatabase.Start.AddHours(2) && row.At < TestDatabase.Start.AddHours(8)),
                (new AuditQuery { Subject = "k3", Who = "a3", Act = AuditActs.KeyRevoked, Result = AuditResult.Done }, row => row is { Subject: "k3", ActorId: "a3", Act: AuditActs.KeyRevoked, Result: AuditResult.Done }),
                (new AuditQuery { Subject = "none" }, _ => false),
            ])
        {
            var wanted = rows.Where(fits).Select(row => row.Seq).ToList();
            Assert.Equal(wanted, reader.All(query, AuditSamples.Admin).Select(row => row.Seq));

            // To the end and back again.
            List<AuditPageOf> pages = [await reader.PageAsync(query, null, 4, AuditSamples.Admin, Cancellation)];
            while (pages[^1].HasOlder)
            {
                pages.Add(await reader.PageAsync(query, new AuditPlace(pages[^1].Rows[^1].At, pages[^1].Rows[^1].Seq), 4, AuditSamples.Admin, Cancellation));
            }

            Assert.Equal(wanted, pages.SelectMany(page => page.Rows).Select(row => row.Seq));
            Assert.Equal(pages.Count > 1, pages[^1].HasNewer);
            for (var page = pages.Count - 1; page > 0; page--)
            {
                var first = pages[page].Rows[0];
                var back = await reader.PageAsync(query, new AuditPlace(first.At, first.Seq, IsBackwards: true), 4, AuditSamples.Admin, Cancellation);
                Assert.Equal(pages[page - 1].Rows.Select(row => row.Seq), back.Rows.Select(row => row.Seq));
                Assert.Equal((page > 1, true), (back.HasNewer, back.HasOlder));
            }
        }
    }

    private Task ThreeAsync() => _database.RecordAsync(((string[])["one", "two", "three"]).Select(subject => (new AuditRecord(AuditActs.SettingChanged, subject), AuditSamples.Admin)));

    private AuditHead Head() => _database.Get<AuditReader>().Head(AuditSamples.Admin);
}
