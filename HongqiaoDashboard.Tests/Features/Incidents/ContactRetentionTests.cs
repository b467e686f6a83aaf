using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class ContactRetentionTests : IAsyncDisposable
{
    private readonly TestDatabase _database = new();

    private ContactRetention Retention => _database.Get<ContactRetention>();

    public static TheoryData<Kind[]> WaysToTheEnd => new(
        [Kind.Rejected],
        [Kind.Merged],
        [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed]);

    [Theory]
    [MemberData(nameof(WaysToTheEnd))]
    public async Task Contact_OfACaseThatEnded_GoesWhenItsTimeIsOverAndNoSooner(Kind[] moves)
    {
        var ended = await _database.MoveAsync(await IncidentContactsTests.ReportAsync(_database, IncidentContactsTests.Contact), moves);
        var over = _database.Clock.GetUtcNow().AddDays(180);
        // A later note is no later end.
        _database.Clock.Advance(TimeSpan.FromDays(90));
        await _database.MoveAsync(ended, Kind.Noted);

        Assert.Equal(0, await EraseAsync(over.AddMilliseconds(-1)));
        Assert.Equal(ContactState.Kept, await StateAsync(ended));
        Assert.Equal(1, await EraseAsync(over));
        Assert.Equal(ContactState.None, await StateAsync(ended));
        Assert.Equal(0, await EraseAsync(over.AddDays(1)));
        Assert.Equal(ended.Version + 1, (await _database.RowAsync(ended.Number)).Version);
    }

    [Fact]
    public async Task Contact_OfAnOpenOrReopenedCase_Stays()
    {
        var open = await IncidentContactsTests.ReportAsync(_database, IncidentContactsTests.Contact);
        var reopened = await _database.MoveAsync(
            await IncidentContactsTests.ReportAsync(_database, IncidentContactsTests.Contact),
            Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed, Kind.Reopened);

        Assert.Equal(0, await EraseAsync(_database.Clock.GetUtcNow().AddYears(10)));
        Assert.Equal((ContactState.Kept, ContactState.Kept), (await StateAsync(open), await StateAsync(reopened)));
    }

    [Fact]
    public async Task Contacts_OfMoreCasesThanOneChangeTakes_GoAllAndOnlyTheDueOnes()
    {
        for (var n = 0; n < 450; n++)
        {
            var incident = await IncidentContactsTests.ReportAsync(_database, IncidentContactsTests.Contact);
            if (n % 3 > 0)
            {
                await _database.MoveAsync(incident, Kind.Rejected);
            }
        }

        Assert.Equal(300, await EraseAsync(_database.Clock.GetUtcNow().AddDays(180)));
        using var outside = Databases.Open(_database.DataDirectory);
        Assert.Equal(150, outside.Scalar<long>("SELECT COUNT(*) FROM IncidentContacts"));
    }

    [Fact]
    public async Task Contact_ThatWasErased_IsOverwrittenInTheFile()
    {
        var incident = await _database.MoveAsync(await IncidentContactsTests.ReportAsync(_database, IncidentContactsTests.Contact), Kind.Rejected);
        using var outside = Databases.Open(_database.DataDirectory);
        var kept = outside.Scalar<string>("SELECT Protected FROM IncidentContacts");

        await EraseAsync(_database.Clock.GetUtcNow().AddDays(180));
        outside.Query("PRAGMA wal_checkpoint(TRUNCATE)");

        var bytes = await File.ReadAllBytesAsync(Path.Combine(_database.DataDirectory, "hongqiao.db"), TestContext.Current.CancellationToken);
        Assert.Equal(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(kept[10..60])));
        Assert.NotEqual(-1, bytes.AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(incident.Number)));
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Task<int> EraseAsync(DateTimeOffset now) => Retention.EraseDueAsync(now, TestContext.Current.CancellationToken);

    private async Task<ContactState> StateAsync(Incident incident) =>
        (await _database.Get<IIncidentContacts>().LookAsync(incident.Number, TestDatabase.Operator, TestContext.Current.CancellationToken)).State;
}
