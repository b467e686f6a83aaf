using ClosedXML.Excel;

namespace HongqiaoDashboard.Platform.Workbooks;

/// <summary>A table on a sheet of its own: a heading, frozen column titles with filters, and rows; ready to be printed.</summary>
internal sealed class WorkbookSheet
{
    private const int TitleRow = 3;

    // Two lines of a title; programs do not make wrapped rows higher by themselves.
    private const double TitleHeight = 32;

    // Wider than this, a row on A4 could not be read.
    private const double WidestA4 = 130;

    private readonly IXLWorksheet _sheet;
    private readonly IReadOnlyList<WorkbookColumn> _columns;
    private int _row = TitleRow;

    /// <summary>Begins a table.</summary>
    /// <param name="sheet">An empty sheet.</param>
    /// <param name="heading">What it is.</param>
    /// <param name="remark">Small print below the heading.</param>
    /// <param name="columns">Its columns.</param>
    public WorkbookSheet(IXLWorksheet sheet, string heading, string remark, IReadOnlyList<WorkbookColumn> columns)
    {
        (_sheet, _columns) = (sheet, columns);
        for (var i = 0; i < columns.Count; i++)
        {
            var column = sheet.Column(i + 1);
            column.Width = columns[i].Width;
            columns[i].Dress(column.Style);
            WorkbookFile.Write(sheet.Cell(TitleRow, i + 1), columns[i].Title);
        }

        WorkbookFile.Heading(sheet, heading, remark);
        WorkbookFile.Titles(sheet.Range(TitleRow, 1, TitleRow, columns.Count));
        sheet.Row(TitleRow).Height = TitleHeight;
        sheet.SheetView.Freeze(TitleRow, columns[0].IsKey ? 1 : 0);
        sheet.PageSetup.SetRowsToRepeatAtTop(TitleRow, TitleRow);
        WorkbookFile.Print(sheet, heading, columns.Sum(column => column.Width) > WidestA4 ? XLPaperSize.A3Paper : XLPaperSize.A4Paper);
    }

    /// <summary>Adds a row.</summary>
    /// <param name="values">A value for each column: text, whole number, fraction, day, instant as local time, or null for nothing.</param>
    public void Add(params IReadOnlyList<object?> values)
    {
        _row++;
        for (var i = 0; i < values.Count; i++)
        {
            WorkbookFile.Write(_sheet.Cell(_row, i + 1), values[i]);
        }
    }

    /// <summary>Ends the table: with filters over its rows.</summary>
    public void End() => _sheet.Range(TitleRow, 1, Math.Max(_row, TitleRow + 1), _columns.Count).SetAutoFilter();
}

/// <summary>A column.</summary>
/// <param name="Title">Its title.</param>
/// <param name="Width">Its width, in digits of the usual font; a Chinese character takes two.</param>
/// <param name="Format">How numbers and days are shown; empty for text.</param>
/// <param name="IsKey">Whether it stays in sight when the sheet is scrolled sideways; the first column only.</param>
/// <param name="Wraps">Whether long text goes on in another line.</param>
internal sealed record WorkbookColumn(string Title, double Width, string Format = "", bool IsKey = false, bool Wraps = false)
{
    /// <summary>Gives cells the column's look.</summary>
    /// <param name="style">Their style.</param>
    public void Dress(IXLStyle style)
    {
        style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
        style.Alignment.WrapText = Wraps;
        // Days stand in the middle, or they would touch the text beside them.
        style.Alignment.Horizontal = Format is WorkbookFile.Day or WorkbookFile.Minute ? XLAlignmentHorizontalValues.Center
            : Format.Length > 0 ? XLAlignmentHorizontalValues.Right
            : XLAlignmentHorizontalValues.Left;
        if (Format.Length > 0)
        {
            style.NumberFormat.Format = Format;
        }
    }
}
