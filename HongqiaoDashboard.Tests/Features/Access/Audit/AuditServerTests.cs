using System.Net;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using MiniExcelLibs;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>The trail of the real program: what it records, hands out and verifies.</summary>
public sealed class AuditServerTests
{
    private static readonly string[] Formulas = ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "＝1", "a;=1"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trail_OfTheProgram_IsHandedOutVerifiedAndNamesWhatWasTamperedWith()
    {
        var data = Directory.CreateTempSubdirectory("hongqiao-audit-").FullName;
        try
        {
            var head = Path.Combine(data, "head.txt");
            await using (var server = await AppServer.StartAsync(data))
            {
                await RecordHostileAsync(data);
                await AssertCsvAsync(server.Http);
                await AssertExcelAsync(server.Http);
                await KnockAsync(server.Stranger);
                await File.WriteAllTextAsync(head, await server.Http.GetStringAsync(new Uri("/admin/audit/head.txt", UriKind.Relative), Cancellation), Cancellation);
                Assert.Equal(0, await server.StopAsync());
            }

            var rows = Rows(data);
            Assert.Equal(["audit.exported account 127.0.0.1 0", "audit.exported account 127.0.0.1 0"], rows.Where(row => row.StartsWith("audit", StringComparison.Ordinal)));
            // Written by the stopping program, after the head was handed out.
            Assert.Equal(["access.denied anonymous 127.0.0.1 3", "access.denied anonymous 127.0.0.1 3"], rows.Where(row => row.Contains("denied", StringComparison.Ordinal)));

            var sound = await AppServer.RunVerbAsync(data, "audit", "verify", "--head", head);
            Assert.True(sound.ExitCode == 0, sound.Output + sound.Error);
            Assert.StartsWith($"OK: {rows.Count} ", sound.Output, StringComparison.Ordinal);

            Tamper(data, "DROP TRIGGER AuditRows_NoUpdate; UPDATE AuditRows SET ActorName = 'nobody' WHERE Seq = 3");

            var broken = await AppServer.RunVerbAsync(data, "audit", "verify");
            Assert.Equal(1, broken.ExitCode);
            Assert.Contains("Audit record 3 was changed", broken.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task RecordHostileAsync(string data)
    {
        await using var other = PlatformHost.Compose(data).Build();
        var lane = other.Services.GetRequiredService<IWriteLane>();
        foreach (var formula in Formulas)
        {
            await lane.AuditAsync(new AuditRecord(AuditActs.SettingChanged, formula) { Facts = [new("reason", formula)] }, AuditSamples.Admin, Cancellation);
        }
    }

    private static async Task AssertCsvAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/admin/audit/export.csv?act=setting.changed&from=2020-01-01", UriKind.Relative), Cancellation);
        Assert.Equal((HttpStatusCode.OK, "text/csv", true), (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, answer.Headers.CacheControl?.NoStore));
        Assert.EndsWith(".csv", answer.Content.Headers.ContentDisposition?.FileNameStar, StringComparison.Ordinal);
        var csv = new CsvReader(new StringReader(await answer.Content.ReadAsStringAsync(Cancellation)), ',', CsvReader.UsualLongest);
        var rows = new List<string[]>();
        while (csv.Read())
        {
            rows.Add([.. Enumerable.Range(0, csv.Count).Select(index => csv[index])]);
        }

        Assert.Equal("序号", rows[0][0].TrimStart('\uFEFF'));
        Assert.Equal(Formulas.Reverse().Select(formula => formula[0] == 'a' ? formula : "'" + formula), rows.Skip(1).Select(row => row[10]));
        // Quoted, so that a program that takes semicolons for bounds finds no other field.
        Assert.All(rows, row => Assert.Equal(13, row.Length));
    }

    private static async Task AssertExcelAsync(HttpClient http)
    {
        using var answer = await http.GetAsync(new Uri("/admin/audit/export.xlsx?act=setting.changed", UriKind.Relative), Cancellation);
        using var file = new MemoryStream(await answer.Content.ReadAsByteArrayAsync(Cancellation));
        using (var document = SpreadsheetDocument.Open(file, false))
        {
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, Cancellation).Select(error => error.Description));
            Assert.DoesNotContain(document.WorkbookPart!.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()), cell => cell.CellFormula is not null);
        }

        var rows = file.Query().Select(row => ((IDictionary<string, object?>)row).Values.ToList()).ToList();
        Assert.Equal(Formulas.Reverse(), rows.Skip(1).Select(row => row[10]));
        Assert.All(rows.Skip(1), row => Assert.IsType<DateTime>(row[1]));
    }

    // Where a proxy's caller comes from nobody knows, so none of it is let in; each door is noted once however often it is tried.
    private static async Task KnockAsync(HttpClient http)
    {
        foreach (var path in (string[])["/admin/audit", "/admin/audit/export.csv", "/admin/audit/export.csv"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            using var answer = await http.SendAsync(request, Cancellation);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        }
    }

    private static List<string> Rows(string data)
    {
        using var database = Databases.Open(data);
        return database.Query("SELECT Act, ActorId, Address, Result FROM AuditRows ORDER BY Seq").ConvertAll(row => string.Join(' ', row.Select(value => value is string text && text.StartsWith("account:", StringComparison.Ordinal) ? "account" : value)));
    }

    private static void Tamper(string data, string sql)
    {
        using var database = Databases.Open(data);
        database.Query(sql);
    }
}
