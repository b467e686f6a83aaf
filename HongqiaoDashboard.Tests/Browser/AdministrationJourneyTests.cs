using System.Net;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>Reference data is changed in a browser, and the running program follows without a restart.</summary>
[Collection(ServerCollection.Name)]
public sealed class AdministrationJourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>, IAsyncLifetime
{
    private AppServer _server = default!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    // A build serves its static files in Development only; demo cases would get between the ones of the test.
    public async ValueTask InitializeAsync() => _server = await AppServer.StartAsync(environment: "Development", settings: ["Demo:Enabled=false"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Calendar_CorrectedOnItsPage_AnswersByTheNewEditionAndKeepsTheOld()
    {
        const string Question = "/api/calendar/due?start=2027-02-04T10:00:00%2B08:00&promise=1wd";
        Assert.Equal("2027-02-05T23:59:59.999+08:00", (string?)(await JsonAsync(Question))["due"]);

        var page = await browser.NewPageAsync(_server, 1600, 1000);
        var errors = Errors(page);
        await page.GotoAsync(Address("/"));
        await page.GotoAsync(Address("/admin/calendar"));
        await page.Locator("#calendar-year").SelectOptionAsync("2027");
        await Expect(page.Locator("[data-provisional='2027']")).ToBeVisibleAsync();

        // A file with a fault is refused as a whole; a sound one goes into the draft.
        await UploadAsync(page, "date,kind,name\n2027-02-05,off,春节\n2027-02-08,work,春节\n");
        await Expect(page.Locator("[data-import-faults='1']")).ToContainTextAsync("1");
        await UploadAsync(page, "date,kind,name\n2027-02-05,off,春节\n2027-02-06,work,春节\n");
        await page.Locator("[data-import-take]").ClickAsync();
        await Expect(page.Locator("[data-changes='3']")).ToBeVisibleAsync();
        await Expect(page.Locator("[data-day='2027-02-06']")).ToHaveAttributeAsync("data-kind", "worked");
        Assert.Equal("2027-02-05T23:59:59.999+08:00", (string?)(await JsonAsync(Question))["due"]);

        // Whoever leaves is asked, and may stay.
        var asked = new TaskCompletionSource();
        // Answered where it is asked: the click goes on only after it.
        void Ask(object? sender, IDialog dialog)
        {
            _ = dialog.DismissAsync();
            asked.TrySetResult();
        }

        page.Dialog += Ask;
        await page.Locator("a[href='/incidents']").First.ClickAsync();
        await asked.Task.WaitAsync(TimeSpan.FromMinutes(1), Cancellation);
        page.Dialog -= Ask;
        await Expect(page.Locator("[data-changes='3']")).ToBeVisibleAsync();

        await page.Locator(".draft-note textarea").First.FillAsync("国务院办公厅通知");
        await page.Locator("[data-publish]").ClickAsync();
        await Expect(page.Locator("[data-published='2']")).ToBeVisibleAsync();
        await Expect(page.Locator(".version-history")).ToContainTextAsync("国务院办公厅通知");

        var now = await JsonAsync(Question);
        Assert.Equal(("2027-02-06T23:59:59.999+08:00", "calendar@2", false), ((string?)now["due"], (string?)now["calendar"], (bool)now["provisional"]!));
        var old = await JsonAsync(Question + "&calendar=calendar@1");
        Assert.Equal(("2027-02-05T23:59:59.999+08:00", true), ((string?)old["due"], (bool)old["provisional"]!));

        await page.Locator("[data-show-version='1']").ClickAsync();
        await Expect(page.Locator("[data-day='2027-02-06']")).ToHaveAttributeAsync("data-kind", "weekend");
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Catalog_ChangedOnItsPage_ChangesServicesAndFormsWhileHistoryKeepsNames()
    {
        var number = await Reporting.ReportAsync(_server.Http, 17);
        var page = await browser.NewPageAsync(_server, 1600, 1000);
        var errors = Errors(page);
        await page.GotoAsync(Address("/admin/catalog"));
        await page.Locator("[data-category='04']").ClickAsync();

        // One type gets another name, one ends, one is new.
        await page.Locator("[data-place='Type-0401']").ClickAsync();
        await page.Locator("input[data-field=Name]").FillAsync("裸露垃圾");
        await page.Locator("input[data-field=NameEn]").FillAsync("Bare refuse");
        await page.Locator("[data-place='Type-0402']").ClickAsync();
        await Expect(page.Locator("input[data-field=Code]")).ToHaveValueAsync("0402");
        await page.Locator("[data-end]").ClickAsync();
        await Expect(page.Locator("[data-restore]")).ToBeVisibleAsync();
        await page.Locator("[data-add-type='04']").ClickAsync();
        await Expect(page.Locator("input[data-field=Name]")).ToHaveValueAsync("");
        var code = await page.Locator("input[data-field=Code]").InputValueAsync();
        await page.Locator("input[data-field=Name]").FillAsync("积雪");
        await page.Locator("input[data-field=NameEn]").FillAsync("Snow");
        await page.Locator("textarea[data-field=Description]").FillAsync("积雪结冰");
        await page.Locator("textarea[data-field=DescriptionEn]").FillAsync("Snow and ice");
        await page.Locator("textarea[data-field=DescriptionEn]").BlurAsync();
        await Expect(page.Locator("[data-draft-faults]")).ToHaveCountAsync(0);
        Assert.Contains("0402", await CodesAsync());

        await page.Locator(".draft-note textarea").First.FillAsync("冬季调整");
        await page.Locator("[data-publish]").ClickAsync();
        await Expect(page.Locator("[data-published='2']")).ToBeVisibleAsync();

        var codes = await CodesAsync();
        Assert.DoesNotContain("0402", codes);
        Assert.Contains(code, codes);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(code));
        Assert.Equal(HttpStatusCode.NotFound, await PostAsync("0402"));

        // The case that was reported before is called by its type's new name; the form of its first move offers what is in force.
        await page.GotoAsync(Address("/incidents/" + number));
        await page.Locator("[data-move=Accepted]").ClickAsync();
        await page.Locator("form .mud-select").First.ClickAsync();
        var offered = page.Locator(".mud-popover-open .mud-list-item");
        await Expect(offered.Filter(new() { HasText = "积雪" })).ToHaveCountAsync(1);
        await Expect(offered.Filter(new() { HasText = "裸露垃圾" })).ToHaveCountAsync(1);
        Assert.Empty(errors);
    }

    [Fact]
    public async Task Campaign_MadeOnItsPage_TakesItemsAndADayWithoutCode()
    {
        var page = await browser.NewPageAsync(_server, 1600, 1000);
        var errors = Errors(page);
        await page.GotoAsync(Address("/admin/campaigns"));
        await page.Locator("[data-add]").ClickAsync();
        await Expect(page.Locator("[data-draft-faults='5']")).ToBeVisibleAsync();
        foreach (var (field, text) in ((string, string)[])
            [
                ("data-field=Code", "sheds"), ("data-field=Name", "违建拆除"), ("data-field=NameEn", "Sheds"), ("data-field=Start", "2026-01-01"), ("data-field=ItemZh", "违建"), ("data-field=ItemEn", "Shed"),
                ("data-stage-zh='0'", "拆除"), ("data-stage-en='0'", "Demolished"), ("data-measure-zh='0'", "面积"), ("data-measure-en='0'", "Area"), ("data-unit-zh='0'", "平方米"), ("data-unit-en='0'", "m²"),
            ])
        {
            await page.Locator($"[{field}]").FillAsync(text);
        }

        await page.Locator("[data-unit-en='0']").BlurAsync();
        await Expect(page.Locator("[data-draft-faults]")).ToHaveCountAsync(0);
        await page.Locator(".draft-note textarea").First.FillAsync("第三项行动");
        await page.Locator("[data-publish]").ClickAsync();
        await Expect(page.Locator("[data-published='2']")).ToBeVisibleAsync();

        // An item by import, a day by form.
        await page.Locator(".camps-open a").ClickAsync();
        await page.Locator("[data-import-open]").ClickAsync();
        await page.Locator(".camp-import .mud-radio").Last.ClickAsync();
        await Expect(page.Locator(".camp-import input[type=radio]").Last).ToBeCheckedAsync();
        await page.Locator(".camp-import input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "items.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes($"code,name,grid_code,total\nS1,河沿违建,{CampaignPlanting.Market(1, "", "", default, default).GridCode},120\n"),
        });
        await page.Locator("[data-import-take]").ClickAsync();
        await Expect(page.Locator("[data-import-done]")).ToBeVisibleAsync();
        await page.Locator("[data-item=S1] .item-name button").ClickAsync();
        await page.Locator(".panel [data-field]").First.FillAsync("80");
        await page.Locator("form.day [data-submit]").ClickAsync();
        await Expect(page.Locator("[data-total=items] [data-count]")).ToHaveTextAsync("80");
        Assert.Empty(errors);
    }

    private static List<string> Errors(IPage page)
    {
        var errors = new List<string>();
        page.PageError += (_, error) => errors.Add(error);
        return errors;
    }

    private static Task UploadAsync(IPage page, string text) =>
        page.Locator("input[type=file]").Last.SetInputFilesAsync(new FilePayload { Name = "2027.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(text) });

    private string Address(string path) => new Uri(_server.Address, path).ToString();

    private async Task<JsonNode> JsonAsync(string path) => JsonNode.Parse(await _server.Http.GetStringAsync(path, Cancellation))!;

    private async Task<List<string>> CodesAsync() =>
        [.. (await JsonAsync("/open311/v2/services.json")).AsArray().Select(service => (string)service!["service_code"]!)];

    private async Task<HttpStatusCode> PostAsync(string code)
    {
        using var answer = await Reporting.PostAsync(_server.Http, 18, service: code);
        return answer.StatusCode;
    }
}
