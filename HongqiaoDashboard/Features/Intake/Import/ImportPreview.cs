using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>A field of a row: what stands in the file, and what becomes of it.</summary>
/// <param name="Field">The field.</param>
/// <param name="Raw">As it stands in the file.</param>
/// <param name="Becomes">What becomes of it; empty for nothing.</param>
/// <param name="IsFault">Whether the row is refused for it.</param>
internal sealed record PreviewCell(string Field, string Raw, string Becomes, bool IsFault);

/// <summary>A row of a preview.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Cells">A cell for each field that the file fills.</param>
/// <param name="Fault">Why it is refused, or null.</param>
internal sealed record PreviewRow(long Line, IReadOnlyList<PreviewCell> Cells, RowFault? Fault);

/// <summary>The beginning of a file under a mapping.</summary>
/// <param name="Columns">The file's columns.</param>
/// <param name="Rows">Its first rows; none when the mapping does not fit.</param>
/// <param name="Values">Values found in the column of types, the most frequent first.</param>
/// <param name="Reasons">Why the file as a whole does not fit the mapping.</param>
internal sealed record Preview(IReadOnlyList<string> Columns, IReadOnlyList<PreviewRow> Rows, IReadOnlyList<string> Values, IReadOnlyList<Refusal> Reasons);

/// <summary>Shows what a mapping makes of the first rows of a file. Stores nothing.</summary>
internal sealed class ImportPreviews(IIncidentHistory history, IIncidentCatalog catalog, IGridDirectory grids)
{
    private const int RowsShown = 8;
    private const int RowsSearched = 5_000;
    private const int MostValues = 300;

    /// <summary>Reads the beginning of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mapping">The mapping; it may have faults.</param>
    public Preview Make(string path, ImportMapping mapping)
    {
        List<Refusal> reasons = [.. mapping.Faults()];
        if (mapping.TextEncoding() is not { } encoding || mapping.Delimiter is { Length: not 1 })
        {
            return new Preview([], [], [], reasons);
        }

        using var text = new StreamReader(path, encoding, detectEncodingFromByteOrderMarks: true);
        var rows = new CsvReader(text, mapping.Delimiter?[0]);
        if (!rows.Read())
        {
            return new Preview([], [], [], [.. reasons, new Refusal("FileEmpty")]);
        }

        string[] columns = [.. Enumerable.Range(0, rows.Count).Select(index => rows[index].Trim())];
        if (reasons.Count > 0)
        {
            return new Preview(columns, [], [], reasons);
        }

        try
        {
            var reading = RowReading.Fit(mapping, new CatalogNames(catalog), rows);
            var (shown, values) = Read(rows, reading, mapping);
            return new Preview(columns, shown, values, []);
        }
        catch (FileRefusedException e)
        {
            return new Preview(columns, [], [], [.. e.Reasons.Select(reason => reason.Reason)]);
        }
    }

    private (List<PreviewRow> Rows, List<string> Values) Read(CsvReader rows, RowReading reading, ImportMapping mapping)
    {
        var shown = new List<PreviewRow>();
        var values = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        for (var count = 0; count < RowsSearched && rows.Read(); count++)
        {
            var fault = reading.Read(rows, out var historic);
            if (shown.Count < RowsShown)
            {
                fault ??= history.Judge(historic!, out _) is { } against ? reading.Fields.Locate(rows.Line, against) : null;
                shown.Add(new PreviewRow(rows.Line, [.. mapping.Fields.Keys.Where(reading.Fields.Fills).Select(field => Cell(reading, field, fault, historic))], fault));
            }

            if (reading.Raw(ImportFields.Type).Trim() is { Length: > 0 } type && (values.Count < MostValues || values.ContainsKey(type)))
            {
                values[type] = values.GetValueOrDefault(type) + 1;
            }
        }

        return (shown, [.. values.OrderByDescending(value => value.Value).Select(value => value.Key)]);
    }

    private PreviewCell Cell(RowReading reading, string field, RowFault? fault, HistoricCase? historic) => new(
        field, reading.Raw(field), Becomes(reading, field, historic), fault?.Column is { } column && column == reading.Fields.ColumnOf(field));

    private string Becomes(RowReading reading, string field, HistoricCase? historic)
    {
        var value = reading.Value(field);
        if (value.Length == 0)
        {
            return "";
        }

        var isEnglish = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";
        return field switch
        {
            ImportFields.Type when reading.TypeOf(value) is { } code && catalog.Type(code) is { } type => $"{code} {(isEnglish ? type.NameEn : type.Name)}",
            ImportFields.Department when reading.DepartmentOf(value) is { } code && catalog.Department(code) is { } department => isEnglish ? department.NameEn : department.Name,
            ImportFields.ExternalId when historic is not null => historic.ExternalId,
            ImportFields.Latitude when historic is not null => historic.Point.Latitude.ToString("F6", CultureInfo.InvariantCulture),
            ImportFields.Longitude when historic is not null => historic.Point.Longitude.ToString("F6", CultureInfo.InvariantCulture),
            _ when reading.InstantOf(field, value) is { } at => grids.Current.TimeZone.At(at).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture),
            _ => value,
        };
    }
}
