using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.Features.Incidents;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>What features do finds its way into the trail: done, refused and denied.</summary>
public sealed class AuditedActsTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Contact_RevealedOrNot_IsRecordedWithTheReason()
    {
        var incident = await IncidentContactsTests.ReportAsync(_database, IncidentContactsTests.Contact);
        var contacts = _database.Get<IIncidentContacts>();
        var elsewhere = TestDatabase.Operator with { Id = "stranger", ScopeCode = "999999" };

        await contacts.RevealAsync(incident.Number, " 回访 13811112222 ", TestDatabase.Operator, Cancellation);
        await Assert.ThrowsAsync<RefusedException>(() => contacts.RevealAsync(incident.Number, "  ", TestDatabase.Operator, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => contacts.RevealAsync(incident.Number, "好奇", elsewhere, Cancellation));
        await Assert.ThrowsAsync<RefusedException>(() => contacts.RevealAsync("HQ\nnone", "好奇", TestDatabase.Operator, Cancellation));

        var entry = (await _database.RowAsync(incident.Number)).LastSeq;
        Assert.Equal(
            [
                $"Done operator-1 {incident.Number} reason=回访 138****2222 entry={entry}", $"Refused operator-1 {incident.Number} reason= cause=ReasonMissing",
                $"Denied stranger {incident.Number} reason=好奇 cause=NotFound", @"Denied operator-1 HQ\u{000A}none reason=好奇 cause=NotFound",
            ],
            Told("contact.revealed"));
    }

    [Fact]
    public async Task Version_Published_IsRecordedAndARefusedOneIsNot()
    {
        var book = _database.Get<CatalogBook>();
        var (version, catalog) = book.InForce;
        await book.PublishAsync(catalog, version, "核对", AuditSamples.Admin, Cancellation);
        await Assert.ThrowsAsync<RefusedException>(() => book.PublishAsync(catalog, version, "迟到", AuditSamples.Admin, Cancellation));

        Assert.Equal(["Done admin-1 catalog@2 "], Told("catalog.published"));
    }

    [Fact]
    public async Task Edition_Imported_IsRecordedBeforeItIsKeptAndAfter()
    {
        var folder = Directory.CreateTempSubdirectory("hongqiao-grids-");
        try
        {
            var store = new GridEditionStore(GridSamples.ShippedFolder, folder.FullName, _database.Clock, NullLogger<GridEditionStore>.Instance);
            var desk = new GridImportDesk(store, _database.Get<IWriteLane>());
            using var file = new MemoryStream(GridSamples.NearNairobi().Utf8());
            Assert.Empty(await desk.KeepAsync(await store.ExamineAsync(file, Cancellation), AuditSamples.Admin));
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Assert.Equal(["Begun", "Done"], Told("grids.imported").Select(told => told.Split(' ')[0]));
    }

    private IEnumerable<string> Told(string act)
    {
        Assert.Null(_database.Verify().First);
        return _database.Rows().Where(row => row.Act == act).Select(row => $"{row.Result} {row.ActorId} {row.Subject} {AuditSamples.FactsOf(row)}");
    }
}
