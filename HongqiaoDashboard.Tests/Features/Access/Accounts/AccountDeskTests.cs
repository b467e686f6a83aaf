using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

public sealed class AccountDeskTests : IAsyncLifetime
{
    private readonly AccountHouse _house = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public void Judge_OfEveryFault_RefusesWithItsOwnCode()
    {
        var (street, community, basic) = (AccountHouse.Grid(GridTier.Street), AccountHouse.Grid(GridTier.Community), AccountHouse.Grid(GridTier.Basic));
        (string Expected, AccountDraft Draft)[] faults =
        [
            ("UserNameBad", AccountHouse.Draft(" a ")),
            ("UserNameBad", AccountHouse.Draft("li lei")),
            ("UserNameBad", AccountHouse.Draft("li:lei")),
            ("UserNameBad", AccountHouse.Draft(new string('a', AccountRules.LongestName + 1))),
            ("UserNamePersonal", AccountHouse.Draft("13812345678")),
            ("DisplayNameBad", AccountHouse.Draft("lilei") with { DisplayName = "  " }),
            ("DisplayNameBad", AccountHouse.Draft("lilei") with { DisplayName = "李\u0007雷" }),
            ("DisplayNamePersonal", AccountHouse.Draft("lilei") with { DisplayName = "李雷13812345678" }),
            ("RoleUnknown", AccountHouse.Draft("lilei", "emperor")),
            ("RoleUnknown", AccountHouse.Draft("lilei", Roles.Wall)),
            ("RoleUnknown", AccountHouse.Draft("lilei", Roles.Reader)),
            ("GridUnknown", AccountHouse.Draft("lilei", Roles.Leader, "999")),
            ("DepartmentUnknown", AccountHouse.Draft("lilei", Roles.DepartmentHandler, null, "none")),
            ("ScopeNotAllowed", AccountHouse.Draft("lilei", Roles.Admin, street)),
            ("ScopeNotAllowed", AccountHouse.Draft("lilei", Roles.RoomOperator, street)),
            ("ScopeMustBe.Street", AccountHouse.Draft("lilei", Roles.StreetDispatcher)),
            ("ScopeMustBe.Street", AccountHouse.Draft("lilei", Roles.StreetDispatcher, community)),
            ("ScopeMustBe.Community", AccountHouse.Draft("lilei", Roles.CommunityOperator, street)),
            ("ScopeMustBe.Community", AccountHouse.Draft("lilei", Roles.CommunityOperator)),
            ("ScopeMustBe.CommunityOrBasic", AccountHouse.Draft("lilei", Roles.GridWorker, street)),
            ("ScopeMustBe.CommunityOrBasic", AccountHouse.Draft("lilei", Roles.GridWorker)),
            ("DepartmentNeeded", AccountHouse.Draft("lilei", Roles.DepartmentHandler, street)),
            ("DepartmentNotAllowed", AccountHouse.Draft("lilei", Roles.GridWorker, basic, _house.Department)),
            ("DepartmentNotAllowed", AccountHouse.Draft("lilei", Roles.Admin, null, _house.Department)),
        ];

        Assert.Equal(
            faults.Select(fault => $"{fault.Expected} {fault.Draft}"),
            faults.Select(fault => $"{Assert.Throws<RefusedException>(() => _house.Desk.Judge(fault.Draft)).Refusal.Code} {fault.Draft}"));
    }

