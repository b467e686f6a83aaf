using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>The real program before two real browsers.</summary>
[Collection(ServerCollection.Name)]
public sealed class CaseJourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private AppServer _server = default!;

    // A build serves its static files in Development only; demo cases would get between the ones of the test.
    public async ValueTask InitializeAsync() => _server = await AppServer.StartAsync(environment: "Development", settings: ["Demo:Enabled=false"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Case_WalkedByTwoPeople_GoesFromReportToCloseThroughAConflict()
    {
        var number = await Reporting.ReportAsync(_server.Http, 17);
        var (first, second) = (await browser.NewPageAsync(_server, 1366, 900), await browser.NewPageAsync(_server, 1366, 900));
        var errors = Errors(first, second);

        // The first finds it in the list; the second comes by its address.
        await first.GotoAsync(Address("/incidents?open=true&q=" + number));
        await first.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await second.GotoAsync(Address("/incidents/" + number));
        await ExpectStateAsync(first, "已上报");

        await MoveAsync(first, "Accepted", "现场属实");
        await ExpectStateAsync(first, "已立案");
        // The second's page follows by itself.
        await ExpectStateAsync(second, "已立案");

        // Both are about to dispatch; the second is quicker.
        await first.Locator("[data-move=Dispatched]").ClickAsync();
        await first.Locator("form textarea").First.FillAsync("请带围挡");
        await MoveAsync(second, "Dispatched", "请尽快到场");
        await ExpectStateAsync(second, "已派遣");

        await Expect(first.Locator(".case-conflict")).ToContainTextAsync("进行了「派遣」，案件现为「已派遣」");
        await Expect(first.Locator("[data-submit]")).ToBeDisabledAsync();
        await Expect(first.Locator("form textarea").First).ToHaveValueAsync("请带围挡");

        // Seen; what was typed goes into a note in its stead.
        await first.Locator("[data-continue]").ClickAsync();
        await first.Locator("[data-move=Noted]").ClickAsync();
        await first.Locator("[data-submit]").ClickAsync();
        await Expect(first.Locator(".case-timeline")).ToContainTextAsync("请带围挡");

        await MoveAsync(second, "CheckedIn");
        await MoveAsync(second, "HandlingStarted");
        await ExpectStateAsync(second, "处置中");
        // A result must be named.
        await second.Locator("[data-move=Resolved]").ClickAsync();
        await second.Locator("[data-submit]").ClickAsync();
        await Expect(second.Locator("[data-fault]")).ToHaveTextAsync("请填写处置结果。");
        await second.Locator("form textarea").First.FillAsync("已清运");
        await second.Locator("[data-submit]").ClickAsync();
        await ExpectStateAsync(second, "待核查");

        await ExpectStateAsync(first, "待核查");
        await MoveAsync(first, "Verified");
        await MoveAsync(first, "Closed");
        await ExpectStateAsync(first, "已结案");
        await ExpectStateAsync(second, "已结案");
        await Expect(second.Locator(".case-timeline strong")).ToHaveTextAsync(["结案", "核查通过", "处置反馈", "开始处置", "签到", "备注", "派遣", "立案", "上报"]);

        // Reloaded, it is what it was; and it is no longer among the open ones.
        await second.ReloadAsync();
        await ExpectStateAsync(second, "已结案");
        await first.GotoAsync(Address("/incidents?open=true&q=" + number));
        await Expect(first.Locator(".cases-none")).ToBeVisibleAsync();
        Assert.Empty(errors);
    }

    [Fact]
    public async Task List_OnAPhone_KeepsItsConditionsThroughDetailAndBack()
    {
        var number = await Reporting.ReportAsync(_server.Http, 23);
        var page = await browser.NewPageAsync(_server, 390, 844);
        var errors = Errors(page);
        await page.GotoAsync(Address("/incidents"));

        await page.GetByRole(AriaRole.Link, new() { Name = "在办" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(Address("/incidents?open=true"));
        await page.GetByRole(AriaRole.Link, new() { Name = number }).ClickAsync();
        await ExpectStateAsync(page, "已上报");
        await page.GoBackAsync();
        await Expect(page.Locator(".cases-quick a[aria-current]").First).ToHaveTextAsync("在办");
        await page.GoBackAsync();
        await Expect(page.Locator(".cases-quick a[aria-current]").First).ToHaveTextAsync("全部");

        Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), "The page is wider than the phone.");
        Assert.Empty(errors);
    }

    private string Address(string path) => new Uri(_server.Address, path).ToString();

    private static async Task MoveAsync(IPage page, string move, string? text = null)
    {
        await page.Locator($"[data-move={move}]").ClickAsync();
        if (text is not null)
        {
            await page.Locator("form textarea").First.FillAsync(text);
        }

        await page.Locator("[data-submit]").ClickAsync();
        await Expect(page.Locator("form")).ToHaveCountAsync(0);
    }

    private static Task ExpectStateAsync(IPage page, string state) => Expect(page.Locator(".case-head .case-state")).ToHaveTextAsync(state);

    private static List<string> Errors(params IPage[] pages)
    {
        var errors = new List<string>();
        foreach (var page in pages)
        {
            page.PageError += (_, error) => errors.Add(error);
            page.Console += (_, message) =>
            {
                if (message.Type == "error")
                {
                    errors.Add(message.Text);
                }
            };
        }

        return errors;
    }
}
