using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>Rows of a file on their way: read, judged together, stored. Used by one thread at a time.</summary>
/// <param name="place">Where they are judged.</param>
internal abstract class ImportSheet(ImportPlace place)
{
    private const int MostChanges = 50;

    private readonly SortedDictionary<long, List<RowFault>> _faults = [];
    private readonly List<CampaignImportChange> _changes = [];
    private int _rows;
    private int _known;
    private int _added;
    private int _corrected;

    /// <summary>What is wrong with a line, in the order of its columns; none when nothing is.</summary>
    /// <param name="line">The line.</param>
    public IReadOnlyList<RowFault> FaultsOf(long line) =>
        _faults.TryGetValue(line, out var faults) ? [.. faults.OrderBy(fault => Columns.PlaceOf(fault.Column))] : [];

    /// <summary>Where rows are judged.</summary>
    protected ImportPlace Place => place;

    /// <summary>Which column is which field.</summary>
    protected SheetColumns Columns { get; private set; } = null!;

    /// <summary>Line of the row that is being read.</summary>
    protected long Line { get; private set; }

    /// <summary>The columns that the file may have.</summary>
    protected abstract IReadOnlyList<SheetField> Fields { get; }

    /// <summary>Takes the header.</summary>
    /// <param name="header">A reader at it.</param>
    public void Begin(CsvReader header) => Columns = SheetColumns.Fit(header, Fields);

    /// <summary>Takes a row.</summary>
    /// <param name="row">A reader at it.</param>
    public void Read(CsvReader row)
    {
        (Line, _rows) = (row.Line, _rows + 1);
        if (row.Problem != CsvProblem.None)
        {
            Refuse(null, "Csv" + row.Problem);
        }
        else if (row.Count != Columns.Count)
        {
            Refuse(null, "ColumnCount", Columns.Count, row.Count);
        }
        else
        {
            ReadFields(row);
        }
    }

    /// <summary>Judges all rows together with what is there.</summary>
    public abstract void Judge();

    /// <summary>Stores what was found good; what the desk refuses all the same, because somebody was quicker, is a fault too.</summary>
    /// <param name="desk">Takes it.</param>
    /// <param name="cancellation">Stops between two calls.</param>
    public abstract Task StoreAsync(ICampaignDesk desk, CancellationToken cancellation);

    /// <summary>What became of the file.</summary>
    public CampaignImportResult Result() => new(
        _rows, _added, _corrected, _known, _faults.Count, [.. _changes.Where(change => !_faults.ContainsKey(change.Line)).OrderBy(change => change.Line).Take(MostChanges)], Columns.Unused);

    /// <summary>Reads the fields of a row that has all columns.</summary>
    /// <param name="row">A reader at it.</param>
    protected abstract void ReadFields(CsvReader row);

    /// <summary>Whether nothing is wrong with a row so far.</summary>
    /// <param name="line">Its line.</param>
    protected bool IsGood(long line) => !_faults.ContainsKey(line);

    /// <summary>Whether something is wrong with a field of the row that is being read.</summary>
    /// <param name="field">The field.</param>
    protected bool HasFault(string field) => _faults.TryGetValue(Line, out var faults) && faults.Exists(fault => fault.Column == Columns.NameOf(field));

    /// <summary>Finds something wrong with the row that is being read.</summary>
    /// <param name="field">The field, or null for the row as a whole.</param>
    /// <param name="code">Why.</param>
    /// <param name="arguments">Values of the sentence.</param>
    protected void Refuse(string? field, string code, params object[] arguments) => Refuse(Line, field, new Refusal(code, arguments));

    /// <summary>Finds something wrong with a row.</summary>
    /// <param name="line">Its line.</param>
    /// <param name="field">The field, or null for the row as a whole.</param>
    /// <param name="reason">Why.</param>
    protected void Refuse(long line, string? field, Refusal reason)
    {
        if (!_faults.TryGetValue(line, out var faults))
        {
            _faults[line] = faults = [];
        }

        faults.Add(new RowFault(line, field is null ? null : Columns.NameOf(field), reason));
    }

    /// <summary>Counts a row that says what is there already.</summary>
    protected void CountKnown() => _known++;

    /// <summary>Counts a row that changes something.</summary>
    /// <param name="change">What.</param>
    protected void Count(CampaignImportChange change)
    {
        _ = change.IsCorrection ? _corrected++ : _added++;
        _changes.Add(change);
    }

    /// <summary>Takes back the count of a row that the desk refused.</summary>
    /// <param name="isCorrection">Whether something was there.</param>
    protected void Uncount(bool isCorrection) => _ = isCorrection ? _corrected-- : _added--;

    /// <summary>A field of the row that is being read, or null where it is needed and empty.</summary>
    /// <param name="row">A reader at it.</param>
    /// <param name="field">The field.</param>
    protected string? Needed(CsvReader row, string field)
    {
        if (Columns.Value(row, field) is { Length: > 0 } value)
        {
            return value;
        }

        Refuse(field, "Empty", Columns.NameOf(field));
        return null;
    }

    /// <summary>What a field of the row that is being read means; null for nothing, which is a fault unless it is empty.</summary>
    /// <param name="row">A reader at it.</param>
    /// <param name="field">The field.</param>
    /// <param name="meaning">What a text means.</param>
    /// <param name="code">What is wrong with one that means nothing.</param>
    protected T? Meant<T>(CsvReader row, string field, Func<string, T?> meaning, string code) where T : struct
    {
        var text = Columns.Value(row, field);
        if (text.Length == 0)
        {
            return null;
        }

        var meant = meaning(text);
        if (meant is null)
        {
            Refuse(field, code, text);
        }

        return meant;
    }

    /// <summary>The names of a measure in a header.</summary>
    /// <param name="measure">The measure.</param>
    protected static string[] NamesOf(CampaignMeasure measure) => [.. ((string[])[measure.Code, measure.Name.Zh, measure.Name.En]).Distinct(StringComparer.OrdinalIgnoreCase)];
}