    [Fact]
    public void Judge_OfWhatEachRoleMayBe_TakesOffWhiteSpace()
    {
        var (street, community, basic) = (AccountHouse.Grid(GridTier.Street), AccountHouse.Grid(GridTier.Community), AccountHouse.Grid(GridTier.Basic));
        AccountDraft[] sound =
        [
            AccountHouse.Draft("lilei", Roles.Admin), AccountHouse.Draft("li.lei-2@grid", Roles.Leader, street), AccountHouse.Draft("李雷", Roles.Supervisor),
            AccountHouse.Draft("lilei", Roles.StreetDispatcher, street), AccountHouse.Draft("lilei", Roles.CommunityOperator, community),
            AccountHouse.Draft("lilei", Roles.GridWorker, community), AccountHouse.Draft("lilei", Roles.GridWorker, basic),
            AccountHouse.Draft("lilei", Roles.DepartmentHandler, null, _house.Department), AccountHouse.Draft("lilei", Roles.DepartmentHandler, street, _house.Department),
        ];

        Assert.All(sound, draft => Assert.Equal(draft, _house.Desk.Judge(draft)));
        Assert.Equal(AccountHouse.Draft("lilei"), _house.Desk.Judge(new AccountDraft(" lilei ", " 李雷\t", " leader", " ", "", "  ")));
    }

    [Fact]
    public async Task Account_ThroughItsLife_IsStoredAsTheDeskSays()
    {
        var admin = await _house.MakeFirstAsync();
        var street = AccountHouse.Grid(GridTier.Street);
        var account = await _house.AddAsync(AccountHouse.Draft("LiLei"));
        Assert.StartsWith(Account.IdPrefix, account.Id, StringComparison.Ordinal);
        Assert.Equal(("LiLei", "LILEI", true), (account.UserName, account.NormalizedUserName, account.IsActive));
        Assert.Equal(["first", "LiLei"], (await _house.RowsAsync()).Select(row => row.UserName));

        // What others see may change without ending a session; how far one sees may not.
        var renamed = await _house.Desk.ChangeAsync(account.Id, AccountHouse.Draft("ignored") with { DisplayName = "韩梅梅" }, Actor.System, Cancellation);
        Assert.Equal(("LiLei", "韩梅梅", account.SecurityStamp), (renamed.UserName, renamed.DisplayName, renamed.SecurityStamp));
        var moved = await _house.Desk.ChangeAsync(account.Id, AccountHouse.Draft("", Roles.StreetDispatcher, street), Actor.System, Cancellation);
        Assert.Equal((Roles.StreetDispatcher, street), (moved.Role, moved.ScopeCode));
        Assert.NotEqual(renamed.SecurityStamp, moved.SecurityStamp);

        var ended = await _house.Desk.DeactivateAsync(account.Id, Actor.System, Cancellation);
        Assert.Equal(_house.Clock.GetUtcNow(), ended.DeactivatedAt);
        Assert.NotEqual(moved.SecurityStamp, ended.SecurityStamp);
        _house.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(ended.DeactivatedAt, (await _house.Desk.DeactivateAsync(account.Id, Actor.System, Cancellation)).DeactivatedAt);

        var again = await _house.Desk.ReactivateAsync(account.Id, Actor.System, Cancellation);
        Assert.Equal((true, null), (again.Account.IsActive, again.Account.PasswordHash));
        await _house.Tickets.ChoosePasswordAsync(again.Secret, AccountHouse.Password, null, Cancellation);
        Assert.True(await _house.IsPasswordAsync(account.Id, AccountHouse.Password));
        Assert.Equal("AccountUnknown", await AccountHouse.RefusalOfAsync(() => _house.Desk.DeactivateAsync("account:none", Actor.System, Cancellation)));
        Assert.Equal("AccountUnknown", await AccountHouse.RefusalOfAsync(() => _house.Desk.InviteAsync("account:none", Actor.System, Cancellation)));
        Assert.True((await _house.RowAsync(admin.Id)).IsActive);
    }

    [Fact]
    public async Task Reset_OfALockedAccountWithASecondStep_TakesAllThatSignsIn()
    {
        var account = await _house.AddAsync(AccountHouse.Draft("lilei"));
        await _house.Get<AccountLane>().ChangeAsync(
            account.Id,
            (_, row) => (row.TwoFactorEnabled, row.AuthenticatorKey, row.RecoveryCodes, row.AccessFailedCount, row.LockoutEnd) = (true, "key", "code", 3, DateTimeOffset.MaxValue),
            Cancellation);

        var invitation = await _house.Desk.ResetAsync(account.Id, Actor.System, Cancellation);

        var row = await _house.RowAsync(account.Id);
        Assert.Equal(new OwnPart(null, row.SecurityStamp, 0, null, false, null, null), row.Own);
        Assert.NotEqual(account.SecurityStamp, row.SecurityStamp);
        Assert.Equal(_house.Clock.GetUtcNow() + AccountDesk.InvitationLife, invitation.ExpiresAt);
    }

