using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>Items. A column that the file does not have leaves what is there.</summary>
internal sealed class ItemSheet : ImportSheet
{
    private const string Total = "total";

    private readonly IIncidentCatalog _catalog;
    private readonly List<SheetField> _fields;
    private readonly Dictionary<string, string> _totals;
    private readonly Dictionary<string, Candidate> _rows = new(StringComparer.Ordinal);

    public ItemSheet(ImportPlace place, IIncidentCatalog catalog) : base(place)
    {
        _catalog = catalog;
        var leading = place.Definition.Leading;
        var word = place.Definition.ItemWord;
        _totals = place.Definition.Measures.ToDictionary(measure => measure == leading ? Total : $"{Total}.{measure.Code}", measure => measure.Code);
        _fields =
        [
            new("code", ["item", "编号", word.Zh + "编号"], IsRequired: true),
            new("name", ["名称", word.Zh, word.En]),
            new("kind", ["类别"]),
            new("grid_code", ["grid", "网格编码", "网格"]),
            new("lat", ["latitude", "纬度"]),
            new("lon", ["longitude", "lng", "经度"]),
            new("datum", ["坐标系"]),
            new("lead", ["牵头部门", "牵头"]),
            new("helpers", ["协助部门", "配合部门"]),
            new("planned_from", ["计划开始"]),
            new("planned_to", ["计划完成", "计划结束"]),
            .. _totals.Select(total => new SheetField(total.Key, NamesOfTotal(place.Definition.Measures.First(measure => measure.Code == total.Value)))),
            new("outline", ["wkt", "轮廓"]),
        ];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<SheetField> Fields => _fields;

    /// <inheritdoc/>
    public override void Judge()
    {
        foreach (var row in _rows.Values.Where(row => IsGood(row.Line)))
        {
            Count(new CampaignImportChange(row.Line, row.Item.Code, null, row.Known is not null, row.Known is null ? "" : Words(row.Known), Words(row.Item)));
        }
    }

    /// <inheritdoc/>
    public override async Task StoreAsync(ICampaignDesk desk, CancellationToken cancellation)
    {
        var good = _rows.Values.Where(row => IsGood(row.Line)).ToList();
        try
        {
            if (good.FindAll(row => row.Known is null) is { Count: > 0 } added)
            {
                await desk.TakeAsync(Place.Definition.Code, [.. added.Select(row => row.Item)], [], Place.Actor, cancellation);
                good.RemoveAll(row => row.Known is null);
            }
        }
        catch (RefusedException)
        {
            // Somebody was quicker with one of them; one by one tells with which.
        }

        foreach (var row in good)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                await desk.PutItemAsync(Place.Definition.Code, row.Item, Place.Actor, cancellation);
            }
            catch (RefusedException e)
            {
                Refuse(row.Line, null, e.Refusal);
                Uncount(row.Known is not null);
            }
        }
    }

    /// <inheritdoc/>
    protected override void ReadFields(CsvReader row)
    {
        if (Needed(row, "code") is not { } code)
        {
            return;
        }

        var known = Place.Stock.Item(code);
        var datum = Meant(row, "datum", SheetValues.Datum, "UnknownDatum") ?? GeoDatum.Wgs84;
        var (grid, point) = Where(row, known, datum);
        var lead = Columns.Has("lead") ? Department("lead", Columns.Value(row, "lead")) : known?.Lead;
        var item = new CampaignItem
        {
            Code = code,
            Name = Columns.Has("name") ? Columns.Value(row, "name") : known?.Name ?? "",
            Kind = Columns.Has("kind") ? Columns.Value(row, "kind") : known?.Kind ?? "",
            GridCode = grid ?? "",
            Point = point ?? default,
            Outline = Outline(row, datum) ?? known?.Outline ?? [],
            Lead = lead,
            Helpers = Columns.Has("helpers") ? Helpers(row, lead) : known?.Helpers ?? [],
            PlannedFrom = Columns.Has("planned_from") ? Meant(row, "planned_from", SheetValues.Day, "NotADay") : known?.PlannedFrom,
            PlannedTo = Columns.Has("planned_to") ? Meant(row, "planned_to", SheetValues.Day, "NotADay") : known?.PlannedTo,
            Totals = Totals(row, known),
            Source = known?.Source ?? "import",
            Version = known?.Version ?? 0,
        };
        JudgeItem(item, known, hasPoint: Columns.Value(row, "lat").Length > 0);
    }

    private void JudgeItem(CampaignItem item, CampaignItem? known, bool hasPoint)
    {
        foreach (var fault in ItemFaults.Of(item, Place.Definition, Place.Edition, department => _catalog.Department(department) is not null))
        {
            // A grid that there is not has no centre either, and what could not be read is no item's fault: once is enough.
            if (!HasFault(FieldOf(fault.Code)) && (fault.Code != "ItemPoint" || hasPoint))
            {
                Refuse(FieldOf(fault.Code), fault.Code, fault.Arguments);
            }
        }

        if (IsGood(Line) && !CampaignJournal.Sees(Place.Actor, item.GridCode))
        {
            Refuse("grid_code", "ItemGrid", item.GridCode);
        }

        if (_rows.TryGetValue(item.Code, out var first))
        {
            Refuse("code", "ItemTwiceInFile", first.Line);
        }
        else if (IsGood(Line) && known is not null && IsSame(item, known))
        {
            CountKnown();
        }
        else if (IsGood(Line) && known is not null && !Place.Options.TakesCorrections)
        {
            Refuse("code", "ItemDiffers", item.Code);
        }
        else if (IsGood(Line) && known is not null && CampaignLedger.Judge(Place.Definition, item, Place.Stock.DaysOf(item.Code).Values.Select(day => (day.Day, day.Amounts))) is { Code: "MoreThanTotal" } broken)
        {
            Refuse(Total, "TotalBelowEntered", broken.Arguments);
        }
        else if (IsGood(Line))
        {
            _rows[item.Code] = new Candidate(Line, item, known);
        }
    }

    // A grid alone places the item at its centre, a point alone in the smallest grid that holds it.
    private (string? Grid, GeoPoint? Point) Where(CsvReader row, CampaignItem? known, GeoDatum datum)
    {
        var grid = Columns.Value(row, "grid_code") is { Length: > 0 } named ? named : null;
        var (latitude, longitude) = (Meant(row, "lat", SheetValues.Degrees, "NotDegrees"), Meant(row, "lon", SheetValues.Degrees, "NotDegrees"));
        if (latitude is { } y && longitude is { } x)
        {
            if (!GeoPoint.TryCreate(y, x, out var point))
            {
                Refuse("lat", "ItemPoint");
                return (grid, null);
            }

            point = Datums.ToWgs84(point, datum);
            return (grid ?? Place.Edition.Locate(point)?.Code, point);
        }

        if (Columns.Value(row, "lat").Length > 0 != Columns.Value(row, "lon").Length > 0)
        {
            Refuse("lat", "HalfAPoint");
        }

        if (grid is null)
        {
            if (known is null && IsGood(Line))
            {
                Refuse("grid_code", "NoPlace");
            }

            return (known?.GridCode, known?.Point);
        }

        return (grid, known is not null && known.GridCode == grid ? known.Point : Place.Edition.Find(grid)?.Centre);
    }

    private Dictionary<string, long> Totals(CsvReader row, CampaignItem? known)
    {
        var totals = new Dictionary<string, long>();
        foreach (var (field, measure) in _totals)
        {
            var usual = known?.Total(measure) ?? (Place.Definition.WholeItems && measure == Place.Definition.Leading.Code ? 1 : 0);
            var total = Columns.Has(field) ? Meant(row, field, SheetValues.Amount, "NotAnAmount") ?? 0 : usual;
            if (total != 0)
            {
                totals[measure] = total;
            }
        }

        return totals;
    }

    private IReadOnlyList<GeoPoint>? Outline(CsvReader row, GeoDatum datum)
    {
        var text = Columns.Value(row, "outline");
        if (text.Length == 0)
        {
            return Columns.Has("outline") ? [] : null;
        }

        var ring = SheetValues.Ring(text, datum);
        if (ring is null)
        {
            Refuse("outline", "NotAPolygon", text);
        }

        return ring;
    }

    private List<string> Helpers(CsvReader row, string? lead) =>
        [.. SheetValues.List(Columns.Value(row, "helpers")).Select(named => Department("helpers", named)).OfType<string>().Where(helper => helper != lead).Distinct(StringComparer.Ordinal)];

    private string? Department(string field, string named)
    {
        if (named.Length == 0)
        {
            return null;
        }

        var found = _catalog.Department(named) ?? _catalog.Departments.FirstOrDefault(department => department.Name == named || department.NameEn.Equals(named, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            Refuse(field, "ItemDepartment", named);
        }

        return found?.Code;
    }

    private static bool IsSame(CampaignItem one, CampaignItem other) =>
        (one.Name, one.Kind, one.GridCode, one.Point, one.Lead, one.PlannedFrom, one.PlannedTo) == (other.Name, other.Kind, other.GridCode, other.Point, other.Lead, other.PlannedFrom, other.PlannedTo)
        && one.Outline.SequenceEqual(other.Outline) && one.Helpers.SequenceEqual(other.Helpers)
        && one.Totals.OrderBy(total => total.Key, StringComparer.Ordinal).SequenceEqual(other.Totals.Where(total => total.Value != 0).OrderBy(total => total.Key, StringComparer.Ordinal));

    private static string[] NamesOfTotal(CampaignMeasure measure) =>
        [.. NamesOf(measure).SelectMany(name => (string[])[$"{Total}.{name}", name, $"总{name}", $"Total {name}"])];

    private static string FieldOf(string code) => code switch
    {
        "ItemCode" => "code",
        "ItemName" => "name",
        "ItemKind" => "kind",
        "ItemGrid" => "grid_code",
        "ItemPoint" => "lat",
        "ItemOutline" => "outline",
        "ItemDepartment" => "lead",
        "ItemPlan" => "planned_from",
        _ => Total,
    };

    private string Words(CampaignItem item) =>
        $"{RowFault.Quote(item.Name)} · {item.GridCode} · {string.Join(", ", Place.Definition.Measures.Select(measure => $"{measure.Name} {item.Total(measure.Code):N0}"))}";

    private sealed record Candidate(long Line, CampaignItem Item, CampaignItem? Known);
}
