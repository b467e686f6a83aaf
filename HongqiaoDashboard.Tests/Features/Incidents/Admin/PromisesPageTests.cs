using Bunit;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Pages.Admin;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Incidents.Admin;

public sealed class PromisesPageTests : CasePages
{
    private PolicyBook Book => Services.GetRequiredService<PolicyBook>();

    public PromisesPageTests() => JSInterop.Setup<bool>("confirm", _ => true).SetResult(true);

    [Fact]
    public async Task Publish_OfAChange_IsInForceForNewCasesAndInTheHistory()
    {
        var page = Open();
        await Field(page, 0, "Resolve").InputAsync("3h");
        await Field(page, 0, "Accept").InputAsync("1h");
        Assert.Contains("规则“一般”：处置完成由“2 小时（连续计时）”改为“3 小时（连续计时）”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, Book.InForce.Version);
        await PublishAsync(page, "放宽");

        page.WaitForAssertion(() => Assert.Equal(2, Book.InForce.Version));
        Assert.Equal("2", page.Find("[data-published]").GetAttribute("data-published"));
        var incident = await Database.ReportAsync();
        Assert.Equal((incident.ReportedAt.AddHours(3), "promise@2"), (incident.ResolveBy, incident.Policy));
        page.WaitForAssertion(() => Assert.Contains("放宽", page.Find(".version-history").TextContent, StringComparison.Ordinal));
        Assert.Equal("2h", Book.Find(1)!.Rules[0].Resolve.ToString());

        await page.InvokeAsync(() => page.Find("[data-show-version='1']").ClickAsync());
        Assert.Equal("2h", Field(page, 0, "Resolve").GetAttribute("value"));
        Assert.True(Field(page, 0, "Resolve").HasAttribute("readonly"));
        Assert.Empty(page.FindAll("[data-add]"));
        Assert.Contains("改为“3 小时（连续计时）”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 hours")]
    [InlineData("")]
    [InlineData("0h")]
    public async Task Publish_OfWhatIsNoPromise_IsRefusedWithTheRuleAndTheField(string text)
    {
        var page = Open();
        await Field(page, 1, "Close").InputAsync(text);

        // Told while it is typed, and there is no way to publish it.
        Assert.Contains("规则 2：“结案”", page.Find("[data-draft-faults='1']").ParentElement!.TextContent, StringComparison.Ordinal);
        await page.Find(".draft-note textarea").InputAsync("t");
        Assert.True(page.Find("[data-publish]").HasAttribute("disabled"));
        Assert.Equal(1, Book.InForce.Version);

        await Field(page, 1, "Close").InputAsync("6wd");
        Assert.Empty(page.FindAll("[data-draft-faults]"));
        Assert.False(page.Find("[data-publish]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task Publish_WithoutANote_OrAfterSomebodyElse_IsRefusedAndKeepsTheDraft()
    {
        var page = Open();
        await Field(page, 0, "Resolve").InputAsync("5h");
        Assert.True(page.Find("[data-publish]").HasAttribute("disabled"));
        Assert.Contains("必填", page.Find(".draft-note").TextContent, StringComparison.Ordinal);

        await Book.PublishAsync(Book.InForce.Value, 1, "t", TestDatabase.Operator, Xunit.TestContext.Current.CancellationToken);
        page.WaitForElement("[data-overtaken='2']");
        Assert.NotNull(page.Find("[data-edition='2']"));
        await PublishAsync(page, "t");

        page.WaitForAssertion(() => Assert.Contains("第 2 版", page.Find("[data-problem]").TextContent, StringComparison.Ordinal));
        Assert.Equal("5h", Field(page, 0, "Resolve").GetAttribute("value"));

        await page.Find("[data-discard]").ClickAsync();
        Assert.Equal("2h", Field(page, 0, "Resolve").GetAttribute("value"));
        Assert.Empty(page.FindAll("[data-overtaken]"));
    }

    [Fact]
    public async Task Publish_BySomebodyWhoMayNoLongerAdminister_IsRefused()
    {
        var page = Open();
        await Field(page, 0, "Resolve").InputAsync("5h");
        SignIn(Policies.ViewCases);
        await PublishAsync(page, "t");

        Assert.Contains("您没有管理权限", page.Find("[data-problem]").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, Book.InForce.Version);
        Assert.Equal("5h", Field(page, 0, "Resolve").GetAttribute("value"));
    }

    [Fact]
    public async Task Rules_AddedAndRemoved_AreListedUntilTheyAreWhole()
    {
        var page = Open();
        await page.Find("[data-add]").ClickAsync();
        Assert.Equal(3, page.FindAll(".policy-rule").Count);
        Assert.Contains("新增规则“全部案件”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.Find("[data-draft-faults='2']"));

        // The two that are left cover all cases; the one for major ones is gone.
        await Field(page, 2, "Resolve").InputAsync("1wd");
        await Field(page, 2, "Close").InputAsync("2wd");
        await page.Find("[data-remove='2']").ClickAsync();
        Assert.Contains("删除规则“重大”", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-draft-faults]"));
        await page.Find("[data-remove='2']").ClickAsync();
        Assert.Contains("缺少适用于“重大”等级", page.Find("[data-draft-faults='1']").ParentElement!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_WhileAnotherVersionIsLookedAt_AsksToo()
    {
        await Book.PublishAsync(Book.InForce.Value, 1, "t", TestDatabase.Operator, Xunit.TestContext.Current.CancellationToken);
        var page = Open();
        await Field(page, 0, "Resolve").InputAsync("5h");
        await page.Find(".draft-note textarea").InputAsync("half a sentence");
        await page.InvokeAsync(() => page.Find("[data-show-version='1']").ClickAsync());
        Assert.NotNull(page.Find("[data-viewed='1']"));

        JSInterop.Setup<bool>("confirm", _ => true).SetResult(false);
        var navigation = Services.GetRequiredService<NavigationManager>();
        var before = navigation.Uri;
        navigation.NavigateTo("/incidents");
        Assert.Equal(before, navigation.Uri);

        // And nothing of what was typed is lost by looking.
        await page.Find("[data-back]").ClickAsync();
        Assert.Equal("5h", Field(page, 0, "Resolve").GetAttribute("value"));
        Assert.Equal("half a sentence", page.Find(".draft-note textarea").GetAttribute("value"));
    }

    private static async Task PublishAsync(IRenderedComponent<PromisesPage> page, string note)
    {
        await page.Find(".draft-note textarea").InputAsync(note);
        await page.Find("[data-publish]").ClickAsync();
    }

    private static AngleSharp.Dom.IElement Field(IRenderedComponent<PromisesPage> page, int rule, string key) =>
        page.FindAll(".policy-rule")[rule].QuerySelector($"input[data-promise={key}]")!;

    private IRenderedComponent<PromisesPage> Open()
    {
        SignIn(Policies.Administer);
        RenderPopovers();
        return Render<PromisesPage>();
    }
}
