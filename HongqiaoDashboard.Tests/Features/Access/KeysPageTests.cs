using Bunit;
using HongqiaoDashboard.Features.Access.Keys;
using HongqiaoDashboard.Features.Access.Keys.Pages;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Incidents;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Access;

public sealed class KeysPageTests : CasePages
{
    public KeysPageTests()
    {
        Services.AddSingleton(Database.Get<KeyDesk>());
        Services.AddSingleton(Database.Get<KeyShelf>());
        SignIn(Policies.Administer);
    }

    [Fact]
    public async Task Create_Key_IsShownOnceAndCopied()
    {
        var page = Render<KeysPage>();
        page.WaitForElement(".key-none");
        await page.InvokeAsync(() => page.Find("[data-field=label]").ChangeAsync("热线转办"));
        await page.InvokeAsync(() => page.Find("[data-field=role]").ChangeAsync(Roles.Reporter));
        await page.InvokeAsync(() => page.Find("[data-field=scope]").ChangeAsync(Database.Grids.Current.Root.Code));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());

        var key = page.WaitForElement("[data-key]").TextContent;
        Assert.Equal("热线转办", Database.Get<IKeyRing>().Present(key)!.Actor.Name);
        Assert.Contains("无法再次显示", page.Find(".key-made").TextContent, StringComparison.Ordinal);
        await page.InvokeAsync(() => page.Find("[data-copy]").ClickAsync());
        Assert.Equal(key, JSInterop.Invocations["navigator.clipboard.writeText"].Single().Arguments[0]);
        await page.InvokeAsync(() => page.Find("[data-forget]").ClickAsync());
        Assert.Empty(page.FindAll("[data-key]"));
        Assert.DoesNotContain(key[3..], page.Markup, StringComparison.Ordinal);
        Assert.Contains("热线转办", page.Find("[data-row]").TextContent, StringComparison.Ordinal);

        // A page that is opened later does not know it either.
        var later = Render<KeysPage>();
        later.WaitForElement("[data-row]");
        Assert.DoesNotContain(key[3..], later.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_Key_IsAskedForAndShownOnEveryPage()
    {
        var (row, key) = await Database.Get<KeyDesk>().CreateAsync(new NewKey(Roles.Reader), new Actor("a", "a", Roles.Admin, null), Xunit.TestContext.Current.CancellationToken);
        var (page, other) = (Render<KeysPage>(), Render<KeysPage>());
        page.WaitForElement($"[data-row='{row.Id}'][data-state=inForce]");
        other.WaitForElement($"[data-row='{row.Id}'][data-state=inForce]");

        await page.InvokeAsync(() => page.Find("[data-revoke]").ClickAsync());
        Assert.NotNull(Database.Get<IKeyRing>().Present(key));
        await page.InvokeAsync(() => page.Find("[data-confirm]").ClickAsync());
        Assert.Null(Database.Get<IKeyRing>().Present(key));
        page.WaitForElement($"[data-row='{row.Id}'][data-state=revoked]");
        other.WaitForElement($"[data-row='{row.Id}'][data-state=revoked]");
    }

    [Fact]
    public async Task Create_ByWhoeverMayNotAnyMore_OrWithAWrongScope_IsRefusedWithASentence()
    {
        var page = Render<KeysPage>();
        page.WaitForElement(".key-none");
        await page.InvokeAsync(() => page.Find("[data-field=scope]").ChangeAsync("999999"));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        Assert.Contains("999999", page.WaitForElement("[data-problem]").TextContent, StringComparison.Ordinal);

        SignIn(Policies.ViewCases);
        await page.InvokeAsync(() => page.Find("[data-field=scope]").ChangeAsync(""));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("无权", page.Find("[data-problem]").TextContent, StringComparison.Ordinal));
        Assert.Empty(await Database.Get<KeyDesk>().ListAsync(Xunit.TestContext.Current.CancellationToken));
    }
}
