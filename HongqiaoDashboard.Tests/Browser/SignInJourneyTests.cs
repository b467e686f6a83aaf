using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Tests.Features.Access.Accounts;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>From the first link to a second step, on a phone's screen and by the keyboard alone.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class SignInJourneyTests(BrowserFixture browser, AccountServer server) : IClassFixture<BrowserFixture>, IClassFixture<AccountServer>
{
    private const string UserName = "wang.min";
    private const string Password = AccountHouse.Password;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OfAnAccountThatIsEnded_ShowsNothingMoreAndLeadsOut()
    {
        var account = await server.AddAsync(AccountHouse.Draft("leaving"));
        var page = await browser.NewPageAsync(1366, 900);
        await page.GotoAsync(Address("/account/sign-in?returnTo=%2Fincidents"));
        await TypeAsync(page, "_form.UserName", "leaving");
        await TypeAsync(page, "_form.Password", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".desk-account").WaitForAsync();

        await server.Desk.DeactivateAsync(account.Id, HongqiaoDashboard.Platform.Identity.Actor.System, Cancellation);

        await page.WaitForURLAsync(new Regex("/account/sign-in"));
        await Expect(page.Locator(".desk-account")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Account_FromTheFirstLinkToASecondStep_IsKeptWithTheKeyboardAlone()
    {
        var page = await browser.NewPageAsync(390, 844);
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        var (secret, _) = (await server.Get<AccountTickets>().IssueFirstAsync(Cancellation))!.Value;

        // The secret goes into the field, and out of address and history.
        await page.GotoAsync(Address($"/account/first#{secret}"));
        await Expect(page.Locator("[data-ticket]")).ToHaveValueAsync(secret);
        Assert.Equal(Address("/account/first"), page.Url);
        await AssertSoundAsync(page);
        await TypeAsync(page, "_form.UserName", UserName);
        await TypeAsync(page, "_form.DisplayName", "王敏");
        await TypeAsync(page, "_form.Password", Password);
        await TypeAsync(page, "_form.Repeated", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-freshness=fresh]");

        // The menu says who one is, and leads to one's account.
        await page.Locator(".desk-account button").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".desk-account-name")).ToHaveTextAsync("王敏");
        await page.Locator(".mud-menu-item", new() { HasText = "我的账号" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(Address("/account"));
        await TabToAsync(page, "form:last-of-type button.account-quiet");
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".account-qr").WaitForAsync();
        await AssertSoundAsync(page);
        var key = (await page.Locator(".account-form .account-code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        await TypeAsync(page, "_confirm.Code", "000000");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".account-fault")).ToBeVisibleAsync();
        await TypeAsync(page, "_confirm.Code", Authenticator.CodeOf(key));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".account-codes li")).ToHaveCountAsync(8);
        await AssertSoundAsync(page);
        var recovery = await page.Locator(".account-codes li").First.InnerTextAsync();

        // In again by the authenticator, then by a recovery code, which works once.
        await LeaveAsync(page);
        await SignInAsync(page);
        await AssertSoundAsync(page);
        await TypeAsync(page, "_form.Code", Authenticator.CodeOf(key));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync("[data-freshness=fresh]");
        for (var time = 1; time <= 2; time++)
        {
            await LeaveAsync(page);
            await SignInAsync(page);
            await TabToAsync(page, "a[href*='recovery=true']");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(Recovering());
            await TypeAsync(page, "_form.Code", recovery);
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForSelectorAsync(time == 1 ? "[data-freshness=fresh]" : ".account-fault");
        }

        // What is left of the plain pages; nobody is signed in now.
        foreach (var path in (string[])["/account/sign-in", "/account/join", "/account/first", "/account/leave"])
        {
            await page.GotoAsync(Address(path));
            await AssertSoundAsync(page);
        }

        Assert.Empty(errors);
        await page.Context.CloseAsync();
    }

    private async Task LeaveAsync(IPage page)
    {
        await page.GotoAsync(Address("/account/leave"));
        await Expect(page.Locator("form button")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(Address("/account/sign-in"));
    }

    private static async Task SignInAsync(IPage page)
    {
        await Expect(page.Locator("[name='_form.UserName']")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(UserName);
        await TypeAsync(page, "_form.Password", Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("[name='_form.Code']").WaitForAsync();
    }

    private static async Task TypeAsync(IPage page, string field, string text)
    {
        await TabToAsync(page, $"[name='{field}']");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        for (var stop = 0; stop < 30 && !await page.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector); stop++)
        {
            await page.Keyboard.PressAsync("Tab");
        }

        await Expect(page.Locator(selector)).ToBeFocusedAsync();
    }

    // In both themes, and nothing wider than the phone.
    private static async Task AssertSoundAsync(IPage page)
    {
        var faults = new List<string>();
        foreach (var theme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme, ReducedMotion = ReducedMotion.Reduce });
            await page.WaitForFunctionAsync("theme => document.documentElement.dataset.theme === theme", theme.ToString().ToLowerInvariant());
            faults.AddRange((await AccessibilityTests.FaultsAsync(page)).Select(fault => $"{page.Url} {theme} {fault}"));
        }

        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), $"{page.Url} is wider than the screen.");
    }

    private string Address(string path) => new Uri(server.Address, path).ToString();

    [GeneratedRegex("recovery=true")]
    private static partial Regex Recovering();
}
