using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using HongqiaoDashboard.Platform.Workbooks;
using MiniExcelLibs;

namespace HongqiaoDashboard.Tests.Platform.Workbooks;

public sealed class WorkbookFileTests
{
    [Fact]
    public void Cells_OfAnyText_StayTextForOtherPrograms()
    {
        string[] texts = ["=1+1", "+86", "-2", "@SUM(A1)", "'quoted", "  =A1", "井盖\n第二行", "a\u0001b\uD800c", "<&>", "00123", "2026-01-01"];
        using var stream = new MemoryStream();
        using (var book = new WorkbookFile("试 & 验"))
        {
            var table = book.Table("表 1", "标题 & 更多", "说明", new WorkbookColumn("文本", 30, IsKey: true, Wraps: true), new("日期", 12, WorkbookFile.Day), new("数", 10, WorkbookFile.Whole));
            foreach (var text in texts)
            {
                table.Add(text, new DateOnly(2026, 3, 1), 12L);
            }

            table.Add(null, null, null);
            table.End();
            book.Table("空", "空", "", new WorkbookColumn("无", 10)).End();
            book.Save(stream);
        }

        using (var document = SpreadsheetDocument.Open(stream, false))
        {
            Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document, TestContext.Current.CancellationToken).Select(error => error.Description));
            var formats = document.WorkbookPart!.WorkbookStylesPart!.Stylesheet.CellFormats!.Elements<CellFormat>().ToList();
            var cells = document.WorkbookPart.WorksheetParts.SelectMany(part => part.Worksheet.Descendants<Cell>()).ToList();
            Assert.DoesNotContain(cells, cell => cell.CellFormula is not null);
            Assert.Equal(6, cells.Count(cell => cell.StyleIndex is not null && formats[(int)cell.StyleIndex.Value].QuotePrefix?.Value == true));
        }

        var rows = stream.Query(sheetName: "表 1").Select(row => ((IDictionary<string, object?>)row).Values.ToList()).Skip(3).ToList();
        Assert.Equal(["=1+1", "+86", "-2", "@SUM(A1)", "'quoted", "  =A1", "井盖\n第二行", "abc", "<&>", "00123", "2026-01-01"], rows.Take(texts.Length).Select(row => row[0]));
        Assert.All(rows.Take(texts.Length), row => Assert.Equal([new DateTime(2026, 3, 1), 12.0], row.Skip(1)));
    }
}
