using System.Globalization;
using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using HongqiaoDashboard.Features.Access.Audit;
using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Pages;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>The page of the trail on a real database: its address is all the state that it has.</summary>
public sealed class AuditPageTests : BunitContext, IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly BunitAuthorizationContext _authorization;
    private IRenderedComponent<MudPopoverProvider>? _popovers;

    public AuditPageTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton(_database.Grids);
        Services.AddSingleton(_database.Get<AuditReader>());
        Services.AddSingleton<AuditWords>();
        JSInterop.Mode = JSRuntimeMode.Loose;
        _authorization = this.AddAuthorization();
        _authorization.SetAuthorized("管理员").SetClaims(new Claim(ClaimTypes.NameIdentifier, "admin-1"), new Claim(ClaimTypes.Role, Roles.Admin)).SetPolicies(Policies.Administer);
    }

    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    // Not DisposeAsync of the context: the components go first, the database after them.
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Records_OfAnyKind_AreToldInBothLanguagesTheNewestFirst()
    {
        await FillAsync();

        var page = Open("");

        var rows = page.FindAll("tbody tr");
        Assert.Equal(["4", "3", "2", "1"], rows.Select(row => row.GetAttribute("data-row")));
        Assert.Equal(
            [
                "2024-05-06 10:00:00 | 未登录anonymous | 192.0.2.9 | 访问被拒绝 | /admin/audit | 拒绝 | 次数 3",
                $"2024-05-06 10:00:00 | {Environment.UserName}console | 本机命令行 | 备份数据目录 | a.tgz | 完成 | 文件数 7",
            ],
            rows.Take(2).Select(Told));
        Assert.Equal("2024-05-06 10:00:00 | 管理员admin-1 | 192.0.2.7 | 变更角色或范围 | u-9 | 完成 | 原角色 leader · 角色 admin", Told(rows[2]));
        Assert.Equal("denied", rows[0].QuerySelector(".audit-mark")!.GetAttribute("data-result"));
        Assert.Contains($"链头 4 {Convert.ToHexStringLower(_database.Rows()[^1].Hash)[..16]}…", page.Find(".audit-chain").TextContent, StringComparison.Ordinal);

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        page = Open("");
        rows = page.FindAll("tbody tr");
        Assert.Equal("Audit trail", page.Find("h1").TextContent);
        Assert.Equal("2024-05-06 10:00:00 | not signed inanonymous | 192.0.2.9 | Access denied | /admin/audit | denied | times 3", Told(rows[0]));
        Assert.Equal("2024-05-06 10:00:00 | 管理员admin-1 | 192.0.2.7 | Role or scope changed | u-9 | done | role before leader · role admin", Told(rows[2]));
    }

    [Fact]
    public async Task Address_WithConditions_ShowsWhatFitsAndItsExportsTakeTheSame()
    {
        await FillAsync();

        var page = Open("?act=account.rights-changed&who=admin-1&from=2024-05-06&to=2024-05-06&result=done&colour=red&before=nowhere");

        Assert.Equal("2", Assert.Single(page.FindAll("tbody tr")).GetAttribute("data-row"));
        const string Query = "from=2024-05-06&to=2024-05-06&who=admin-1&act=account.rights-changed&result=done";
        Assert.Equal(["/admin/audit/export.csv?" + Query, "/admin/audit/export.xlsx?" + Query], [page.Find("[data-csv]").GetAttribute("href"), page.Find("[data-excel]").GetAttribute("href")]);
        Assert.True(page.Find("details").HasAttribute("open"));
        Assert.Contains("筛选（5 项）", page.Find("summary").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("before=nowhere", page.Find("[data-ignored]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("/admin/audit/head.txt", page.Find(".audit-chain").GetAttribute("href"));

        // The day before there was nothing, which is not the same as nothing at all.
        Navigation.NavigateTo("/admin/audit?to=2024-05-05");
        page.WaitForAssertion(() => Assert.Contains("放宽筛选条件再试。", page.Find(".audit-none").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Filters_Used_ChangeTheAddress()
    {
        await FillAsync();
        var page = Open("?result=done");

        await page.FindComponents<MudTextField<string>>().Single(field => field.Instance.Label == "对象（完整编号）").Find("input").ChangeAsync(" u-9 ");
        Assert.Equal("/admin/audit?result=done&subject=u-9", new Uri(Navigation.Uri).PathAndQuery);
        page.WaitForAssertion(() => Assert.Single(page.FindAll("tbody tr")));

        await page.FindComponents<MudTextField<string>>().Single(field => field.Instance.Label == "起始日期").Find("input").ChangeAsync("2024-05-07");
        page.WaitForAssertion(() => Assert.Contains("没有记录", page.Find(".audit-none").TextContent, StringComparison.Ordinal));
        Assert.Equal("/admin/audit?from=2024-05-07&result=done&subject=u-9", new Uri(Navigation.Uri).PathAndQuery);

        // What can be chosen are acts that have words.
        var acts = page.FindComponents<MudSelect<string>>().Single();
        await page.InvokeAsync(() => acts.Instance.ValueChanged.InvokeAsync("access.denied"));
        Assert.Equal("/admin/audit?from=2024-05-07&act=access.denied&result=done&subject=u-9", new Uri(Navigation.Uri).PathAndQuery);
    }

    [Fact]
    public async Task Pages_OfManyRecords_AreWalkedToTheOldestAndBack()
    {
        var page = Open("");
        Assert.Contains("公开个人信息", page.Find(".audit-none").TextContent, StringComparison.Ordinal);
        await _database.RecordAsync(Enumerable.Range(0, 61).Select(n => (new AuditRecord(AuditActs.KeyCreated, "k" + n), AuditSamples.Admin)));

        await page.Find("header button[aria-label='刷新']").ClickAsync();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll("tbody tr")));
        Assert.Equal((50, null), (page.FindAll("tbody tr").Count, page.Find("[data-newer]").GetAttribute("href")));

        Navigation.NavigateTo(page.Find("[data-older]").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal(11, page.FindAll("tbody tr").Count));
        Assert.Equal(("1", "true"), (page.FindAll("tbody tr")[^1].GetAttribute("data-row"), page.Find("[data-older]").GetAttribute("aria-disabled")));

        Navigation.NavigateTo(page.Find("[data-newer]").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Equal("61", page.FindAll("tbody tr")[0].GetAttribute("data-row")));
    }

    [Fact]
    public async Task Markup_FromAnybody_IsText()
    {
        await _database.RecordAsync(new AuditRecord(AuditActs.SettingChanged, "<img src=x onerror=alert(1)>\u202E") { Facts = [new("reason", "</bdi><script>alert(1)</script>")] });

        var page = Open("");

        Assert.Empty(page.FindAll("tbody img, tbody script"));
        Assert.Equal(@"<img src=x onerror=alert(1)>\u{202E}", page.Find(".audit-subject").TextContent.Trim());
        Assert.Equal("事由 </bdi><script>alert(1)</script>", page.Find(".audit-facts").TextContent);
        // And its link finds it again.
        Navigation.NavigateTo(page.Find(".audit-subject a").GetAttribute("href")!);
        page.WaitForAssertion(() => Assert.Contains("筛选（1 项）", page.Find("summary").TextContent, StringComparison.Ordinal));
        Assert.Single(page.FindAll("tbody tr"));
    }

    [Fact]
    public async Task Page_WhenTheRightHasGoneMeanwhile_ShowsNothingMore()
    {
        await FillAsync();
        var page = Open("");

        _authorization.SetPolicies();
        await page.Find("header button[aria-label='刷新']").ClickAsync();

        Assert.Empty(page.FindAll("tbody tr"));
        Assert.Contains("暂时无法读取", page.Find("[role=alert]").TextContent, StringComparison.Ordinal);
    }

    private Task FillAsync() => _database.RecordAsync(
    [
        (new AuditRecord("contact.revealed", "HQ-1") { Facts = [new("reason", "回访")] }, AuditSamples.Admin),
        (AuditRecords.RightsChanged("u-9", Roles.Leader, Roles.Admin, null, null), AuditSamples.Admin),
        (new AuditRecord("data.backed-up", "a.tgz") { Facts = [new("files", 7)] }, Actor.Console),
        (new AuditRecord(AuditActs.AccessDenied, "/admin/audit", AuditResult.Denied) { Facts = [new("count", 3)] }, Actor.Nobody with { Origin = new CallOrigin("192.0.2.9") }),
    ]);

    // Selects need the place where their lists pop up; the layout has it.
    private IRenderedComponent<AuditPage> Open(string query)
    {
        _popovers ??= Render<MudPopoverProvider>();
        Navigation.NavigateTo(AuditAddress.Page + query);
        var page = Render<AuditPage>();
        page.WaitForAssertion(() => Assert.NotEmpty(page.FindAll(".audit-table, .audit-none")));
        return page;
    }

    private static string Told(AngleSharp.Dom.IElement row) => string.Join(" | ", row.QuerySelectorAll("td").Skip(1).Select(cell => cell.TextContent.Trim()));
}
