using System.Globalization;
using System.Security.Claims;
using System.Text;
using Bunit;
using Bunit.TestDoubles;
using HongqiaoDashboard.Features.Calendar.Components;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Data;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Features.Calendar.Pages.Admin;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;
using TestContext = Xunit.TestContext;

namespace HongqiaoDashboard.Tests.Features.Calendar;

/// <summary>The calendar's page on a real database.</summary>
public sealed class CalendarPageTests : BunitContext, IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly BunitAuthorizationContext _authorization;

    public CalendarPageTests()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        Services.AddMudServices();
        Services.AddLocalization();
        Services.AddSingleton<TimeProvider>(_database.Clock);
        Services.AddSingleton(_database.Grids);
        Services.AddSingleton(Book);
        Services.AddSingleton<CalendarWords>();
        _authorization = this.AddAuthorization();
        _authorization.SetAuthorized("王芳").SetClaims(new Claim(ClaimTypes.NameIdentifier, "admin-1")).SetPolicies(Policies.Administer);
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.Setup<bool>("confirm", _ => true).SetResult(true);
    }

    private CalendarBook Book => _database.Get<CalendarBook>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Sheet_OfAYear_MarksEveryDayByWhatItIs()
    {
        var page = Open();
        Assert.Equal("off", Day(page, "2024-05-01").GetAttribute("data-kind"));
        Assert.Equal("worked", Day(page, "2024-05-11").GetAttribute("data-kind"));
        Assert.Equal("weekend", Day(page, "2024-05-12").GetAttribute("data-kind"));
        Assert.Equal("work", Day(page, "2024-05-13").GetAttribute("data-kind"));
        // Not by colour alone.
        Assert.Contains("休", Day(page, "2024-05-01").TextContent, StringComparison.Ordinal);
        Assert.Equal("2024-05-11 周六 调休上班（劳动节）", Day(page, "2024-05-11").QuerySelector(".visually-hidden")!.TextContent);
        Assert.Equal(366, page.FindAll("[data-day]").Count);
        Assert.Empty(page.FindAll("[data-provisional]"));
        await TurnAsync(page, 2027);
        Assert.NotNull(page.Find("[data-provisional='2027']"));
    }

    [Fact]
    public async Task Draft_IsPublishedWithANote_AndOnlyThenInForce()
    {
        var page = Open();
        await TurnAsync(page, 2027);
        await ChooseAsync(page, "2027-01-01");
        Set(page, DayKind.Off);
        Assert.Contains("2027-01-01 周五：工作日 改为 放假", page.Find(".draft-list").TextContent, StringComparison.Ordinal);
        Assert.True(Book.Current.IsWorkingDay(new DateOnly(2027, 1, 1)));
        Assert.True(page.Find("[data-publish]").HasAttribute("disabled"));

        await NoteAsync(page, "国办发明电〔2026〕7号");
        await page.Find("[data-publish]").ClickAsync();

        Assert.Equal("2", page.Find("[data-published]").GetAttribute("data-published"));
        Assert.NotNull(page.Find("a[href='/admin/calendar/replay']"));
        Assert.False(Book.Current.IsWorkingDay(new DateOnly(2027, 1, 1)));
        Assert.Equal("calendar@2", Book.Current.Edition);
        // A case of the first edition still counts by it.
        Assert.True(Book.Find("calendar@1")!.IsWorkingDay(new DateOnly(2027, 1, 1)));
        var entry = Book.History()[0];
        Assert.Equal((2, "王芳", "国办发明电〔2026〕7号"), (entry.Version, entry.ActorName, entry.Note));
        Assert.Contains("王芳", page.Find(".version-history").TextContent, StringComparison.Ordinal);

        await page.Find("[data-show-version='1']").ClickAsync();
        Assert.Equal("work", Day(page, "2027-01-01").GetAttribute("data-kind"));
        Assert.True(Day(page, "2027-01-01").HasAttribute("disabled"));
        await page.Find("[data-back]").ClickAsync();
        Assert.Equal("off", Day(page, "2027-01-01").GetAttribute("data-kind"));
    }

    [Fact]
    public async Task Draft_OvertakenBySomebodyElse_IsKeptAndRefused()
    {
        var page = Open();
        await ChooseAsync(page, "2024-06-03");
        Set(page, DayKind.Off);
        await NoteAsync(page, "试");
        await Book.PublishAsync(Book.InForce.Value.With(new DateOnly(2024, 7, 1), DayKind.Off, "甲"), 1, "先到", TestDatabase.Operator, TestContext.Current.CancellationToken);
        page.WaitForElement("[data-overtaken]");

        await page.Find("[data-publish]").ClickAsync();
        Assert.Contains("他人已先发布版本 2", page.Find("[data-problem]").TextContent, StringComparison.Ordinal);
        Assert.Equal("off", Day(page, "2024-06-03").GetAttribute("data-kind"));
        Assert.True(Book.Current.IsWorkingDay(new DateOnly(2024, 6, 3)));

        await page.Find("[data-discard]").ClickAsync();
        Assert.Equal("work", Day(page, "2024-06-03").GetAttribute("data-kind"));
        Assert.Equal("off", Day(page, "2024-07-01").GetAttribute("data-kind"));
    }

    [Fact]
    public async Task Draft_OfSomebodyWhoMayNoLongerAdminister_IsKeptAndRefused()
    {
        var page = Open();
        await ChooseAsync(page, "2024-06-03");
        Set(page, DayKind.Off);
        await NoteAsync(page, "试");
        _authorization.SetPolicies(Policies.ViewCases);
        await page.Find("[data-publish]").ClickAsync();
        Assert.Contains("您没有管理权限", page.Find("[data-problem]").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, Book.InForce.Version);
        Assert.Equal("off", Day(page, "2024-06-03").GetAttribute("data-kind"));
    }

    [Fact]
    public void Page_WithoutChanges_FollowsWhatOthersPublish()
    {
        var page = Open();
        _ = Book.PublishAsync(Book.InForce.Value.With(new DateOnly(2024, 7, 1), DayKind.Off, "甲"), 1, "先到", TestDatabase.Operator, TestContext.Current.CancellationToken);
        page.WaitForAssertion(() => Assert.Equal("off", Day(page, "2024-07-01").GetAttribute("data-kind")));
    }

    [Fact]
    public async Task Hours_ThatOverlap_AreToldAndCannotBePublished()
    {
        var page = Open();
        await page.Find("[data-to='0']").ChangeAsync("15:00");
        Assert.Contains("08:00–15:00", page.Find("[data-draft-faults]").ParentElement!.TextContent, StringComparison.Ordinal);
        await NoteAsync(page, "试");
        Assert.True(page.Find("[data-publish]").HasAttribute("disabled"));
        await page.Find("[data-from='1']").ChangeAsync("15:00");
        Assert.False(page.Find("[data-publish]").HasAttribute("disabled"));
    }

    [Fact]
    public void File_WithFaults_IsListedLineByLineAndChangesNothing()
    {
        var page = Open();
        Upload(page, "date,kind,name\n2027-01-01,off,元旦\n2027-01-04,work,元旦\nsoon,off,\n");
        page.WaitForElement("[data-import-faults='2']");
        Assert.Contains("第 3 行：2027-01-04 本来就是工作日", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("[data-changes]"));
    }

    [Fact]
    public async Task File_OfAYear_ShowsWhatItChangesAndGoesIntoTheDraft()
    {
        var page = Open();
        Upload(page, "date,kind,name\n2027-01-01,off,元旦\n2027-01-03,work,元旦\n");
        page.WaitForElement("[data-import-years='2027']");
        Assert.Empty(page.FindAll("[data-changes]"));
        await page.Find("[data-import-take]").ClickAsync();
        Assert.Equal("3", page.Find("[data-changes]").GetAttribute("data-changes"));
        Assert.Equal("worked", Day(page, "2027-01-03").GetAttribute("data-kind"));
        Assert.Empty(page.FindAll("[data-provisional]"));
    }

    [Fact]
    public void File_InAnotherEncoding_IsRefused()
    {
        var page = Open();
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary([0xd4, 0xaa, 0xb5, 0xa9], "gbk.csv"));
        Assert.Contains("UTF-8", page.WaitForElement("[data-import-problem]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Leaving_WithChanges_Asks()
    {
        var page = Open();
        var navigation = Services.GetRequiredService<NavigationManager>();
        JSInterop.Setup<bool>("confirm", _ => true).SetResult(false);
        await ChooseAsync(page, "2024-06-03");
        Set(page, DayKind.Off);
        var before = navigation.Uri;
        navigation.NavigateTo("/incidents");
        Assert.Equal(before, navigation.Uri);
        JSInterop.Setup<bool>("confirm", _ => true).SetResult(true);
        navigation.NavigateTo("/incidents");
        Assert.EndsWith("/incidents", navigation.Uri, StringComparison.Ordinal);
    }

    // The components go first, the database after them.
    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeComponentsAsync();
        await DisposeAsync();
        await _database.DisposeAsync();
    }

    private static AngleSharp.Dom.IElement Day(IRenderedComponent<CalendarPage> page, string day) => page.Find($"[data-day='{day}']");

    private static Task ChooseAsync(IRenderedComponent<CalendarPage> page, string day) => Day(page, day).ClickAsync();

    private static Task TurnAsync(IRenderedComponent<CalendarPage> page, int year) => page.Find("#calendar-year").ChangeAsync(year.ToString(CultureInfo.InvariantCulture));

    private static void Set(IRenderedComponent<CalendarPage> page, DayKind kind)
    {
        var group = page.FindComponent<MudRadioGroup<DayKind>>();
        group.InvokeAsync(() => group.Instance.ValueChanged.InvokeAsync(kind));
    }

    private static Task NoteAsync(IRenderedComponent<CalendarPage> page, string note) => page.Find(".draft-note textarea").InputAsync(note);

    private static void Upload(IRenderedComponent<CalendarPage> page, string text) =>
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromBinary(Encoding.UTF8.GetBytes(text), "2027.csv"));

    private IRenderedComponent<CalendarPage> Open()
    {
        Render<MudPopoverProvider>();
        return Render<CalendarPage>();
    }
}
