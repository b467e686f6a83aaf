using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

public sealed class AccountTicketsTests : IAsyncLifetime
{
    private readonly AccountHouse _house = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private AccountTickets Tickets => _house.Tickets;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task FirstLink_OfAnEmptySystem_MakesOneAdministratorOnce()
    {
        Assert.True(Tickets.IsEmpty());
        var (old, _) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;
        var (secret, until) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;
        Assert.Equal(_house.Clock.GetUtcNow() + AccountTickets.FirstLife, until);

        Assert.Equal("TicketWorthless", await RefusalOfFirstAsync(old, "a1"));
        Assert.Equal("TicketWorthless", await RefusalOfFirstAsync("", "a1"));
        Assert.Equal("UserNameBad", await RefusalOfFirstAsync(secret, "a 1"));

        // As it is copied from a console, white space and all.
        var made = await Tickets.MakeFirstAsync($" {secret}\n", "first", "王管理", AccountHouse.Password, null, Cancellation);
        Assert.Equal((Roles.Admin, null), (made.Role, made.ScopeCode));
        Assert.False(Tickets.IsEmpty());
        Assert.Equal("TicketWorthless", await RefusalOfFirstAsync(secret, "a2"));
        Assert.Null(await Tickets.IssueFirstAsync(Cancellation));
        Assert.Single(await _house.RowsAsync());
    }

    [Fact]
    public async Task FirstLink_WithANameThatIsTaken_StaysGoodForAnother()
    {
        await _house.AddAsync(AccountHouse.Draft("first"));
        var (secret, _) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;

        Assert.Equal("UserNameTaken", await RefusalOfFirstAsync(secret, "First"));
        await Tickets.MakeFirstAsync(secret, "second", "王管理", AccountHouse.Password, null, Cancellation);
    }

    [Fact]
    public async Task FirstLink_AnHourLater_IsWorthless()
    {
        var (secret, _) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;
        _house.Clock.Advance(AccountTickets.FirstLife);

        Assert.Equal("TicketWorthless", await RefusalOfFirstAsync(secret, "first"));
        Assert.Empty(await _house.RowsAsync());
    }

    [Fact]
    public async Task FirstLink_UsedTwiceAtTheSameMoment_MakesOne()
    {
        var (secret, _) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;

        var came = await AtOnceAsync(8, n => Tickets.MakeFirstAsync(secret, $"first{n}", "王管理", AccountHouse.Password, null, Cancellation));

        Assert.Equal((1, 7), (came.Count(code => code is null), came.Count(code => code == "TicketWorthless")));
        Assert.Single(await _house.RowsAsync());
    }

    [Fact]
    public async Task FirstLink_BesideAnInvitationOfAnAdministrator_IsWorthlessOnceThatIsTaken()
    {
        // Nobody has administered yet: one who was only invited may never come.
        var invited = await _house.Desk.AddAsync(AccountHouse.Draft("second", Roles.Admin), Actor.System, Cancellation);
        var (secret, _) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;
        await Tickets.ChoosePasswordAsync(invited.Secret, AccountHouse.Password, null, Cancellation);

        Assert.Equal("TicketWorthless", await RefusalOfFirstAsync(secret, "first"));
        Assert.False(Tickets.IsEmpty());
    }

    [Fact]
    public async Task Invitation_Once_SetsThePassword()
    {
        var invitation = await _house.Desk.AddAsync(AccountHouse.Draft("lilei"), Actor.System, Cancellation);
        Assert.Equal(invitation.Account.Id, (await HolderAsync(invitation.Secret))?.Id);

        var came = await AtOnceAsync(8, n => Tickets.ChoosePasswordAsync(invitation.Secret, $"{AccountHouse.Password}{n}", null, Cancellation));

        var winner = Assert.Single(came.Index(), one => one.Item is null).Index;
        Assert.True(await _house.IsPasswordAsync(invitation.Account.Id, $"{AccountHouse.Password}{winner}"));
        Assert.NotEqual(invitation.Account.SecurityStamp, (await _house.RowAsync(invitation.Account.Id)).SecurityStamp);
        Assert.Null(await HolderAsync(invitation.Secret));
        Assert.Equal("TicketWorthless", await RefusalOfChoosingAsync(invitation.Secret));
    }

    [Fact]
    public async Task Invitation_OldReplacedOrOfAnEndedAccount_IsWorthless()
    {
        var first = await _house.Desk.AddAsync(AccountHouse.Draft("lilei"), Actor.System, Cancellation);
        var second = await _house.Desk.InviteAsync(first.Account.Id, Actor.System, Cancellation);
        await AssertWorthlessAsync(first.Secret);

        var third = await _house.Desk.ResetAsync(first.Account.Id, Actor.System, Cancellation);
        await AssertWorthlessAsync(second.Secret);

        await _house.Desk.DeactivateAsync(first.Account.Id, Actor.System, Cancellation);
        await AssertWorthlessAsync(third.Secret);
        var ended = await _house.Desk.InviteAsync(first.Account.Id, Actor.System, Cancellation);
        Assert.Equal("TicketWorthless", await RefusalOfChoosingAsync(ended.Secret));

        var fourth = await _house.Desk.ReactivateAsync(first.Account.Id, Actor.System, Cancellation);
        await AssertWorthlessAsync(ended.Secret);
        _house.Clock.Advance(AccountDesk.InvitationLife - TimeSpan.FromSeconds(1));
        Assert.NotNull(await HolderAsync(fourth.Secret));
        _house.Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertWorthlessAsync(fourth.Secret);
    }

    [Fact]
    public async Task Ticket_OfOnePurpose_IsWorthlessForAnother()
    {
        var invitation = await _house.Desk.AddAsync(AccountHouse.Draft("lilei"), Actor.System, Cancellation);
        var (first, _) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;

        Assert.Equal("TicketWorthless", await RefusalOfFirstAsync(invitation.Secret, "first"));
        await AssertWorthlessAsync(first);
        Assert.Equal(43, first.Length);
        Assert.NotEqual(first, AccountTicket.NewSecret());
    }

    private Task<Account?> HolderAsync(string secret) => Tickets.HolderAsync(secret, _house.Clock.GetUtcNow(), Cancellation);

    private async Task AssertWorthlessAsync(string secret)
    {
        Assert.Null(await HolderAsync(secret));
        Assert.Equal("TicketWorthless", await RefusalOfChoosingAsync(secret));
    }

    private Task<string> RefusalOfFirstAsync(string secret, string name) =>
        AccountHouse.RefusalOfAsync(() => Tickets.MakeFirstAsync(secret, name, "王管理", AccountHouse.Password, null, Cancellation));

    private Task<string> RefusalOfChoosingAsync(string secret) => AccountHouse.RefusalOfAsync(() => Tickets.ChoosePasswordAsync(secret, AccountHouse.Password, null, Cancellation));

    // Codes of refusals, in order; null for who was let.
    private static Task<string?[]> AtOnceAsync(int times, Func<int, Task> action) => Task.WhenAll(Enumerable.Range(0, times).Select(n => Task.Run(async () =>
    {
        try
        {
            await action(n);
            return null;
        }
        catch (RefusedException e)
        {
            return (string?)e.Refusal.Code;
        }
    })));
}
