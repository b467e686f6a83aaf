using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Workbooks;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Export;

/// <summary>The tables of a campaign's workbook.</summary>
internal sealed class CampaignSheets(
    WorkbookFile book, CampaignPicture picture, string name, string remark, IStringLocalizer<CampaignExportTexts> texts, GridEdition edition, IIncidentCatalog catalog, TimeZoneInfo zone)
{
    private readonly List<(CampaignStage Stage, CampaignMeasure Measure)> _amounts =
    [
        .. from measure in picture.Definition.Measures from stage in picture.Definition.Stages where measure.Stages.Contains(stage.Code) select (stage, measure),
    ];

    private readonly List<CampaignEntry> _corrected = [];
    private WorkbookSheet? _entries;

    /// <summary>The leading measure day by day, as the burn-up shows it.</summary>
    public void Days()
    {
        var unit = picture.Definition.Leading.Unit.Here;
        var sheet = Table("SheetDays", Day("ColumnDay", isKey: true), Whole(texts["ColumnAmount", unit], 14), Whole(texts["ColumnDone", unit], 16), Whole(texts["ColumnPlanned", unit], 16));
        foreach (var day in picture.Days)
        {
            sheet.Add(day.Day, day.Amount, day.Done, Math.Round(day.Planned));
        }

        sheet.End();
    }

    /// <summary>The items.</summary>
    public void Items()
    {
        var sheet = Table(
            "SheetItems",
            [
                Text("ColumnCode", 14, isKey: true), Text("ColumnName", 22), Text("ColumnKind", 11), Text("ColumnGrid", 17), Text("ColumnStreet", 14), Text("ColumnLead", 14), Text("ColumnHelpers", 18, wraps: true),
                .. picture.Definition.Measures.Select(measure => Whole(texts["ColumnTotal", measure.Name.Here, measure.Unit.Here], 13)),
                .. _amounts.Select(amount => Whole(Title(amount), 12)),
                Text("ColumnStage", 12), Day("ColumnPlannedFrom"), Day("ColumnPlannedTo"), Day("ColumnFirstDay"), Day("ColumnLastDay"), Day("ColumnDoneDay"),
                Whole(texts["ColumnBlockers"], 11), Whole(texts["ColumnRelapses"], 11), Text("ColumnFlag", 12), Text("ColumnSource", 10),
            ]);
        foreach (var standing in picture.Items)
        {
            var item = standing.Item;
            sheet.Add(
            [
                item.Code, item.Name, item.Kind, item.GridCode, edition.Find(Street(item.GridCode))?.Name, Department(item.Lead), string.Join("、", item.Helpers.Select(Department)),
                .. picture.Definition.Measures.Select(measure => (object)item.Total(measure.Code)),
                .. _amounts.Select(amount => (object)standing.ReachedAt(amount.Stage.Code, amount.Measure.Code)),
                picture.Definition.Stages.FirstOrDefault(stage => stage.Code == standing.Stage)?.Name.Here, item.PlannedFrom, item.PlannedTo, standing.FirstDay, standing.LastDay, standing.DoneDay,
                standing.Blockers.Count(blocker => blocker.IsOpen), standing.Relapses.Count, texts["Flag_" + standing.Flag].Value, Source(item.Source),
            ]);
        }

        sheet.End();
    }

    /// <summary>An item's days, the newest revision of each; what was corrected is kept for its own sheet.</summary>
    /// <param name="standing">The item.</param>
    /// <param name="history">All revisions.</param>
    public void Entries(ItemStanding standing, IReadOnlyList<CampaignEntry> history)
    {
        _entries ??= Table("SheetEntries", [.. EntryColumns()]);
        foreach (var day in history.GroupBy(entry => entry.Day).OrderBy(day => day.Key))
        {
            var revisions = day.OrderBy(entry => entry.Revision).ToList();
            Add(_entries, standing.Item, revisions[^1]);
            if (revisions.Count > 1)
            {
                _corrected.AddRange(revisions);
            }
        }
    }

    /// <summary>Cases that stand in the way, and those that say that it begins again.</summary>
    public void Cases()
    {
        var sheet = Table(
            "SheetCases", Text("ColumnCode", 16, isKey: true), Text("ColumnName", 26), Text("ColumnWhat", 14), Text("ColumnNumber", 22), Text("ColumnType", 22), Minute("ColumnReportedAt"),
            Whole(texts["ColumnMetres"], 10), Text("ColumnState", 12));
        foreach (var standing in picture.Items)
        {
            var item = standing.Item;
            foreach (var blocker in standing.Blockers)
            {
                sheet.Add(item.Code, item.Name, texts["Blocker"].Value, blocker.Number, null, null, null, texts[blocker.IsOpen ? "Open" : "Closed"].Value);
            }

            foreach (var relapse in standing.Relapses)
            {
                var type = catalog.Type(relapse.Type);
                sheet.Add(
                    item.Code, item.Name, texts["Relapse"].Value, relapse.Number, type is null ? relapse.Type : new CampaignWord(type.Name, type.NameEn).Here, Local(relapse.ReportedAt), relapse.Metres,
                    texts[relapse.IsOpen ? "Open" : "Closed"].Value);
            }
        }

        sheet.End();
    }

    /// <summary>Ends the entries and writes the corrected days: every revision, so that what was said before stays readable.</summary>
    public void Corrections()
    {
        (_entries ?? Table("SheetEntries", [.. EntryColumns()])).End();
        var sheet = Table("SheetCorrections", [.. EntryColumns()]);
        var names = picture.Items.ToDictionary(standing => standing.Item.Code, standing => standing.Item);
        foreach (var entry in _corrected)
        {
            Add(sheet, names[entry.Item], entry);
        }

        sheet.End();
    }

    private IEnumerable<WorkbookColumn> EntryColumns() =>
    [
        Day("ColumnDay", isKey: true), Text("ColumnCode", 16), Text("ColumnName", 26), .. _amounts.Select(amount => Whole(Title(amount), 12)),
        Text("ColumnNote", 40, wraps: true), Whole(texts["ColumnRevision"], 8), Minute("ColumnAt"), Text("ColumnActor", 16), Text("ColumnSource", 10),
    ];

    private void Add(WorkbookSheet sheet, CampaignItem item, CampaignEntry entry) => sheet.Add(
    [
        entry.Day, item.Code, item.Name,
        .. _amounts.Select(amount => (object?)(entry.Amounts.FirstOrDefault(a => a.Stage == amount.Stage.Code && a.Measure == amount.Measure.Code).Amount is > 0 and var some ? some : null)),
        PersonalNumbers.Mask(entry.Note), entry.Revision, Local(entry.At), entry.ActorName, Source(entry.Source),
    ]);

    private WorkbookSheet Table(string key, params WorkbookColumn[] columns) => book.Table(texts[key], $"{name} · {texts[key]}", remark, columns);

    private WorkbookColumn Text(string key, double width, bool isKey = false, bool wraps = false) => new(texts[key], width, IsKey: isKey, Wraps: wraps);

    private WorkbookColumn Day(string key, bool isKey = false) => new(texts[key], 12, WorkbookFile.Day, isKey);

    private WorkbookColumn Minute(string key) => new(texts[key], 17, WorkbookFile.Minute);

    private static WorkbookColumn Whole(string title, double width) => new(title, width, WorkbookFile.Whole);

    private static string Title((CampaignStage Stage, CampaignMeasure Measure) amount) => $"{amount.Stage.Name} · {amount.Measure.Name} ({amount.Measure.Unit})";

    private DateTime Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    private static string Street(string gridCode) => gridCode.Length > 9 ? gridCode[..9] : gridCode;

    private string? Department(string? code) =>
        code is null ? null : catalog.Department(code) is { } department ? new CampaignWord(department.Name, department.NameEn).Here : code;

    private string Source(string source) => texts["Source_" + source] is { ResourceNotFound: false } known ? known : source;
}
