using HongqiaoDashboard.Features.Grids.Contracts;

namespace HongqiaoDashboard.Features.Intake.Import.Pages;

/// <summary>A mapping while somebody edits it.</summary>
public sealed class MappingForm
{
    private MappingForm(ImportMapping mapping)
    {
        (Name, Source, Delimiter, Encoding) = (mapping.Name, mapping.Source, mapping.Delimiter ?? "", mapping.Encoding);
        (Datum, TimeZone, AllowsAbsent) = (mapping.Datum, mapping.TimeZone ?? "", mapping.AllowsAbsent);
        DateFormats = string.Join('\n', mapping.DateFormats);
        Fields = [.. ImportFields.All.Select(field => new FieldForm(field, mapping.Fields.GetValueOrDefault(field)))];
    }

    /// <summary>Name of the mapping.</summary>
    public string Name { get; set; }
    /// <summary>What stands before every identity.</summary>
    public string Source { get; set; }
    /// <summary>Between two fields; empty to detect it.</summary>
    public string Delimiter { get; set; }
    /// <summary>Name of the encoding.</summary>
    public string Encoding { get; set; }
    /// <summary>What the coordinates are measured against.</summary>
    public GeoDatum Datum { get; set; }
    /// <summary>Zone of times without an offset; empty for none.</summary>
    public string TimeZone { get; set; }
    /// <summary>Formats of times, one a line.</summary>
    public string DateFormats { get; set; }
    /// <summary>Whether columns that are not needed may be absent.</summary>
    public bool AllowsAbsent { get; set; }
    /// <summary>The fields, in their documented order.</summary>
    public IReadOnlyList<FieldForm> Fields { get; }

    /// <summary>Leaves out the columns that a file lacks; from then on each column that is named must be there.</summary>
    /// <param name="columns">The file's columns.</param>
    public void Keep(IReadOnlyList<string> columns)
    {
        AllowsAbsent = false;
        foreach (var field in Fields)
        {
            field.From = [.. field.From.Where(name => columns.Contains(name, StringComparer.OrdinalIgnoreCase))];
        }
    }

    internal static MappingForm Of(ImportMapping mapping) => new(mapping);

    internal ImportMapping ToMapping() => new()
    {
        Name = Name.Trim(),
        Source = Source.Trim(),
        Delimiter = Delimiter.Length == 0 ? null : Delimiter == "\\t" ? "\t" : Delimiter,
        Encoding = Encoding.Trim(),
        Datum = Datum,
        TimeZone = TimeZone.Trim() is { Length: > 0 } zone ? zone : null,
        DateFormats = [.. DateFormats.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)],
        AllowsAbsent = AllowsAbsent,
        Fields = Fields.Where(field => field.IsFilled).ToDictionary(field => field.Field, field => field.ToSource()),
    };
}

/// <summary>Where a field comes from, while somebody edits it.</summary>
public sealed class FieldForm
{
    // In a form an empty field means that nothing was said; to say "nothing" takes a sign.
    private const string Nothing = "-";

    internal FieldForm(string field, FieldSource? source)
    {
        Field = field;
        From = source?.From ?? [];
        Constant = source?.Constant ?? "";
        Otherwise = Shown(source?.Otherwise);
        Values = source is null ? "" : string.Join('\n', source.Values.Select(value => $"{value.Key} = {Shown(value.Value)}"));
    }

    /// <summary>The field.</summary>
    public string Field { get; }
    /// <summary>Columns that fill it.</summary>
    public IReadOnlyList<string> From { get; set; }
    /// <summary>The same for every row; empty for none.</summary>
    public string Constant { get; set; }
    /// <summary>What to put for values that are not named; a hyphen for nothing.</summary>
    public string? Otherwise { get; set; }

    /// <summary>Lines of <c>value = what to put</c>; the last equals sign counts.</summary>
    public string Values { get; set; }

    /// <summary>Whether there is no case without it.</summary>
    public bool IsRequired => ImportFields.Required.Contains(Field);

    /// <summary>Whether the file or a constant fills it.</summary>
    public bool IsFilled => From.Count > 0 || Constant.Length > 0;

    /// <summary>Whether its values are codes of this platform.</summary>
    public bool IsCoded => Field is ImportFields.Type or ImportFields.Severity or ImportFields.Department;

    /// <summary>Adds lines for values that have none yet.</summary>
    /// <param name="found">Values of the file.</param>
    public void Offer(IEnumerable<string> found)
    {
        var known = ToSource().Values.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        Values = string.Join('\n', [.. Values.Split('\n', StringSplitOptions.RemoveEmptyEntries), .. found.Where(value => !known.Contains(value)).Select(value => value + " = ")]);
    }

    internal FieldSource ToSource() => new()
    {
        From = Constant.Length > 0 ? [] : From,
        Constant = Constant.Length > 0 ? Constant : null,
        Otherwise = Otherwise?.Trim() is { Length: > 0 } otherwise ? Meant(otherwise) : null,
        Values = Values.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (Line: line, At: line.LastIndexOf('=')))
            .Where(line => line.At > 0 && line.Line[(line.At + 1)..].Trim().Length > 0)
            .GroupBy(line => line.Line[..line.At].Trim())
            .ToDictionary(group => group.Key, group => Meant(group.Last().Line[(group.Last().At + 1)..].Trim())),
    };

    private static string? Shown(string? value) => value is { Length: 0 } ? Nothing : value;

    private static string Meant(string value) => value == Nothing ? "" : value;
}
