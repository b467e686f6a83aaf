using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Platform.Csv;

/// <summary>Takes what an import refuses, in the order of the file.</summary>
internal interface IRefusedRows
{
    /// <summary>The header was read.</summary>
    /// <param name="header">A reader at it.</param>
    void Begin(CsvReader header);

    /// <summary>A row was refused.</summary>
    /// <param name="faults">Where and why, at least one reason.</param>
    /// <param name="row">A reader at it.</param>
    void Refuse(IReadOnlyList<RowFault> faults, CsvReader row);
}

/// <summary>
/// Writes the refused rows to files: the rows themselves as they stand in the file, to be mended and imported again, and a
/// report of line, column and reason. The first reasons are kept for showing.
/// </summary>
internal sealed class RefusedRows : IRefusedRows, IDisposable
{
    private const int MostKept = 200;

    private readonly Func<Refusal, string> _describe;
    private readonly StreamWriter? _rows;
    private readonly StreamWriter? _report;
    private readonly Utf8JsonWriter? _json;
    private readonly Stream? _stream;
    private readonly List<RowFault> _kept = [];

    /// <summary>Begins to write; both outputs may be absent. They are closed with this.</summary>
    /// <param name="describe">The sentence of a reason.</param>
    /// <param name="rows">Takes the refused rows; they are written as they stand, since the file must say what it said.</param>
    /// <param name="encoding">Encoding of the imported file, and so of the refused rows.</param>
    /// <param name="report">Takes the report.</param>
    /// <param name="isJson">Whether the report is JSON; otherwise CSV.</param>
    public RefusedRows(Func<Refusal, string> describe, Stream? rows, Encoding encoding, Stream? report, bool isJson)
    {
        _describe = describe;
        _rows = rows is null ? null : new StreamWriter(rows, encoding is UTF8Encoding ? new UTF8Encoding(true) : encoding);
        if (report is not null && isJson)
        {
            _json = new Utf8JsonWriter(_stream = report, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            _json.WriteStartObject();
            _json.WriteStartArray("refused");
        }
        else if (report is not null)
        {
            _report = new StreamWriter(report, new UTF8Encoding(true));
            _report.WriteLine("line,column,code,reason");
        }
    }

    /// <summary>Begins to write to files.</summary>
    /// <param name="describe">The sentence of a reason.</param>
    /// <param name="rows">File of the refused rows, or null for none.</param>
    /// <param name="encoding">Encoding of the imported file.</param>
    /// <param name="report">File of the report, or null: CSV, or JSON if its name says so.</param>
    public static RefusedRows ToFiles(Func<Refusal, string> describe, string? rows, Encoding encoding, string? report)
    {
        var stream = rows is null ? null : File.Create(rows);
        try
        {
            return new RefusedRows(describe, stream, encoding, report is null ? null : File.Create(report), report?.EndsWith(".json", StringComparison.OrdinalIgnoreCase) == true);
        }
        catch
        {
            stream?.Dispose();
            throw;
        }
    }

    /// <summary>The first reasons.</summary>
    public IReadOnlyList<RowFault> Kept
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

    public void Refuse(IReadOnlyList<RowFault> faults, CsvReader row)
    {
        lock (_kept)
        {
            _kept.AddRange(faults.Take(MostKept - _kept.Count));
        }

        Copy(row);
        foreach (var fault in faults)
        {
            Report(fault);
        }
    }

    /// <summary>Writes how it ended; only the JSON report tells.</summary>
    /// <param name="result">Writes the properties that say how, behind the refused rows.</param>
    public void End(Action<Utf8JsonWriter> result)
    {
        if (_json is not null)
        {
            _json.WriteEndArray();
            result(_json);
            _json.WriteEndObject();
        }
    }

    public void Dispose()
    {
        _rows?.Dispose();
        _report?.Dispose();
        _json?.Dispose();
        _stream?.Dispose();
    }

    private void Report(RowFault fault)
    {
        if (_report is not null)
        {
            var line = fault.Line.ToString(CultureInfo.InvariantCulture);
            _report.WriteLine($"{line},{CsvText.Field(fault.Column)},{fault.Reason.Code},{CsvText.Field(_describe(fault.Reason))}");
        }

        if (_json is not null)
        {
            _json.WriteStartObject();
            _json.WriteNumber("line", fault.Line);
            _json.WriteString("column", fault.Column);
            _json.WriteString("code", fault.Reason.Code);
            _json.WriteString("reason", _describe(fault.Reason));
            _json.WriteEndObject();
            if (_json.BytesPending > 1 << 16)
            {
                _json.Flush();
            }
        }
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
