using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Export;
using HongqiaoDashboard.Kernel;
using MiniExcelLibs;
using static HongqiaoDashboard.Tests.Features.Campaigns.CampaignHouse;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Export;

/// <summary>The workbook, opened by libraries that did not write it.</summary>
public sealed class CampaignExportTests
{
    private const string Note = "+86 13912345678 来电";

    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Fact]
    public async Task Workbook_OfACampaign_IsValidAndTellsWhatThePictureTells()
    {
        await using var house = new CampaignHouse();
        await house.PutAsync(Parcel("P1", households: 100) with { Name = "=HYPERLINK(\"http://x\")" });
        await house.PutAsync(Parcel("P2", households: 50));
        for (var ago = 20; ago > 0; ago--)
        {
            await house.EnterAsync("P1", ago, 0, Enterer, MovedOut(2));
        }

        await house.Desk.EnterAsync(Relocation, new DayEntry { Item = "P1", Day = Today.AddDays(-5), Amounts = MovedOut(3), Note = Note, BasedOn = 1 }, Other, Cancellation);
        var picture = await house.LookAsync();

        var (name, file) = await house.Database.Get<CampaignExport>().MakeAsync(Relocation, Enterer, Cancellation);
        await using var stream = file!;
        var path = ((FileStream)stream).Name;

        Assert.Contains("2026-03-10", name, StringComparison.Ordinal);
        using (var document = SpreadsheetDocument.Open(stream, false))
        {
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, Cancellation).Select(error => $"{error.Path?.XPath} {error.Description}"));
            Assert.Empty(document.WorkbookPart!.WorksheetParts.SelectMany(sheet => sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>()));
        }

        var sheets = stream.GetSheetNames();
        Assert.Equal(6, sheets.Count);
        var overview = Read(stream, sheets[0]);
        Assert.Contains(overview, row => row.Contains(41.0) && row.Contains(150.0) && row.Contains(109.0) && row.Contains(0.2733));
        Assert.Contains(overview, row => row.Contains(picture.Forecast!.Middle!.Value.ToDateTime(TimeOnly.MinValue)));
        var days = Read(stream, sheets[1]);
        Assert.Equal([Today.ToDateTime(TimeOnly.MinValue), 0.0, 41.0], days[^1].Take(3));
        var items = Read(stream, sheets[2]);
        Assert.Equal(["P1", "=HYPERLINK(\"http://x\")"], items[^2].Take(2));
        var entries = Read(stream, sheets[3]);
        Assert.Equal(20 + 3, entries.Count);
        Assert.Contains(entries, row => row.Contains(PersonalNumbers.Mask(Note)) && row.Contains(3.0));
        Assert.DoesNotContain(entries.Concat(Read(stream, sheets[4])), row => row.Contains(Note));
        Assert.Equal(2 + 3, Read(stream, sheets[4]).Count);
        stream.Close();
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Workbook_OfAnUnknownCampaign_IsNone()
    {
        await using var house = new CampaignHouse();
        await house.LookAsync();
        Assert.Null((await house.Database.Get<CampaignExport>().MakeAsync("nothing", Enterer, Cancellation)).File);
    }

    private static List<List<object?>> Read(Stream stream, string sheet) =>
        [.. stream.Query(sheetName: sheet).Select(row => ((IDictionary<string, object?>)row).Values.ToList())];
}
