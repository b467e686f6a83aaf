using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Vault;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class IncidentContactsTests : IAsyncDisposable
{
    internal static readonly ReporterContact Contact = new("敏", "张", "139-1111-2222", "zhangmin@example.org");

    private readonly TestDatabase _database = new();

    private IIncidentContacts Contacts => _database.Get<IIncidentContacts>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Glimpse_OfAContact_IsMaskedAndLeavesNoEntry()
    {
        var incident = await ReportAsync(_database, Contact);

        var glimpse = await Contacts.LookAsync(incident.Number, TestDatabase.Operator, Cancellation);

        Assert.Equal(new ContactGlimpse(ContactState.Kept, "张***", "139***22", "z***@example.org"), glimpse);
        Assert.Single(await _database.LogAsync(incident.Number));
    }

    [Fact]
    public async Task Reveal_WithAReason_GivesTheContactAndLogsWhoAndWhyWithoutItsNumbers()
    {
        var incident = await ReportAsync(_database, Contact);

        Assert.Equal(Contact, await Contacts.RevealAsync(incident.Number, "  回访 13811112222 核实 ", TestDatabase.Operator, Cancellation));

        var entry = (await _database.LogAsync(incident.Number))[^1];
        Assert.Equal((Kind.ContactRevealed, TestDatabase.Operator.Id, "回访 138****2222 核实"), (entry.Kind, entry.ActorId, entry.Detail.Text));
        Assert.Equal((IncidentState.Reported, incident.Version + 1), (entry.To, (await _database.RowAsync(incident.Number)).Version));
        using var read = _database.Door.Open(Actor.System);
        Assert.Empty(_database.Get<IIncidentIntegrity>().Differences(read));
    }

    [Theory]
    [InlineData("", "ReasonMissing")]
    [InlineData("  \n ", "ReasonMissing")]
    public async Task Reveal_WithoutAReason_IsRefusedAndLogsNothing(string reason, string code)
    {
        var incident = await ReportAsync(_database, Contact);
        await RefusedAsync(code, incident.Number, reason, TestDatabase.Operator);
        await RefusedAsync("TextTooLong", incident.Number, new string('因', IIncidentContacts.LongestReason + 1), TestDatabase.Operator);
        Assert.Single(await _database.LogAsync(incident.Number));
    }

    [Fact]
    public async Task Contact_OfACaseOutOfScope_DoesNotExist()
    {
        var incident = await ReportAsync(_database, Contact);
        var elsewhere = new Actor("stranger", "外人", Roles.CommunityOperator, incident.GridCode == "120106010001001" ? "120106001" : "120106010");

        Assert.Equal(ContactState.None, (await Contacts.LookAsync(incident.Number, elsewhere, Cancellation)).State);
        await RefusedAsync("NotFound", incident.Number, "回访", elsewhere);
        var within = elsewhere with { ScopeCode = incident.GridCode[..9] };
        Assert.Equal(ContactState.Kept, (await Contacts.LookAsync(incident.Number, within, Cancellation)).State);
        Assert.Equal(Contact, await Contacts.RevealAsync(incident.Number, "回访", within, Cancellation));
    }

    [Fact]
    public async Task Case_WithoutAContact_HasNoneToShow()
    {
        var incident = await ReportAsync(_database, null);
        Assert.Equal(ContactState.None, (await Contacts.LookAsync(incident.Number, TestDatabase.Operator, Cancellation)).State);
        await RefusedAsync("ContactGone", incident.Number, "回访", TestDatabase.Operator);
        Assert.Single(await _database.LogAsync(incident.Number));
    }

    [Fact]
    public async Task Report_WithoutAKeyToKeepItsContactWith_IsTakenAndSaysSo()
    {
        await using var shut = new TestDatabase(services => services.AddSingleton<IDataVault>(new ShutVault()));

        var incident = await ReportAsync(shut, Contact);

        var contacts = shut.Get<IIncidentContacts>();
        Assert.Equal(ContactState.NotKept, (await contacts.LookAsync(incident.Number, TestDatabase.Operator, Cancellation)).State);
        var refused = await Assert.ThrowsAsync<RefusedException>(() => contacts.RevealAsync(incident.Number, "回访", TestDatabase.Operator, Cancellation));
        Assert.Equal("ContactUnreadable", refused.Refusal.Code);
        Assert.Single(await shut.LogAsync(incident.Number));
    }

    [Theory]
    [InlineData(null, "Li", "L***")]
    [InlineData("Ann", "Li", "A***")]
    [InlineData("欧阳敏", null, "欧***")]
    [InlineData("𠮷", "", "𠮷***")]
    [InlineData(" ", "", null)]
    public void Mask_OfAName_ShowsItsFirstCharacter(string? first, string? last, string? masked) =>
        Assert.Equal(masked, ContactMask.Name(new ReporterContact(first, last, null, null)));

    [Theory]
    [InlineData("13912345678", "139***78")]
    [InlineData("+86 139 1234 5678", "861***78")]
    [InlineData("12345", "***")]
    [InlineData("打门口电话", "***")]
    [InlineData("", null)]
    public void Mask_OfAPhone_ShowsThreeAndTwoDigits(string phone, string? masked) => Assert.Equal(masked, ContactMask.Phone(phone));

    [Theory]
    [InlineData("zhang@example.org", "z***@example.org")]
    [InlineData("z@example.org", "***@example.org")]
    [InlineData("13912345678", "***")]
    [InlineData(" ", null)]
    public void Mask_OfAnEmail_ShowsItsFirstCharacterAndDomain(string email, string? masked) => Assert.Equal(masked, ContactMask.Email(email));

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    internal static async Task<Incident> ReportAsync(TestDatabase database, ReporterContact? contact) =>
        (await database.Desk.ReportAsync(
            new ReportIncident { Type = "0401", Point = GridSamples.Shipped.Units.First(unit => unit.Code.Length == 15).Centre, Source = "desk", Contact = contact },
            TestDatabase.Operator, Cancellation)).Incident;

    private async Task RefusedAsync(string code, string number, string reason, Actor actor) =>
        Assert.Equal(code, (await Assert.ThrowsAsync<RefusedException>(() => Contacts.RevealAsync(number, reason, actor, Cancellation))).Refusal.Code);

    private sealed class ShutVault : IDataVault
    {
        public VaultFault? Fault => VaultFault.MasterKeyMissing;

        public string? Protect(string purpose, string text) => null;

        public VaultReading Read(string purpose, string kept) => new(null, Fault);
    }
}
