using System.Globalization;
using ClosedXML.Excel;

namespace HongqiaoDashboard.Platform.Workbooks;

/// <summary>
/// A workbook (.xlsx) in the making. Numbers are numbers and days are days; text stays text, whatever it looks like. It is held in
/// memory until it is written, about half a kilobyte a cell.
/// </summary>
internal sealed class WorkbookFile : IDisposable
{
    /// <summary>The media type of what is written.</summary>
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>Whole numbers, thousands apart.</summary>
    public const string Whole = "#,##0";

    /// <summary>One decimal.</summary>
    public const string Tenths = "#,##0.0";

    /// <summary>A share with two decimals.</summary>
    public const string Share = "0.00%";

    /// <summary>A day.</summary>
    public const string Day = "yyyy-mm-dd";

    /// <summary>A time to the minute.</summary>
    public const string Minute = "yyyy-mm-dd hh:mm";

    // What a cell can hold.
    private const int LongestText = 32_767;

    private readonly XLWorkbook _book = new();

    /// <summary>Begins a workbook.</summary>
    /// <param name="title">Its title.</param>
    public WorkbookFile(string title)
    {
        _book.Style.Font.FontName = "Microsoft YaHei";
        _book.Style.Font.FontSize = 10;
        _book.Properties.Title = title;
    }

    /// <summary>Adds a sheet with a table.</summary>
    /// <param name="name">Its name, 31 characters at most.</param>
    /// <param name="heading">What it is.</param>
    /// <param name="remark">Small print below the heading.</param>
    /// <param name="columns">Its columns.</param>
    public WorkbookSheet Table(string name, string heading, string remark, params IReadOnlyList<WorkbookColumn> columns) =>
        new(_book.Worksheets.Add(name), heading, remark, columns);

    /// <summary>Adds a sheet that is filled cell by cell.</summary>
    /// <param name="name">Its name, 31 characters at most.</param>
    public IXLWorksheet Free(string name) => _book.Worksheets.Add(name);

    /// <summary>Writes it.</summary>
    /// <param name="stream">Takes it; it must be able to seek.</param>
    public void Save(Stream stream) => _book.SaveAs(stream);

    /// <inheritdoc/>
    public void Dispose() => _book.Dispose();

    /// <summary>Fills a cell; null leaves it empty.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="value">Text, whole number, fraction, day or local time.</param>
    public static void Write(IXLCell cell, object? value)
    {
        switch (value)
        {
            case null or "":
                break;
            case string text:
                cell.SetValue(Printable(text));
                // Marked as text for good: whoever edits the cell would make a formula of it otherwise.
                if (text.TrimStart() is ['=' or '+' or '-' or '@' or '\'', ..] || text[0] is '\t' or '\r')
                {
                    cell.Style.IncludeQuotePrefix = true;
                }

                break;
            case DateOnly day:
                cell.SetValue(day.ToDateTime(TimeOnly.MinValue));
                break;
            case DateTime time:
                cell.SetValue(time);
                break;
            default:
                cell.SetValue(Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    /// <summary>A heading on the first row, small print on the second.</summary>
    public static void Heading(IXLWorksheet sheet, string heading, string remark)
    {
        foreach (var (row, text, size) in ((int, string, double)[])[(1, heading, 14), (2, remark, 9)])
        {
            var cell = sheet.Cell(row, 1);
            Write(cell, text);
            cell.Style.Font.FontSize = size;
            cell.Style.Font.Bold = row == 1;
            cell.Style.Alignment.WrapText = false;
            cell.Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
            cell.Style.NumberFormat.Format = "General";
        }

        sheet.Cell(2, 1).Style.Font.FontColor = XLColor.FromArgb(0x59, 0x63, 0x6E);
        sheet.Row(1).Height = 24;
    }

    /// <summary>Makes cells titles of columns.</summary>
    public static void Titles(IXLRange cells)
    {
        cells.Style.Font.Bold = true;
        cells.Style.Font.FontColor = XLColor.White;
        cells.Style.Fill.BackgroundColor = XLColor.FromArgb(0x1F, 0x4E, 0x79);
        cells.Style.Alignment.WrapText = true;
        cells.Style.Alignment.Vertical = XLAlignmentVerticalValues.Center;
        cells.Style.NumberFormat.Format = "General";
    }

    /// <summary>Fits a sheet to the width of its paper, with its name and the pages' numbers in the margins.</summary>
    public static void Print(IXLWorksheet sheet, string heading, XLPaperSize paper)
    {
        sheet.PageSetup.PaperSize = paper;
        sheet.PageSetup.PageOrientation = XLPageOrientation.Landscape;
        // Any number of pages high.
        sheet.PageSetup.FitToPages(1, 0);
        sheet.PageSetup.Margins.SetLeft(0.4).SetRight(0.4).SetTop(0.6).SetBottom(0.6);
        // An ampersand begins a code there.
        sheet.PageSetup.Footer.Left.AddText(heading.Replace("&", "&&", StringComparison.Ordinal));
        sheet.PageSetup.Footer.Right.AddText(XLHFPredefinedText.PageNumber);
        sheet.PageSetup.Footer.Right.AddText(" / ");
        sheet.PageSetup.Footer.Right.AddText(XLHFPredefinedText.NumberOfPages);
    }

    // XML cannot hold the other control characters, nor half a pair.
    private static string Printable(string text)
    {
        var kept = text.Length > LongestText ? text[..LongestText] : text;
        return string.Concat(kept.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' or >= 0x20 and not 0xFFFD and not 0xFFFE and not 0xFFFF).Select(rune => rune.ToString()));
    }
}
