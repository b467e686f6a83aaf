using Bunit;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Access.Accounts.Pages.Admin;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Incidents;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

public sealed class AccountsPageTests : CasePages
{
    public AccountsPageTests()
    {
        Services.AddSingleton(Desk);
        Services.AddSingleton(Database.Get<AccountPlaces>());
        SignIn(Policies.Administer);
    }

    private static CancellationToken Cancellation => Xunit.TestContext.Current.CancellationToken;

    private AccountDesk Desk => Database.Get<AccountDesk>();

    private AccountTickets Tickets => Database.Get<AccountTickets>();

    [Fact]
    public async Task Account_MadeOnThePage_HasALinkThatIsShownOnceAndWorks()
    {
        var street = AccountHouse.Grid(GridTier.Street);
        var page = Render<AccountsPage>();
        await FillAsync(page, "li.lei", "李雷", Roles.StreetDispatcher);
        await page.Find("[data-field=scope]").ChangeAsync(street);
        await page.Find("form").SubmitAsync();

        var link = page.WaitForElement("[data-link]").TextContent;
        var secret = link[(link.IndexOf('#', StringComparison.Ordinal) + 1)..];
        Assert.StartsWith("http://localhost/account/join#", link, StringComparison.Ordinal);
        Assert.Equal("invited", page.Find("[data-row='li.lei']").GetAttribute("data-state"));
        await page.Find("[data-forget]").ClickAsync();
        Assert.DoesNotContain(secret, page.Markup, StringComparison.Ordinal);

        var account = await Tickets.ChoosePasswordAsync(secret, AccountHouse.Password, null, Cancellation);
        Assert.Equal((Roles.StreetDispatcher, street), (account.Role, account.ScopeCode));
    }

    [Fact]
    public async Task Account_ThatCannotBe_IsRefusedWithASentenceAndStaysTyped()
    {
        var page = Render<AccountsPage>();
        await FillAsync(page, "li.lei", "李雷", Roles.StreetDispatcher);
        await page.Find("form").SubmitAsync();

        Assert.Equal("ScopeMustBe.Street", page.WaitForElement("[data-problem]").GetAttribute("data-problem"));
        Assert.Equal("li.lei", page.Find("[data-field=userName]").GetAttribute("value"));
        Assert.Empty(await Desk.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Account_Ended_IsAskedForAndOpenedAgainByANewLink()
    {
        await Desk.AddAsync(AccountHouse.Draft("li.lei"), Actor.System, Cancellation);
        var page = Render<AccountsPage>();
        page.WaitForElement("[data-row='li.lei']");

        await page.Find("[data-end]").ClickAsync();
        Assert.True((await Desk.ListAsync(Cancellation)).Single().IsActive);
        await page.Find("[data-confirm]").ClickAsync();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-row]")));
        Assert.False((await Desk.ListAsync(Cancellation)).Single().IsActive);

        await page.Find("[data-all]").ChangeAsync(true);
        await page.WaitForElement("[data-row='li.lei'][data-state=ended] [data-reopen]").ClickAsync();
        page.WaitForElement("[data-link]");
        page.WaitForElement("[data-row='li.lei'][data-state=invited]");
    }

    [Fact]
    public async Task Account_ChangedByWhoeverMayNotAnyMore_StaysAsItWas()
    {
        await Desk.AddAsync(AccountHouse.Draft("li.lei"), Actor.System, Cancellation);
        var page = Render<AccountsPage>();
        await page.WaitForElement("[data-change]").ClickAsync();
        await page.Find("[data-field=displayName]").ChangeAsync("别人");
        SignIn(Policies.ViewCases);
        await page.Find("form").SubmitAsync();

        Assert.Equal("NotAllowed", page.WaitForElement("[data-problem]").GetAttribute("data-problem"));
        Assert.Equal("李雷", (await Desk.ListAsync(Cancellation)).Single().DisplayName);
    }

    [Fact]
    public async Task Accounts_SearchedFor_AreFoundByNameRoleAndPlace()
    {
        await Desk.AddAsync(AccountHouse.Draft("li.lei"), Actor.System, Cancellation);
        await Desk.AddAsync(AccountHouse.Draft("han.meimei", Roles.StreetDispatcher, AccountHouse.Grid(GridTier.Street)), Actor.System, Cancellation);
        var page = Render<AccountsPage>();
        page.WaitForElement("[data-row='li.lei']");

        await page.Find("[data-search]").InputAsync("街道调度");

        Assert.Equal(["han.meimei"], page.FindAll("[data-row]").Select(row => row.GetAttribute("data-row")));
        Assert.Equal("1", page.Find("[data-count]").GetAttribute("data-count"));
    }

    private static async Task FillAsync(IRenderedComponent<AccountsPage> page, string userName, string name, string role)
    {
        await page.Find("[data-field=userName]").ChangeAsync(userName);
        await page.Find("[data-field=displayName]").ChangeAsync(name);
        await page.Find("[data-field=role]").ChangeAsync(role);
    }
}
