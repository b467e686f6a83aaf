using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Takes what an import refuses, in the order of the file.</summary>
internal interface IImportOutput
{
    /// <summary>The header was read.</summary>
    /// <param name="header">A reader at it.</param>
    void Begin(CsvReader header);

    /// <summary>A row was refused.</summary>
    /// <param name="fault">Where and why.</param>
    /// <param name="row">A reader at it.</param>
    void Refuse(ImportFault fault, CsvReader row);
}

/// <summary>
/// Writes the refused rows to files: the rows themselves as they stand in the file, to be mended and imported again, and a
/// report of line, column and reason. The first few are kept for showing.
/// </summary>
internal sealed class ImportFiles : IImportOutput, IDisposable
{
    private const int MostKept = 200;

    private readonly IStringLocalizer<ImportTexts> _texts;
    private readonly StreamWriter? _rows;
    private readonly StreamWriter? _report;
    private readonly Utf8JsonWriter? _json;
    private readonly FileStream? _stream;
    private readonly List<ImportFault> _kept = [];

    /// <summary>Opens the files; both may be absent.</summary>
    /// <param name="texts">The reasons' sentences.</param>
    /// <param name="rows">File of the refused rows; they are written as they stand, since the file must say what it said.</param>
    /// <param name="encoding">Encoding of the imported file, and so of the refused rows.</param>
    /// <param name="report">File of the report: CSV, or JSON if its name says so.</param>
    public ImportFiles(IStringLocalizer<ImportTexts> texts, string? rows, Encoding encoding, string? report)
    {
        _texts = texts;
        _rows = rows is null ? null : new StreamWriter(rows, false, encoding is UTF8Encoding ? new UTF8Encoding(true) : encoding);
        if (report is not null && report.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            _json = new Utf8JsonWriter(_stream = File.Create(report), new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            _json.WriteStartObject();
            _json.WriteStartArray("refused");
        }
        else if (report is not null)
        {
            _report = new StreamWriter(report, false, new UTF8Encoding(true));
            _report.WriteLine("line,column,code,reason");
        }
    }

    /// <summary>The first refused rows.</summary>
    public IReadOnlyList<ImportFault> Kept
    {
        get
        {
            lock (_kept)
            {
                return [.. _kept];
            }
        }
    }

    public void Begin(CsvReader header) => Copy(header);

    public void Refuse(ImportFault fault, CsvReader row)
    {
        lock (_kept)
        {
            if (_kept.Count < MostKept)
            {
                _kept.Add(fault);
            }
        }

        Copy(row);
        if (_report is not null)
        {
            var line = fault.Line.ToString(CultureInfo.InvariantCulture);
            _report.WriteLine($"{line},{CsvText.Field(fault.Column)},{fault.Reason.Code},{CsvText.Field(_texts.Describe(fault.Reason))}");
        }

        if (_json is not null)
        {
            _json.WriteStartObject();
            _json.WriteNumber("line", fault.Line);
            _json.WriteString("column", fault.Column);
            _json.WriteString("code", fault.Reason.Code);
            _json.WriteString("reason", _texts.Describe(fault.Reason));
            _json.WriteEndObject();
            if (_json.BytesPending > 1 << 16)
            {
                _json.Flush();
            }
        }
    }

    /// <summary>Writes how it ended; only the JSON report tells.</summary>
    /// <param name="result">How.</param>
    public void End(ImportResult result)
    {
        if (_json is null)
        {
            return;
        }

        var counts = result.Counts;
        _json.WriteEndArray();
        _json.WriteString("end", result.End.ToString());
        _json.WriteNumber("rows", counts.Rows);
        _json.WriteNumber("imported", counts.Imported);
        _json.WriteNumber("known", counts.Known);
        _json.WriteNumber("refusedRows", counts.Refused);
        _json.WriteNumber("seconds", Math.Round(counts.Elapsed.TotalSeconds, 3));
        _json.WriteStartArray("unusedColumns");
        foreach (var column in result.Unused)
        {
            _json.WriteStringValue(column);
        }

        _json.WriteEndArray();
        _json.WriteEndObject();
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _report?.Dispose();
        _json?.Dispose();
        _stream?.Dispose();
    }

    private void Copy(CsvReader record)
    {
        if (_rows is not null)
        {
            record.CopyRaw(_rows);
            _rows.Write("\r\n");
        }
    }
}
