using ClosedXML.Excel;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Platform.Workbooks;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Export;

/// <summary>The first sheet: what is done, how fast it goes, what was planned, and what is to be expected, each with what it means.</summary>
internal sealed class OverviewSheet
{
    private readonly IXLWorksheet _sheet;
    private readonly CampaignPicture _picture;
    private readonly IStringLocalizer<CampaignExportTexts> _texts;
    private int _row = 3;

    private OverviewSheet(IXLWorksheet sheet, CampaignPicture picture, IStringLocalizer<CampaignExportTexts> texts) => (_sheet, _picture, _texts) = (sheet, picture, texts);

    /// <summary>Writes it.</summary>
    /// <param name="book">The workbook.</param>
    /// <param name="picture">The campaign.</param>
    /// <param name="name">Its name.</param>
    /// <param name="remark">Small print.</param>
    /// <param name="texts">The words.</param>
    public static void Write(WorkbookFile book, CampaignPicture picture, string name, string remark, IStringLocalizer<CampaignExportTexts> texts)
    {
        var sheet = book.Free(texts["SheetOverview"]);
        WorkbookFile.Heading(sheet, name, remark);
        WorkbookFile.Print(sheet, name, XLPaperSize.A4Paper);
        sheet.Column(1).Width = 30;
        sheet.Columns(2, 11).Width = 14;
        var overview = new OverviewSheet(sheet, picture, texts);
        overview.Done();
        overview.Pace();
        overview.Plan();
        overview.Forecast();
    }

    private void Done()
    {
        var definition = _picture.Definition;
        Titles([_texts["Measure"], _texts["Unit"], _texts["Total"], _texts["DoneAt", Done(definition)], _texts["Left"], _texts["Share"], .. definition.Stages.Select(stage => (string)_texts["ReachedStage", stage.Name])]);
        foreach (var measure in definition.Measures)
        {
            var (total, done) = (_picture.Total(measure.Code), _picture.Done(measure.Code));
            // Cut, not rounded: all of it only when nothing is missing.
            Row(
                [measure.Name.Here, measure.Unit.Here, total, done, total - done, total == 0 ? null : Math.Floor(done * 10_000m / total) / 10_000m, .. definition.Stages.Select(stage =>
                    measure.Stages.Contains(stage.Code) ? (object)_picture.ReachedAt(stage.Code, measure.Code) : null)],
                WorkbookFile.Whole);
            _sheet.Cell(_row, 6).Style.NumberFormat.Format = WorkbookFile.Share;
        }

        Remark(_texts["DoneMeans", Done(definition), definition.ItemWord, _picture.Items.Count, _picture.Items.Count(item => item.DoneDay is not null)]);
    }

    private void Pace()
    {
        var pace = _picture.Pace;
        Titles([_texts["Pace"], _texts["UnitADay", _picture.Definition.Leading.Unit]]);
        foreach (var (key, value) in ((string, object?)[])[("Last7", pace.Last7), ("Before7", pace.Before7), ("Last28", pace.Last28), ("Needed", pace.Needed)])
        {
            Row([_texts[key].Value, value], WorkbookFile.Tenths);
        }

        Row([_texts["Ahead"].Value, pace.Ahead], "0");
        Remark(_texts["PaceMeans"]);
    }

    private void Plan()
    {
        var definition = _picture.Definition;
        Titles([_texts["Plan"], _texts["PlanAmount", definition.Leading.Unit]]);
        Row([_texts["PlanStart"].Value, definition.Start], WorkbookFile.Day);
        foreach (var milestone in definition.Plan)
        {
            Row([_texts["PlanBy", Iso(milestone.By)].Value, milestone.Amount], WorkbookFile.Whole);
        }

        Row([_texts["PlanBy", Iso(definition.Target)].Value, _picture.Total(definition.Leading.Code)], WorkbookFile.Whole);
        Row([_texts["PlanToday"].Value, _picture.Days.Count == 0 ? null : Math.Round(_picture.Days[^1].Planned)], WorkbookFile.Whole);
    }

    private void Forecast()
    {
        Titles([_texts["Forecast"], _texts["ColumnDay"]]);
        if (_picture.Forecast is not { } forecast)
        {
            Remark(_texts[_picture.Done(_picture.Definition.Leading.Code) >= _picture.Total(_picture.Definition.Leading.Code) ? "ForecastDone" : "ForecastNone"]);
        }
        else
        {
            foreach (var (key, day) in ((string, DateOnly?)[])[("Earliest", forecast.Earliest), ("Middle", forecast.Middle), ("Latest", forecast.Latest)])
            {
                Row([_texts[key].Value, day is { } on ? on : _texts["NotInSight", Iso(forecast.Horizon)].Value], WorkbookFile.Day);
            }

            Row([_texts["Remaining", _picture.Definition.Leading.Unit].Value, forecast.Remaining], WorkbookFile.Whole);
            Remark(_texts["ForecastMethod", forecast.Window, forecast.Paths]);
        }

        if (_picture.BackTest is { } test)
        {
            Titles([_texts["BackTest"], ""]);
            Row([_texts["Trials"].Value, test.Trials], "0");
            Row([_texts["Within"].Value, test.Within], "0");
            Row([_texts["WithinShare"].Value, Math.Floor(test.Within * 10_000m / test.Trials) / 10_000m], WorkbookFile.Share);
            Row([_texts["Stated"].Value, test.Stated], WorkbookFile.Share);
            Row([_texts["MedianError"].Value, test.MedianErrorDays], WorkbookFile.Tenths);
            Remark(_texts["BackTestMethod", test.HorizonDays]);
        }
    }

    private void Titles(IReadOnlyList<string> titles)
    {
        _row += _row == 3 ? 1 : 2;
        for (var i = 0; i < titles.Count; i++)
        {
            WorkbookFile.Write(_sheet.Cell(_row, i + 1), titles[i]);
        }

        var cells = _sheet.Range(_row, 1, _row, titles.Count);
        WorkbookFile.Titles(cells);
        cells.Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Right;
        _sheet.Cell(_row, 1).Style.Alignment.Horizontal = XLAlignmentHorizontalValues.Left;
    }

    private void Row(IReadOnlyList<object?> values, string format)
    {
        _row++;
        for (var i = 0; i < values.Count; i++)
        {
            var cell = _sheet.Cell(_row, i + 1);
            if (values[i] is not (null or string))
            {
                cell.Style.NumberFormat.Format = format;
            }

            cell.Style.Alignment.Horizontal = i == 0 ? XLAlignmentHorizontalValues.Left : XLAlignmentHorizontalValues.Right;
            WorkbookFile.Write(cell, values[i]);
        }
    }

    // Over the columns of the widest table, high enough for its lines: a merged cell does not grow by itself.
    private void Remark(string text)
    {
        _row++;
        const int Columns = 8;
        const int CharactersALine = 120;
        var cells = _sheet.Range(_row, 1, _row, Columns).Merge();
        cells.Style.Alignment.WrapText = true;
        cells.Style.Alignment.Vertical = XLAlignmentVerticalValues.Top;
        cells.Style.Font.FontColor = XLColor.FromArgb(0x59, 0x63, 0x6E);
        WorkbookFile.Write(_sheet.Cell(_row, 1), text);
        _sheet.Row(_row).Height = 15 * Math.Ceiling(text.Sum(c => c > 0xFF ? 2 : 1) / (double)CharactersALine) + 2;
    }

    private static string Done(CampaignDefinition definition) => definition.Stages[definition.StageIndex(definition.DoneStage)].Name.Here;

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
