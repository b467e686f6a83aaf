using System.Globalization;
using Bunit;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Features.Incidents.Pages;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class CasePageTests : CasePages
{
    [Fact]
    public async Task Page_OfACase_OffersItsLegalMovesTheUsualFirst()
    {
        var page = Open((await Database.BringToAsync(IncidentState.Dispatched)).Number);

        Assert.Equal(["CheckedIn", "HandlingStarted", "Dispatched", "Suspended", "Extended", "Merged", "Noted"], page.FindAll("[data-move]").Select(e => e.GetAttribute("data-move")));
        Assert.Contains("mud-button-filled", page.FindAll("[data-move]")[0].ClassName, StringComparison.Ordinal);
        Assert.DoesNotContain(page.FindAll("[data-move]").Skip(1), e => e.ClassName!.Contains("mud-button-filled", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Move_Submitted_MovesTheCaseAndShowsIt()
    {
        var incident = await Database.ReportAsync(description: "井盖丢失");
        var page = Open(incident.Number);

        await page.Find("[data-move=Accepted]").ClickAsync();
        await page.Find("textarea:not([aria-hidden])").ChangeAsync("现场属实");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Equal("已立案", page.Find(".case-head .case-state").TextContent.Trim()));
        Assert.Empty(page.FindAll("form"));
        var entry = (await Database.LogAsync(incident.Number))[^1];
        Assert.Equal((Kind.Accepted, "operator-2", "李娜", "现场属实"), (entry.Kind, entry.ActorId, entry.ActorName, entry.Detail.Text));
        Assert.Equal(["立案", "上报"], page.FindAll(".case-timeline strong").Select(e => e.TextContent));
        Assert.Contains("现场属实", page.Find(".case-timeline").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Move_Refused_SaysWhyAndKeepsTheForm()
    {
        var incident = await Database.ReportAsync();
        var page = Open(incident.Number);

        await page.Find("[data-move=Merged]").ClickAsync();
        await page.Find("form input[type=text]").ChangeAsync("HQ20240506-999999");
        await page.Find("textarea:not([aria-hidden])").ChangeAsync("同一处");
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("没有编号为 HQ20240506-999999 的案件", page.Find("[data-fault]").TextContent, StringComparison.Ordinal));
        Assert.Equal("HQ20240506-999999", page.Find("form input[type=text]").GetAttribute("value"));
        Assert.Equal("同一处", TextOf(page));
        Assert.Equal(incident, await Database.RowAsync(incident.Number));

        // Another move keeps what was said.
        await page.Find("[data-move=Rejected]").ClickAsync();
        Assert.Equal("同一处", TextOf(page));
        Assert.Empty(page.FindAll("[data-fault]"));
    }

    [Fact]
    public async Task Move_WhenSomebodyElseWasQuicker_SaysWhoAndWaitsUntilThatWasSeen()
    {
        var incident = await Database.BringToAsync(IncidentState.Accepted);
        var page = Open(incident.Number);
        await page.Find("[data-move=Dispatched]").ClickAsync();
        await page.Find("textarea:not([aria-hidden])").ChangeAsync("请尽快到场");

        await Database.MoveAsync(incident, Kind.Dispatched);

        page.WaitForAssertion(() => Assert.Contains("张敏 在 2024-05-06 10:00 进行了「派遣」，案件现为「已派遣」", page.Find(".case-conflict").TextContent, StringComparison.Ordinal));
        Assert.True(page.Find("[data-submit]").HasAttribute("disabled"));
        Assert.Equal("请尽快到场", TextOf(page));

        await page.Find("[data-continue]").ClickAsync();
        Assert.Empty(page.FindAll(".case-conflict"));
        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal(2, page.FindAll(".case-timeline strong").Count(e => e.TextContent == "派遣")));
        Assert.Equal("请尽快到场", (await Database.LogAsync(incident.Number))[^1].Detail.Text);
    }

    [Fact]
    public async Task Move_ThatLostTheRaceAtTheDesk_IsToldLikeOneThatWasSeen()
    {
        var incident = await Database.ReportAsync();
        // The page hears of no change: only the desk's refusal tells it.
        Services.AddSingleton<IIncidentChanges>(new Deaf());
        var page = Open(incident.Number);
        await page.Find("[data-move=Rejected]").ClickAsync();
        await page.Find("textarea:not([aria-hidden])").ChangeAsync("重复上报");
        await Database.MoveAsync(incident, Kind.Accepted);

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("进行了「立案」", page.Find(".case-conflict").TextContent, StringComparison.Ordinal));
        Assert.Equal("重复上报", TextOf(page));
        await page.Find("[data-continue]").ClickAsync();
        Assert.Contains("不能进行「不予受理」", page.Find("form [role=alert]").TextContent, StringComparison.Ordinal);
        Assert.True(page.Find("[data-submit]").HasAttribute("disabled"));
        Assert.Equal(IncidentState.Accepted, (await Database.RowAsync(incident.Number)).State);
    }

    [Fact]
    public async Task Move_WhileTheStorageIsDown_SaysSoAndKeepsTheForm()
    {
        var incident = await Database.ReportAsync();
        Services.AddSingleton<IIncidentDesk>(new Broken(Database.Desk));
        var page = Open(incident.Number);
        await page.Find("[data-move=Noted]").ClickAsync();
        await page.Find("textarea:not([aria-hidden])").ChangeAsync("待回访");

        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("没有保存任何内容", page.Find("[data-fault]").TextContent, StringComparison.Ordinal));
        Assert.Equal("待回访", TextOf(page));
    }

    [Fact]
    public async Task Move_OfSomebodyWhoLostTheRightMeanwhile_IsNotMade()
    {
        var incident = await Database.ReportAsync();
        var page = Open(incident.Number);
        await page.Find("[data-move=Accepted]").ClickAsync();
        var form = page.Find("form");
        Authorization.SetPolicies(Policies.ViewCases);

        await form.SubmitAsync();

        Assert.Equal(incident, await Database.RowAsync(incident.Number));
    }

    [Fact]
    public async Task Page_BeforeSomebodyWhoMayOnlyLook_MasksNumbersAndOffersNothing()
    {
        var incident = await Database.ReportAsync(description: "电话13812345678", address: "找13987654321");
        await Database.MoveAsync(incident, new IncidentMove(Kind.Noted) { Text = "回电13700001111" });

        Assert.Contains("13812345678", Open(incident.Number).Markup, StringComparison.Ordinal);
        SignIn(Policies.ViewCases);
        var page = Open(incident.Number);

        Assert.Empty(page.FindAll("[data-move]"));
        Assert.Contains("138****5678", page.Markup, StringComparison.Ordinal);
        Assert.Contains("139****4321", page.Markup, StringComparison.Ordinal);
        Assert.Contains("137****1111", page.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("13812345678", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_OfAnUnknownNumberOrOneOutOfScope_SaysTheSame()
    {
        var incident = await Database.ReportAsync();
        var unknown = Open("HQ20240506-999999");
        Assert.Equal("没有这个案件", unknown.Find("h1").TextContent);
        Assert.Equal("/incidents", unknown.Find("a.mud-button-root").GetAttribute("href"));

        SignInWithin("120106999");
        var hidden = Open(incident.Number);

        Assert.Equal(TextIn(unknown).Replace("HQ20240506-999999", incident.Number, StringComparison.Ordinal), TextIn(hidden));
    }

    [Fact]
    public async Task Page_AsTimePasses_LetsTheTimeLeftRun()
    {
        var page = Open((await Database.ReportAsync()).Number);
        Assert.Contains("剩余 2 小时 0 分", page.Find(".case-head").TextContent, StringComparison.Ordinal);

        Database.Clock.Advance(TimeSpan.FromMinutes(130));

        page.WaitForAssertion(() => Assert.Contains("超期 10 分钟", page.Find(".case-head").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Page_OfACaseWithPanels_ShowsThemInTheirOrderWithItsNumber()
    {
        Services.AddSingleton<ICasePanel>(new Panel(2, "督办"));
        Services.AddSingleton<ICasePanel>(new Panel(1, "联系人"));
        var incident = await Database.ReportAsync();

        var page = Open(incident.Number);

        Assert.Equal(["联系人", "督办"], page.FindAll(".case-card > h2").Select(e => e.TextContent).Where(title => title is "联系人" or "督办"));
        Assert.Equal(2, page.FindAll("p.sample").Count(e => e.TextContent == incident.Number));
    }

    [Fact]
    public async Task Page_InEnglish_SpeaksEnglish()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        var page = Open((await Database.ReportAsync()).Number);

        Assert.Contains("Exposed refuse", page.Find(".case-kind").TextContent, StringComparison.Ordinal);
        Assert.Equal("Accept", page.Find("[data-move=Accepted]").TextContent.Trim());
    }

    [Fact]
    public async Task Page_DisposedOf_ListensNoMore()
    {
        var incident = await Database.ReportAsync();
        Open(incident.Number);
        var changes = Database.Get<IncidentChanges>();
        Assert.Equal(1, changes.Count);

        await DisposeComponentsAsync();

        Assert.Equal(0, changes.Count);
        await Database.MoveAsync(incident, Kind.Accepted);
    }

    private IRenderedComponent<CasePage> Open(string number)
    {
        RenderPopovers();
        var page = Render<CasePage>(parameters => parameters.Add(p => p.Number, number));
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("h1")));
        return page;
    }

    private static string TextIn(IRenderedComponent<CasePage> page) => string.Concat(page.Nodes.Select(node => node.TextContent));

    private static string? TextOf(IRenderedComponent<CasePage> page) => page.Find("textarea:not([aria-hidden])").GetAttribute("value") ?? page.Find("textarea:not([aria-hidden])").TextContent;

    private sealed class Deaf : IIncidentChanges, IDisposable
    {
        public IDisposable Subscribe(string number, Action changed) => this;

        public void Dispose() { }
    }

    private sealed class Broken(IIncidentDesk desk) : IIncidentDesk
    {
        public Task<Incident> MoveAsync(
            string number, Func<WriteSession, Incident, IncidentMove?> choose, Actor actor, CancellationToken cancellation = default) =>
            throw new InvalidOperationException("Nobody moves this way here.");

        public IReadOnlyList<Kind> LegalMoves(Incident incident) => desk.LegalMoves(incident);

        public Task<Incident> MoveAsync(string number, int version, IncidentMove move, Actor actor, CancellationToken cancellation = default) =>
            throw new StorageUnavailableException("disk full", new IOException());

        public Task<ReportReceipt> ReportAsync(ReportIncident report, Actor actor, CancellationToken cancellation = default) =>
            throw new StorageUnavailableException("disk full", new IOException());
    }

    private sealed record Panel(int Order, string Title) : ICasePanel
    {
        public Type Component => typeof(Sample);
    }

    private sealed class Sample : ComponentBase
    {
        [Parameter]
        public string Number { get; set; } = "";

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "class", "sample");
            builder.AddContent(2, Number);
            builder.CloseElement();
        }
    }
}
