using System.Text;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Playwright;
using static HongqiaoDashboard.Tests.Features.Intake.Import.ImportSamples;

namespace HongqiaoDashboard.Tests.Features.Intake.Import;

/// <summary>The page in a browser, from the file to what was refused.</summary>
[Collection(ServerCollection.Name)]
public sealed class ImportPageTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    [Fact]
    public async Task Page_FromAFileToItsRefusedRows_ShowsWhatBecomesOfItAndImportsIt()
    {
        await using var server = await AppServer.StartAsync();
        var page = await browser.NewPageAsync(server, 1600, 1200);
        await page.GotoAsync(new Uri(server.Address, "/admin/import").ToString());
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "old.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(File(Row("1"), Row("2"), Row("3", type: "nonsense"))),
        });

        var rows = page.Locator(".history-preview tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(4);
        await Assertions.Expect(rows.Nth(2)).ToHaveClassAsync("history-refused");
        await Assertions.Expect(page.Locator(".history-fault")).ToContainTextAsync("nonsense");
        await Assertions.Expect(rows.First).ToContainTextAsync("import:1");

        await page.GetByRole(AriaRole.Button, new() { Name = "试运行" }).ClickAsync();
        await Assertions.Expect(page.GetByText("试运行完成").First).ToBeVisibleAsync();
        using (var connection = Databases.Open(server.DataDirectory))
        {
            Assert.Equal(0, connection.Scalar<long>("SELECT count(*) FROM Incidents"));
        }

        await page.GetByRole(AriaRole.Button, new() { Name = "开始导入" }).ClickAsync();
        await Assertions.Expect(page.GetByText("已完成").First).ToBeVisibleAsync();
        using (var connection = Databases.Open(server.DataDirectory))
        {
            Assert.Equal(2, connection.Scalar<long>("SELECT count(*) FROM Incidents"));
        }

        var link = await page.GetByRole(AriaRole.Link, new() { Name = "被拒绝的行" }).First.GetAttributeAsync("href");
        Assert.Equal("\uFEFF" + File(Row("3", type: "nonsense")), Encoding.UTF8.GetString(await server.Http.GetByteArrayAsync(link, TestContext.Current.CancellationToken)));
        var foreign = await server.Http.GetAsync(new Uri("/admin/import/..%2f..%2fserver.lock/report.csv", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, foreign.StatusCode);
    }
}
