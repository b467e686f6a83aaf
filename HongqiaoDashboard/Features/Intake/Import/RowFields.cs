using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Csv;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Which columns of a file fill which field, and what they make of a row.</summary>
/// <param name="header">The columns' names.</param>
internal sealed class RowFields(IReadOnlyList<string> header)
{
    private readonly Dictionary<string, Filled> _filled = [];

    /// <summary>How many columns a row has.</summary>
    public int Columns => header.Count;

    /// <summary>The file's columns that no field takes.</summary>
    public IReadOnlyList<string> Unused =>
        [.. header.Where((_, index) => _filled.Values.All(filled => !filled.Columns.Contains(index))).Where(name => name.Length > 0)];

    /// <summary>Fills a field.</summary>
    /// <param name="field">The field.</param>
    /// <param name="source">How.</param>
    /// <param name="columns">From which columns, from 0.</param>
    public void Fill(string field, FieldSource source, int[] columns) => _filled[field] = new Filled(source, columns);

    /// <summary>Whether the file fills a field.</summary>
    /// <param name="field">The field.</param>
    public bool Fills(string field) => _filled.ContainsKey(field);

    /// <summary>A field's value, as the mapping makes it; empty for a field that nothing fills.</summary>
    /// <param name="row">A reader at a row with all columns.</param>
    /// <param name="field">The field.</param>
    public string Value(CsvReader row, string field) => _filled.TryGetValue(field, out var filled) ? filled.Value(row, ImportFields.Joined.Contains(field)) : "";

    /// <summary>A field's value, as it stands in the file.</summary>
    /// <param name="row">A reader at a row with all columns.</param>
    /// <param name="field">The field.</param>
    public string Raw(CsvReader row, string field) => _filled.TryGetValue(field, out var filled) ? string.Join(" | ", filled.Columns.Select(column => row[column])) : "";

    /// <summary>The file's column that fills a field; the field itself when none does, and null for no field.</summary>
    /// <param name="field">The field.</param>
    public string? ColumnOf(string field) =>
        _filled.TryGetValue(field, out var filled) && filled.Columns.Length > 0 ? header[filled.Columns[0]] : field.Length > 0 ? field : null;

    /// <summary>Tells of a row what the case desk has against it, naming the file's column.</summary>
    /// <param name="line">The row's line.</param>
    /// <param name="fault">What is against it.</param>
    public RowFault Locate(long line, HistoricFault fault) => new(
        line,
        ColumnOf(fault.Step is { } step ? ImportFields.Of(step) : fault.Refusal.Code switch
        {
            "ExternalIdBad" => ImportFields.ExternalId,
            "UnknownType" => ImportFields.Type,
            "UnknownDepartment" => ImportFields.Department,
            "PointOutside" => ImportFields.Latitude,
            "TextTooLong" => ImportFields.Description,
            "DueBeforeReport" or "DueOutOfOrder" => Fills(ImportFields.CloseBy) ? ImportFields.CloseBy : ImportFields.ResolveBy,
            _ => "",
        }),
        fault.Refusal);

    private sealed class Filled(FieldSource source, int[] columns)
    {
        private readonly Dictionary<string, string> _values = source.Values
            .GroupBy(pair => pair.Key.Trim(), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(group => group.Key, group => group.Last().Value.Trim(), StringComparer.OrdinalIgnoreCase);

        public int[] Columns => columns;

        public string Value(CsvReader row, bool joined)
        {
            var value = source.Constant ?? Own(row, joined);
            return _values.TryGetValue(value, out var mapped) ? mapped : source.Otherwise ?? value;
        }

        private string Own(CsvReader row, bool joined)
        {
            var own = "";
            foreach (var column in columns)
            {
                var value = row[column].Trim();
                if (value.Length > 0 && !joined)
                {
                    return value;
                }

                own = own.Length == 0 ? value : value.Length == 0 ? own : $"{own}; {value}";
            }

            return own;
        }
    }
}
