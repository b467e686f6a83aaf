using System.Globalization;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>From a report to the eye, in a real browser on the real program.</summary>
[Collection(ServerCollection.Name)]
public sealed class SituationJourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    // Whether one cell has the first colour to the pixel and all the others still have the second one.
    private const string Painted =
        """
        ([one, others]) => {
          const canvas = document.querySelector('.leaflet-fills-pane canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          const count = color => {
            const [red, green, blue] = [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16));
            let pixels = 0;
            for (let i = 0; i < data.length; i += 4) if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255) pixels++;
            return pixels;
          };
          return count(one) > 20 && count(one) * 200 < count(others);
        }
        """;

    [Fact]
    public async Task Wall_NewReport_ColoursItsCellAndStandsInTheStream()
    {
        await using var server = await StartAsync();
        var page = await browser.OpenAsync(server, "/wall/situation?tier=basic");
        await page.WaitForSelectorAsync(".leaflet-host[data-ready=true]");
        var place = GridSamples.Shipped.Units.First(unit => unit.Code.Length == 15);
        var before = await CellAsync(page, place.Code);

        await PostAsync(server, place.Centre.Latitude, place.Centre.Longitude);

        await page.WaitForFunctionAsync("code => document.querySelector('.leaflet-host').cellOf(code).value === 1", place.Code);
        var after = await CellAsync(page, place.Code);
        Assert.Equal(0, before.Value);
        Assert.NotEqual(before.Color, after.Color);
        // The first case moves no class break, so only its own cell was drawn again.
        Assert.Equal("1", await page.GetAttributeAsync(".leaflet-host", "data-restyled"));
        await page.WaitForFunctionAsync(Painted, new[] { after.Color, before.Color });
        await Assertions.Expect(page.Locator(".wall-stream li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("[data-kpi=open] [data-count]")).ToHaveTextAsync("1");
    }

    [Fact]
    public async Task Overview_FigureOpened_TellsItsFormulaAndLeadsToItsCases()
    {
        await using var server = await StartAsync();
        await PostAsync(server, 39.169, 117.157);
        var page = await browser.OpenAsync(server, "/", 1366, 768);
        await Assertions.Expect(page.Locator("[data-kpi=reported] [data-count]")).ToHaveTextAsync("1");

        await page.FocusAsync("[data-kpi=reported]");
        await page.Keyboard.PressAsync("Enter");

        await Assertions.Expect(page.Locator(".formula-dialog code")).ToHaveTextAsync("reported@1");
        await Assertions.Expect(page.Locator(".formula-dialog a")).ToHaveAttributeAsync("href", "/incidents?kpi=reported&period=today");
        // The dialog takes the focus after it has appeared; a key before that would not be its own.
        await page.WaitForFunctionAsync("() => document.activeElement.closest('[role=dialog], .mud-dialog-container') !== null");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator(".formula-dialog")).ToHaveCountAsync(0);
    }

    // A build serves its static files in Development only; demo cases would get between report and assertion.
    private static Task<AppServer> StartAsync() => AppServer.StartAsync(null, "Development", ["Demo:Enabled=false"]);

    private static async Task<Cell> CellAsync(IPage page, string code) =>
        await page.EvaluateAsync<Cell>("code => document.querySelector('.leaflet-host').cellOf(code)", code);

    private static async Task PostAsync(AppServer server, double latitude, double longitude)
    {
        using var answer = await server.Http.PostAsync(new Uri("/open311/v2/requests.json", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["api_key"] = "test-key", ["service_code"] = "0401",
            ["lat"] = latitude.ToString("R", CultureInfo.InvariantCulture), ["long"] = longitude.ToString("R", CultureInfo.InvariantCulture),
        }), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private sealed class Cell
    {
        public int Value { get; set; }

        public string Color { get; set; } = "";
    }
}
