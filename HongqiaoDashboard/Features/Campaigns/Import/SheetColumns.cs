using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>A column that a file may have.</summary>
/// <param name="Key">Its code.</param>
/// <param name="Names">What else its header may say, in either language.</param>
/// <param name="IsRequired">Whether a file without it is refused.</param>
internal sealed record SheetField(string Key, IReadOnlyList<string> Names, bool IsRequired = false);

/// <summary>Which of a file's columns is which field.</summary>
internal sealed class SheetColumns
{
    private readonly Dictionary<string, int> _places = [];
    private readonly string[] _header;

    private SheetColumns(string[] header) => _header = header;

    /// <summary>How many columns a row has.</summary>
    public int Count => _header.Length;

    /// <summary>The file's columns that no field takes.</summary>
    public IReadOnlyList<string> Unused => [.. _header.Where((name, place) => name.Length > 0 && !_places.ContainsValue(place))];

    /// <summary>Finds the fields in a header; letter case and what stands around a name do not matter.</summary>
    /// <param name="header">A reader at the file's first record.</param>
    /// <param name="fields">The fields; where two share a name, it is the first one's.</param>
    /// <exception cref="FileRefusedException">Columns are missing, or two are the same field.</exception>
    public static SheetColumns Fit(CsvReader header, IReadOnlyList<SheetField> fields)
    {
        if (header.Problem != CsvProblem.None)
        {
            throw new FileRefusedException([new(header.Line, null, new Refusal("HeaderUnreadable"))]);
        }

        var columns = new SheetColumns([.. Enumerable.Range(0, header.Count).Select(place => header[place].Trim())]);
        var taken = new HashSet<int>();
        var faults = new List<RowFault>();
        foreach (var field in fields)
        {
            var names = field.Names.Prepend(field.Key).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var places = Enumerable.Range(0, columns.Count).Where(place => names.Contains(columns._header[place]) && !taken.Contains(place)).ToList();
            taken.UnionWith(places);
            if (places.Count > 1)
            {
                faults.Add(new(header.Line, columns._header[places[1]], new Refusal("ColumnTwice", columns._header[places[0]], columns._header[places[1]])));
            }
            else if (places is [var place])
            {
                columns._places[field.Key] = place;
            }
            else if (field.IsRequired)
            {
                faults.Add(new(header.Line, field.Key, new Refusal("ColumnMissing", string.Join(" / ", field.Names.Prepend(field.Key).Distinct(StringComparer.OrdinalIgnoreCase)))));
            }
        }

        return faults.Count == 0 ? columns : throw new FileRefusedException(faults);
    }

    /// <summary>Whether the file has a field.</summary>
    /// <param name="field">Its code.</param>
    public bool Has(string field) => _places.ContainsKey(field);

    /// <summary>The header of a field's column; the field's code when the file has none.</summary>
    /// <param name="field">Its code.</param>
    public string NameOf(string field) => _places.TryGetValue(field, out var place) ? _header[place] : field;

    /// <summary>The place of a column, from 0; -1 for none of them.</summary>
    /// <param name="column">Its header.</param>
    public int PlaceOf(string? column) => Array.IndexOf(_header, column);

    /// <summary>A field of a row; empty when the file has none.</summary>
    /// <param name="row">A reader at a row with all columns.</param>
    /// <param name="field">The field's code.</param>
    public string Value(CsvReader row, string field) => _places.TryGetValue(field, out var place) ? row[place].Trim() : "";
}
