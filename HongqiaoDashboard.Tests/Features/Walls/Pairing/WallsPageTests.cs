using Bunit;
using HongqiaoDashboard.Features.Walls.Pairing;
using HongqiaoDashboard.Features.Walls.Pairing.Pages;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Incidents;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Walls.Pairing;

public sealed class WallsPageTests : CasePages
{
    public WallsPageTests()
    {
        Services.AddSingleton(Database.Get<WallDesk>());
        Services.AddSingleton(Database.Get<WallShelf>());
        Services.AddSingleton(Database.Get<WallSightings>());
        SignIn(Policies.Administer);
    }

    [Fact]
    public async Task Display_FromItsCodeToItsEnd_IsNamedWatchedChangedAndRevoked()
    {
        var (pairing, own) = Database.Get<PairingRequests>().Begin("10.0.0.1")!.Value;
        var page = Render<WallsPage>();
        page.WaitForElement(".walls-none");
        await ConfirmAsync(page, pairing.Code, "大厅左侧", "campaigns", "situation");

        page.WaitForElement("[data-wall='1'][data-state=never]");
        Assert.Contains("大厅左侧", page.Find("[data-done]").TextContent, StringComparison.Ordinal);
        var secret = Database.Get<PairingRequests>().Ask(own).Secret!;
        Assert.Equal("campaigns,situation", Database.Get<WallShelf>().Find(secret)!.Boards);

        // What it says of itself is there without a question.
        Database.Get<WallSightings>().Note(1, "campaigns", "0123456789ab", "10.0.0.1");
        page.WaitForElement("[data-wall='1'][data-state=there]");
        Assert.Contains("重点行动", page.Find("[data-shows]").TextContent, StringComparison.Ordinal);
        Assert.Contains("10:00:00", page.Find("[data-seen]").TextContent, StringComparison.Ordinal);
        Assert.Contains("非当前版本", page.Find("[data-wall='1']").TextContent, StringComparison.Ordinal);
        Database.Clock.Advance(TimeSpan.FromSeconds(20));
        page.WaitForElement("[data-wall='1'][data-state=silent]");

        await page.InvokeAsync(() => page.Find("[data-edit]").ClickAsync());
        await page.InvokeAsync(() => page.Find(".walls-edit [data-field=name]").ChangeAsync("大厅右侧"));
        await page.InvokeAsync(() => page.Find(".walls-edit [data-board=situation]").ChangeAsync(false));
        await page.InvokeAsync(() => page.Find(".walls-edit").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("大厅右侧", page.Find("[data-wall='1'] .walls-name").TextContent, StringComparison.Ordinal));
        Assert.Equal("campaigns", Database.Get<WallShelf>().Find(secret)!.Boards);

        await page.InvokeAsync(() => page.Find("[data-revoke]").ClickAsync());
        Assert.NotNull(Database.Get<WallShelf>().Find(secret));
        await page.InvokeAsync(() => page.Find("[data-really]").ClickAsync());
        page.WaitForElement("[data-wall='1'][data-state=revoked]");
        Assert.Null(Database.Get<WallShelf>().Find(secret));
    }

    [Fact]
    public async Task Confirm_WrongCodeOrByWhoeverMayNotAnyMore_IsRefusedWithASentence()
    {
        var page = Render<WallsPage>();
        page.WaitForElement(".walls-none");
        await ConfirmAsync(page, "7KQ4-2MXD", "左", "situation");
        Assert.Contains("没有大屏显示此配对码", page.WaitForElement("[data-problem]").TextContent, StringComparison.Ordinal);

        var (pairing, _) = Database.Get<PairingRequests>().Begin("10.0.0.1")!.Value;
        SignIn(Policies.ViewCases);
        await page.InvokeAsync(() => page.Find("[data-field=code]").ChangeAsync(pairing.Code));
        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
        page.WaitForAssertion(() => Assert.Contains("无权", page.Find("[data-problem]").TextContent, StringComparison.Ordinal));
        Assert.Empty(await Database.Get<WallDesk>().ListAsync(Xunit.TestContext.Current.CancellationToken));
    }

    private static async Task ConfirmAsync(IRenderedComponent<WallsPage> page, string code, string name, params string[] boards)
    {
        await page.InvokeAsync(() => page.Find("[data-field=code]").ChangeAsync(PairingCode.Shown(PairingCode.Read(code)!)));
        await page.InvokeAsync(() => page.Find("[data-field=name]").ChangeAsync(name));
        foreach (var board in boards)
        {
            await page.InvokeAsync(() => page.Find($"[data-board={board}]").ChangeAsync(true));
        }

        await page.InvokeAsync(() => page.Find("form").SubmitAsync());
    }
}
