using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>The list of cases in a real browser before the real program, through a kill of the server.</summary>
[Collection(ServerCollection.Name)]
public sealed class CaseListJourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private AppServer _server = default!;

    public async ValueTask InitializeAsync() => _server = await AppServer.StartAsync(environment: "Development", settings: ["Demo:Enabled=false"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task List_SearchedSavedAndMoved_DispatchesWhatWasFound()
    {
        for (var n = 0; n < 3; n++)
        {
            await Reporting.ReportAsync(_server.Http, n, description: "路口井盖松动");
        }

        var other = await Reporting.ReportAsync(_server.Http, 9, description: "垃圾成堆");
        var page = await browser.NewPageAsync(_server, 1366, 900);
        await page.GotoAsync(Address("/incidents"));

        // Found by a word of two characters, and kept under a name.
        await page.Locator(".cases-filter summary").ClickAsync();
        await page.Locator(".case-filters input").First.FillAsync("井盖");
        await page.Locator(".case-filters input").First.PressAsync("Enter");
        await Expect(page.Locator(".cases-total")).ToHaveTextAsync("共 3 件");
        await page.Locator("[data-filter=save]").ClickAsync();
        await page.Locator(".case-saved-form input[type=text]").FillAsync("井盖问题");
        await page.Locator("[data-filter-submit]").ClickAsync();
        await Expect(page.Locator(".case-saved-chip[aria-current]")).ToHaveTextAsync("井盖问题");

        // A phone number stays out of the address.
        await page.Locator(".case-filters input").First.FillAsync("13812345678");
        await page.Locator(".case-filters input").First.PressAsync("Enter");
        await Expect(page.Locator(".case-filters")).ToContainTextAsync("不能作为查询条件");
        Assert.DoesNotContain("1381234", page.Url, StringComparison.Ordinal);

        // All of them taken on, then sent to one department.
        await page.GotoAsync(Address("/incidents"));
        await page.Locator(".case-saved-chip").ClickAsync();
        await Expect(page.Locator(".cases-total")).ToHaveTextAsync("共 3 件");
        await BulkAsync(page, "Accepted");
        await Expect(page.Locator(".cases-outcomes")).ToContainTextAsync("批量立案：成功 3 件，未办理 0 件");
        await page.Locator("thead .case-pick").CheckAsync();
        await page.Locator("[data-bulk=Dispatched]").ClickAsync();
        await page.Locator(".case-bulk-form .mud-select-input").First.ClickAsync();
        await page.Locator(".mud-popover-open .mud-list-item").First.ClickAsync();
        await page.Locator("[data-bulk-submit]").ClickAsync();
        await Expect(page.Locator(".cases-outcomes")).ToContainTextAsync("批量派遣：成功 3 件，未办理 0 件");
        await Expect(page.Locator(".case-stands .case-state")).ToHaveTextAsync(["已派遣", "已派遣", "已派遣"]);

        await page.GotoAsync(Address("/incidents?state=reported"));
        await Expect(page.Locator(".case-number a")).ToHaveTextAsync([other]);
    }

    [Fact]
    public async Task Index_AfterAKill_KnowsEveryCaseThatWasAcknowledged()
    {
        for (var n = 0; n < 20; n++)
        {
            await Reporting.ReportAsync(_server.Http, n, description: "水管爆裂");
        }

        await _server.KillAsync();

        using var connection = Databases.Open(_server.DataDirectory);
        Assert.Equal(20L, connection.Scalar<long>("""SELECT COUNT(*) FROM "Incidents" AS i JOIN "CaseSearch" AS s ON s.rowid = i."Id" WHERE "CaseSearch" MATCH '"水管 管爆 爆裂"'"""));
    }

    private static async Task BulkAsync(IPage page, string move)
    {
        await page.Locator("thead .case-pick").CheckAsync();
        await page.Locator($"[data-bulk={move}]").ClickAsync();
        await page.Locator("[data-bulk-submit]").ClickAsync();
    }

    private string Address(string path) => new Uri(_server.Address, path).ToString();
}
