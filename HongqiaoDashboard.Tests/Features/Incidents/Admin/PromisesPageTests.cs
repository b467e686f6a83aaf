using Bunit;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Pages.Admin;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Incidents.Admin;

public sealed class PromisesPageTests : CasePages
{
    private PolicyBook Book => Services.GetRequiredService<PolicyBook>();

    [Fact]
    public async Task Publish_OfAChange_IsInForceForNewCasesAndInTheHistory()
    {
        var page = Open();
        await Field(page, 0, "Resolve").InputAsync("3h");
        await Field(page, 0, "Accept").InputAsync("1h");
        await page.Find("[data-note] input, input[data-note]").ChangeAsync("放宽");
        await page.Find("[data-publish]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(2, Book.InForce.Version));
        var incident = await Database.ReportAsync();
        Assert.Equal((incident.ReportedAt.AddHours(3), "promise@2"), (incident.ResolveBy, incident.Policy));
        page.WaitForAssertion(() => Assert.Contains("放宽", page.Find(".policy-history").TextContent, StringComparison.Ordinal));
        Assert.Equal("2h", Book.Find(1)!.Rules[0].Resolve.ToString());
    }

    [Theory]
    [InlineData("2 hours")]
    [InlineData("")]
    [InlineData("0h")]
    public async Task Publish_OfWhatIsNoPromise_IsRefusedWithTheRuleAndTheField(string text)
    {
        var page = Open();
        await Field(page, 1, "Close").InputAsync(text);
        await page.Find("[data-note] input, input[data-note]").ChangeAsync("t");
        await page.Find("[data-publish]").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("规则 2：“结案”", page.Find("[data-fault]").TextContent, StringComparison.Ordinal));
        Assert.Equal(1, Book.InForce.Version);
    }

    [Fact]
    public async Task Publish_WithoutANote_OrAfterSomebodyElse_IsRefusedAndKeepsTheDraft()
    {
        var page = Open();
        await Field(page, 0, "Resolve").InputAsync("5h");
        await page.Find("[data-publish]").ClickAsync();
        page.WaitForAssertion(() => Assert.Contains("变更说明", page.Find("[data-fault]").TextContent, StringComparison.Ordinal));

        await Book.PublishAsync(Book.InForce.Value, 1, "t", TestDatabase.Operator, Xunit.TestContext.Current.CancellationToken);
        await page.Find("[data-note] input, input[data-note]").ChangeAsync("t");
        await page.Find("[data-publish]").ClickAsync();

        page.WaitForAssertion(() => Assert.Contains("第 2 版", page.Find("[data-fault]").TextContent, StringComparison.Ordinal));
        Assert.Equal("5h", Field(page, 0, "Resolve").GetAttribute("value"));
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
