using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;

namespace HongqiaoDashboard.Tests.Browser;

/// <summary>What somebody sees who starts the program for the first time, while the demo still fills.</summary>
[Collection(ServerCollection.Name)]
public sealed class DemoJourneyTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Development_OnAnEmptyFolder_ComesToLifeAndMarksEveryPage()
    {
        await using var server = await AppServer.StartAsync(environment: "Development", settings: ["Demo:Speed=200"]);
        var page = await browser.OpenAsync(server, "/");

        await Assertions.Expect(page.Locator("[data-published]")).ToContainTextAsync("99.82 %");
        foreach (var path in (string[])["/", "/incidents", "/grids", "/admin/catalog", "/admin/import", "/no-such-page"])
        {
            await page.GotoAsync(new Uri(server.Address, path).ToString());
            await Assertions.Expect(page.Locator(".data-notice")).ToHaveTextAsync("演示数据");
            await Assertions.Expect(page.Locator(".data-notice")).ToBeInViewportAsync();
        }

        var wall = await browser.OpenAsync(server, "/wall/situation");
        await Assertions.Expect(wall.Locator(".data-notice")).ToBeInViewportAsync();
        var covered = await wall.EvaluateAsync<string[]>(
            """
            () => {
              const mark = document.querySelector('.data-notice').getBoundingClientRect();
              return [...document.querySelectorAll('.wall-root *')].filter(e => [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) && !e.matches('.data-notice'))
                .filter(e => { const range = document.createRange(); range.selectNodeContents(e); const box = range.getBoundingClientRect();
                  return box.width > 0 && box.left < mark.right && box.right > mark.left && box.top < mark.bottom && box.bottom > mark.top; })
                .map(e => e.textContent);
            }
            """);
        Assert.Empty(covered);

        // A live case comes by itself: at this speed some a minute even at night.
        await wall.WaitForFunctionAsync("() => document.querySelectorAll('.wall-stream li').length > 0");
        var first = await wall.Locator(".wall-stream li").First.InnerTextAsync();
        await wall.WaitForFunctionAsync("text => document.querySelector('.wall-stream li').innerText !== text", first);
    }

    [Fact]
    public async Task Production_StaysEmpty_AndMarksNothing()
    {
        await using var server = await AppServer.StartAsync();
        var page = await browser.OpenAsync(server, "/");

        await Assertions.Expect(page.Locator("[data-kpi=reported] [data-count]")).ToHaveTextAsync("0");
        Assert.Equal(0, await page.Locator(".data-notice").CountAsync());
        using var database = Databases.Open(server.DataDirectory);
        Assert.Equal(0, database.Scalar<long>("SELECT COUNT(*) FROM Incidents"));
    }
}