    [Fact]
    public async Task LastAdministrator_WhoCanSignIn_IsKept()
    {
        var first = await _house.MakeFirstAsync();
        Assert.Equal("LastAdministrator", await AccountHouse.RefusalOfAsync(() => _house.Desk.DeactivateAsync(first.Id, Actor.System, Cancellation)));
        Assert.Equal("LastAdministrator", await AccountHouse.RefusalOfAsync(() => _house.Desk.ChangeAsync(first.Id, AccountHouse.Draft(""), Actor.System, Cancellation)));

        // One who was invited and has not come yet, or has been ended, does not count.
        var invited = await _house.Desk.AddAsync(AccountHouse.Draft("second", Roles.Admin), Actor.System, Cancellation);
        Assert.Equal("LastAdministrator", await AccountHouse.RefusalOfAsync(() => _house.Desk.DeactivateAsync(first.Id, Actor.System, Cancellation)));
        var second = await _house.Tickets.ChoosePasswordAsync(invited.Secret, AccountHouse.Password, null, Cancellation);
        await _house.Desk.DeactivateAsync(first.Id, Actor.System, Cancellation);
        Assert.Equal("LastAdministrator", await AccountHouse.RefusalOfAsync(() => _house.Desk.DeactivateAsync(second.Id, Actor.System, Cancellation)));

        // Two who end each other at the same moment: one is left.
        var third = await _house.AddAsync(AccountHouse.Draft("third", Roles.Admin));
        var ends = await Task.WhenAll(new[] { second.Id, third.Id }.Select(async id =>
        {
            try
            {
                await _house.Desk.DeactivateAsync(id, Actor.System, Cancellation);
                return "ended";
            }
            catch (RefusedException e)
            {
                return e.Refusal.Code;
            }
        }));
        Assert.Equal(["LastAdministrator", "ended"], ends.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Administrator_WhomAnotherResets_StillLeavesOneWhoCanSignIn()
    {
        var first = await _house.MakeFirstAsync();

        // Nobody could sign in any more to make another one: the link alone is left, and it may be lost.
        Assert.Equal("LastAdministrator", await AccountHouse.RefusalOfAsync(() => _house.Desk.ResetAsync(first.Id, Actor.System, Cancellation)));
        await _house.AddAsync(AccountHouse.Draft("second", Roles.Admin));
        await _house.Desk.ResetAsync(first.Id, Actor.System, Cancellation);
    }

    [Fact]
    public async Task Names_ThatAreTaken_AreRefusedHoweverTheyAreWritten()
    {
        await _house.AddAsync(AccountHouse.Draft("LiLei") with { ExternalSubject = "idp|7" });

        foreach (var name in (string[])["lilei", "LILEI", " LiLei "])
        {
            Assert.Equal("UserNameTaken", await AccountHouse.RefusalOfAsync(() => _house.Desk.AddAsync(AccountHouse.Draft(name), Actor.System, Cancellation)));
        }

        Assert.Equal("ExternalSubjectTaken", await AccountHouse.RefusalOfAsync(() => _house.Desk.AddAsync(AccountHouse.Draft("other") with { ExternalSubject = " idp|7 " }, Actor.System, Cancellation)));
        var other = await _house.AddAsync(AccountHouse.Draft("other"));
        Assert.Equal("ExternalSubjectTaken", await AccountHouse.RefusalOfAsync(() => _house.Desk.ChangeAsync(other.Id, AccountHouse.Draft("") with { ExternalSubject = "idp|7" }, Actor.System, Cancellation)));
        Assert.Equal(2, (await _house.RowsAsync()).Count);
    }
}
