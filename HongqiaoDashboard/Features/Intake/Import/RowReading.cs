using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Makes cases of a file's rows, by a mapping and the file's header. Used by one thread.</summary>
internal sealed class RowReading
{
    private readonly ImportMapping _mapping;
    private readonly CatalogNames _names;
    private readonly DateReading _dates;
    private readonly (string Field, IncidentEventKind Kind)[] _steps;
    private CsvReader _row = null!;
    private RowFault? _fault;

    private RowReading(ImportMapping mapping, CatalogNames names, RowFields fields)
    {
        (_mapping, _names, Fields) = (mapping, names, fields);
        _dates = new DateReading(mapping.DateFormats, mapping.TimeZone is { Length: > 0 } zone ? TimeZoneInfo.FindSystemTimeZoneById(zone) : null);
        _steps = [.. ImportFields.Steps.Where(step => fields.Fills(step.Key)).Select(step => (step.Key, step.Value))];
    }

    /// <summary>Which columns fill which field.</summary>
    public RowFields Fields { get; }

    /// <summary>Fits a mapping to a header.</summary>
    /// <param name="mapping">A mapping without faults.</param>
    /// <param name="names">Knows types and departments.</param>
    /// <param name="header">A reader at the file's first record.</param>
    /// <exception cref="FileRefusedException">Columns are missing or stand twice.</exception>
    public static RowReading Fit(ImportMapping mapping, CatalogNames names, CsvReader header)
    {
        if (header.Problem != CsvProblem.None)
        {
            throw new FileRefusedException([new(header.Line, null, new(header.Problem == CsvProblem.NotText ? "FileNotText" : "HeaderUnreadable", mapping.Encoding))]);
        }

        string[] columns = [.. Enumerable.Range(0, header.Count).Select(index => header[index].Trim())];
        var fields = new RowFields(columns);
        var faults = new List<RowFault>();
        foreach (var (field, source) in mapping.Fields)
        {
            var found = new List<int>();
            foreach (var name in source.From)
            {
                var places = Enumerable.Range(0, columns.Length).Where(index => columns[index].Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
                if (places.Count > 1)
                {
                    faults.Add(new(header.Line, name, new("ColumnTwice", name)));
                }
                else if (places.Count == 0 && (!mapping.AllowsAbsent || ImportFields.Required.Contains(field)))
                {
                    faults.Add(new(header.Line, name, new("ColumnMissing", name)));
                }

                found.AddRange(places);
            }

            if (found.Count > 0 || source.Constant is not null)
            {
                fields.Fill(field, source, [.. found]);
            }
        }

        return faults.Count == 0 ? new RowReading(mapping, names, fields) : throw new FileRefusedException(faults);
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">A reader at the row.</param>
    /// <param name="historic">The case; null when refused.</param>
    /// <returns>Why not, or null.</returns>
    public RowFault? Read(CsvReader row, out HistoricCase? historic)
    {
        (_row, _fault, historic) = (row, null, null);
        if (row.Problem != CsvProblem.None)
        {
            return new RowFault(row.Line, null, new Refusal("Csv" + row.Problem, _mapping.Encoding));
        }

        if (row.Count != Fields.Columns)
        {
            return new RowFault(row.Line, null, new Refusal("ColumnCount", Fields.Columns, row.Count));
        }

        var read = Case();
        historic = _fault is null ? read : null;
        return _fault;
    }

    /// <summary>A field's value in the row that was read last, as the mapping makes it.</summary>
    /// <param name="field">The field.</param>
    public string Value(string field) => IsWhole ? Fields.Value(_row, field) : "";

    /// <summary>A field's value in the row that was read last, as it stands in the file.</summary>
    /// <param name="field">The field.</param>
    public string Raw(string field) => IsWhole ? Fields.Raw(_row, field) : "";

    /// <summary>The code of the type that a value means, or null.</summary>
    /// <param name="value">A mapped value.</param>
    public string? TypeOf(string value) => _names.Type(value);

    /// <summary>The code of the department that a value means, or null.</summary>
    /// <param name="value">A mapped value.</param>
    public string? DepartmentOf(string value) => _names.Department(value);

    /// <summary>The instant that a value of a field means; null when the field is no time, or the value is none.</summary>
    /// <param name="field">The field.</param>
    /// <param name="value">A mapped value.</param>
    public DateTimeOffset? InstantOf(string field, string value) =>
        ImportFields.IsTime(field) && _dates.Read(value, out var date) == DateProblem.None ? date.At : null;

    private bool IsWhole => _row.Count == Fields.Columns;

    private HistoricCase? Case()
    {
        var id = Needed(ImportFields.ExternalId);
        var type = Needed(ImportFields.Type) is { } named ? _names.Type(named) ?? Refuse(ImportFields.Type, "UnknownType", named) : null;
        var reported = Needed(ImportFields.ReportedAt) is null ? null : Date(ImportFields.ReportedAt);
        var point = Point();
        var severity = Severity();
        var department = Optional(ImportFields.Department) is { } who ? _names.Department(who) ?? Refuse(ImportFields.Department, "UnknownDepartment", who) : null;
        if (_fault is not null || id is null || type is null || reported is not { } at || point is null)
        {
            return null;
        }

        var steps = Steps(at.At);
        return new HistoricCase
        {
            ExternalId = $"{_mapping.Source.Trim()}:{id}",
            Type = type,
            Severity = severity,
            Point = point.Value,
            ReportedAt = at.At,
            Address = Optional(ImportFields.Address),
            Description = Optional(ImportFields.Description) ?? "",
            MediaUrl = Link(),
            Attributes = Answers(),
            Department = department,
            Result = Optional(ImportFields.Result),
            ResolveBy = Date(ImportFields.ResolveBy)?.At,
            CloseBy = Date(ImportFields.CloseBy)?.At,
            Steps = steps,
        };
    }

    // Of an hour that came twice the first is taken, unless that lies before the report.
    private List<HistoricStep> Steps(DateTimeOffset reported)
    {
        var steps = new List<HistoricStep>(_steps.Length);
        foreach (var (field, kind) in _steps)
        {
            if (Date(field) is not { } date)
            {
                continue;
            }

            var until = kind switch
            {
                IncidentEventKind.Suspended => Date(ImportFields.SuspendedUntil)?.At,
                IncidentEventKind.Extended => Date(ImportFields.ExtendedTo)?.At,
                _ => null,
            };
            steps.Add(new HistoricStep(kind, date.At < reported && date.Later is { } later ? later : date.At, until));
        }

        return steps;
    }

    private ReadDate? Date(string field)
    {
        if (Optional(field) is not { } text)
        {
            return null;
        }

        var problem = _dates.Read(text, out var date);
        if (problem == DateProblem.None)
        {
            return date;
        }

        Refuse(field, "Date" + problem, text);
        return null;
    }

    private GeoPoint? Point()
    {
        var (latitude, longitude) = (Degrees(ImportFields.Latitude), Degrees(ImportFields.Longitude));
        if (latitude is not { } y || longitude is not { } x)
        {
            return null;
        }

        if (!GeoPoint.TryCreate(y, x, out var point))
        {
            Refuse(ImportFields.Latitude, "NoPlaceOnEarth", y, x);
            return null;
        }

        return Datums.ToWgs84(point, _mapping.Datum);
    }

    private double? Degrees(string field)
    {
        if (Needed(field) is not { } text)
        {
            return null;
        }

        if (FieldValues.Degrees(text) is { } degrees)
        {
            return degrees;
        }

        Refuse(field, "NotANumber", text);
        return null;
    }

    private IncidentSeverity? Severity()
    {
        if (Optional(ImportFields.Severity) is not { } text)
        {
            return null;
        }

        if (FieldValues.Severity(text) is { } severity)
        {
            return severity;
        }

        Refuse(ImportFields.Severity, "UnknownSeverity", text.ToUpperInvariant());
        return null;
    }

    private string? Link() => Optional(ImportFields.MediaUrl) is { } text ? FieldValues.Link(text) ?? Refuse(ImportFields.MediaUrl, "NotALink", text) : null;

    private string? Answers() => Optional(ImportFields.Attributes) is { } text ? FieldValues.Answers(text) ?? Refuse(ImportFields.Attributes, "NotAnswers", text) : null;

    private string? Needed(string field) => Optional(field) ?? Refuse(field, "Empty", field);

    private string? Optional(string field) => Fields.Value(_row, field) is { Length: > 0 } value ? value : null;

    // The first thing that is wrong is told; mending a row once usually is enough.
    private string? Refuse(string field, string code, params object[] arguments)
    {
        _fault ??= new RowFault(_row.Line, Fields.ColumnOf(field), new Refusal(code, arguments));
        return null;
    }
}
