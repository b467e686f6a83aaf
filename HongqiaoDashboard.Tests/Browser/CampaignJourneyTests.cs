using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>A campaign in two real browsers before the real program: corrected, refused, entered at once, and replayed.</summary>
[Collection(ServerCollection.Name)]
public sealed class CampaignJourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private static readonly DateOnly Today = GridSamples.Shipped.TimeZone.DayOf(TimeProvider.System.GetUtcNow());
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hongqiao-test-");
    private AppServer _server = default!;

    public async ValueTask InitializeAsync()
    {
        // Eighty days, of which those of the first parcel are 10 households each.
        var days = Enumerable.Range(1, 80).Select(back => Today.AddDays(-back)).ToList();
        await CampaignPlanting.PlantAsync(_data.FullName, ("relocation", [CampaignPlanting.Parcel(1, "渔村", 1_200), CampaignPlanting.Parcel(2, "西沽南", 300)],
        [
            .. days.Select(day => CampaignPlanting.Day("P001", day, new("surveyed", "households", 10), new("signed", "households", 10), new("moved-out", "households", 10), new("moved-out", "area", 200))),
            CampaignPlanting.Day("P002", days[40], new("surveyed", "households", 100), new StageAmount("signed", "households", 50)),
        ]));
        _server = await AppServer.StartAsync(_data.FullName, environment: "Development", settings: ["Demo:Enabled=false", CampaignPlanting.Key]);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _data.Delete(recursive: true);
    }

    [Fact]
    public async Task Relocation_CorrectedRefusedAndEnteredAtOnce_IsRightOnEveryPage()
    {
        var mine = await OpenAsync("/campaigns/relocation");
        await Expect(mine.Locator("[data-total=households] [data-count]")).ToHaveTextAsync("800");
        await Expect(mine.Locator(".camp-map[data-ready=true]")).ToBeVisibleAsync();
        await mine.Locator(".burn-table summary").ClickAsync();
        var lastWeek = Day(-7);
        var burnt = mine.Locator(".burn-table tr", new() { HasText = lastWeek }).Locator("td");
        await Expect(burnt).ToContainTextAsync(["10", "740", "760"]);
        var forecast = await mine.Locator("[data-forecast]").TextContentAsync();

        // Last week's entry is corrected: totals, burn-up and forecast follow, here and on the other page.
        var theirs = await OpenAsync("/campaigns/relocation?item=P002");
        await mine.Locator("[data-item=P001] button").ClickAsync();
        await Expect(mine.Locator("#panel-title")).ToBeFocusedAsync();
        await mine.Locator($"[data-correct='{lastWeek}']").ClickAsync();
        await FillAsync(mine, ("surveyed", 0), ("signed", 0), ("moved-out", 0));
        await mine.Locator("[data-field='moved-out.area']").FillAsync("");
        await mine.Locator("[data-submit]").ClickAsync();
        await Expect(mine.Locator("[data-saved]")).ToContainTextAsync("第 2 版");
        foreach (var page in new[] { mine, theirs })
        {
            await Expect(page.Locator("[data-total=households] [data-count]")).ToHaveTextAsync("790");
        }

        await Expect(burnt).ToContainTextAsync(["0", "730", "770"]);
        await Expect(mine.Locator("[data-forecast]")).Not.ToHaveTextAsync(forecast!);
        await Expect(mine.Locator($"[data-history='{lastWeek}'] [data-old]")).ToContainTextAsync("10 户");

        // More than were signed cannot have moved out: said in plain words, nothing counted.
        await theirs.Locator("[data-field='moved-out.households']").FillAsync("51");
        await theirs.Locator("[data-submit]").ClickAsync();
        await Expect(theirs.Locator("[data-fault]")).ToContainTextAsync("累计将达 51 户，而“签约”只到 50 户");
        await Expect(mine.Locator("[data-total=households] [data-count]")).ToHaveTextAsync("790");

        // Two people enter the same day: the later one sees both, and what they typed.
        await mine.Locator("[data-item=P002] button").ClickAsync();
        await mine.Locator("[data-field='moved-out.households']").FillAsync("20");
        await mine.Locator("[data-submit]").ClickAsync();
        await Expect(mine.Locator("[data-saved]")).ToBeVisibleAsync();
        await Expect(theirs.Locator("[data-theirs]")).ToContainTextAsync("20 户");
        await Expect(theirs.Locator("[data-mine]")).ToContainTextAsync("51 户");
        await Expect(theirs.Locator("[data-field='moved-out.households']")).ToHaveValueAsync("51");
        await theirs.Locator("[data-field='moved-out.households']").FillAsync("30");
        await theirs.Locator("[data-keep=mine]").ClickAsync();
        await theirs.Locator("[data-submit]").ClickAsync();
        await Expect(mine.Locator("[data-total=households] [data-count]")).ToHaveTextAsync("820");

        // A stretch replayed by its address, with the keyboard, and back.
        await mine.GotoAsync(Address($"/campaigns/relocation?item=P001&from={Day(-20)}&to={Day(-8)}"));
        await Expect(mine.Locator("[data-summary]")).ToContainTextAsync("13 天：入户登记 130 户、签约 130 户");
        await Expect(mine.Locator("[data-total=households] [data-count]")).ToHaveTextAsync("610");
        await mine.Locator("[data-go=slide]").FocusAsync();
        await mine.Keyboard.PressAsync("ArrowRight");
        await Expect(mine.Locator("[data-total=households] [data-count]")).ToHaveTextAsync("620");
        await mine.Locator("[data-now]").ClickAsync();
        await Expect(mine.Locator("[data-total=households] [data-count]")).ToHaveTextAsync("820");
        await Expect(mine).ToHaveURLAsync(Address("/campaigns/relocation"));
        await mine.Context.CloseAsync();
        await theirs.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(string path)
    {
        var page = await browser.NewPageAsync(_server, 1366, 900);
        await page.GotoAsync(Address(path));
        await page.Locator(".camp[data-version]").WaitForAsync();
        return page;
    }

    private static async Task FillAsync(IPage page, params (string Stage, int Amount)[] fields)
    {
        foreach (var (stage, amount) in fields)
        {
            await page.Locator($"[data-field='{stage}.households']").FillAsync(amount.ToString(CultureInfo.InvariantCulture));
        }
    }

    private static string Day(int offset) => Today.AddDays(offset).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Address(string path) => new Uri(_server.Address, path).ToString();
}
