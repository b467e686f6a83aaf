using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace HongqiaoDashboard.Platform.Workbooks;

/// <summary>
/// A workbook (.xlsx) with one sheet that is written row by row, for what is too long to be held in memory. Texts are texts,
/// whatever they look like: none is ever a formula.
/// </summary>
internal sealed class StreamedSheet : IDisposable
{
    /// <summary>Rows that a sheet has below its titles.</summary>
    public const int MostRows = 1_048_575;

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int LongestText = 32_767;

    // Styles of the workbook, by their places in it.
    private const string Title = "1";
    private const string Instant = "2";

    private readonly ZipArchive _archive;
    private readonly Stream _part;
    private readonly XmlWriter _xml;

    /// <summary>Begins.</summary>
    /// <param name="file">Takes it, and stays open.</param>
    /// <param name="name">Name of the sheet, 31 characters at most.</param>
    /// <param name="columns">Its columns; of each the title and the width count.</param>
    public StreamedSheet(Stream file, string name, IReadOnlyList<WorkbookColumn> columns)
    {
        _archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        Put("[Content_Types].xml", $"""
            <Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>
            """);
        Put("_rels/.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Put("xl/_rels/workbook.xml.rels", $"""<Relationships xmlns="{Relations}"><Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{Office}/styles" Target="styles.xml"/></Relationships>""");
        Put("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{System.Security.SecurityElement.Escape(name)}" sheetId="1" r:id="r1"/></sheets></workbook>""");
        Put("xl/styles.xml", $"""
            <styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="10"/><name val="Microsoft YaHei"/></font><font><b/><sz val="10"/><name val="Microsoft YaHei"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/><xf fontId="1" applyFont="1" xfId="0"/><xf numFmtId="164" applyNumberFormat="1" xfId="0"/></cellXfs></styleSheet>
            """);
        _part = _archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
        _xml = XmlWriter.Create(_part, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true });
        Begin(columns);
    }

    /// <summary>Rows so far, the titles not counted.</summary>
    public int Rows { get; private set; } = -1;

    /// <summary>Adds a row.</summary>
    /// <param name="values">Text, whole number, local time, or null for nothing.</param>
    /// <exception cref="InvalidOperationException">A sheet has no more rows.</exception>
    public void Add(params IReadOnlyList<object?> values)
    {
        if (++Rows > MostRows)
        {
            throw new InvalidOperationException("A sheet has no more rows.");
        }

        _xml.WriteStartElement("row", Main);
        foreach (var value in values)
        {
            _xml.WriteStartElement("c", Main);
            Write(value);
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        _xml.WriteEndElement();
        _xml.WriteEndElement();
        _xml.Dispose();
        _part.Dispose();
        _archive.Dispose();
    }

    private void Begin(IReadOnlyList<WorkbookColumn> columns)
    {
        _xml.WriteStartElement("worksheet", Main);
        // The titles stay in sight.
        _xml.WriteRaw("""<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>""");
        _xml.WriteStartElement("cols", Main);
        for (var i = 1; i <= columns.Count; i++)
        {
            _xml.WriteStartElement("col", Main);
            _xml.WriteAttributeString("min", i.ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("max", i.ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("width", columns[i - 1].Width.ToString(CultureInfo.InvariantCulture));
            _xml.WriteAttributeString("customWidth", "1");
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
        _xml.WriteStartElement("sheetData", Main);
        Add([.. columns.Select(column => new TitleOf(column.Title))]);
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                break;
            case long or int:
                _xml.WriteElementString("v", Main, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case DateTime local:
                _xml.WriteAttributeString("s", Instant);
                _xml.WriteElementString("v", Main, local.ToOADate().ToString("R", CultureInfo.InvariantCulture));
                break;
            case TitleOf title:
                _xml.WriteAttributeString("s", Title);
                WriteText(title.Text);
                break;
            default:
                WriteText(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
        }
    }

    private void WriteText(string text)
    {
        _xml.WriteAttributeString("t", "inlineStr");
        _xml.WriteStartElement("is", Main);
        _xml.WriteStartElement("t", Main);
        _xml.WriteAttributeString("xml", "space", null, "preserve");
        _xml.WriteString(Printable(text));
        _xml.WriteEndElement();
        _xml.WriteEndElement();
    }

    // XML cannot hold the others, nor half a pair.
    private static string Printable(string text)
    {
        var kept = text.Length > LongestText ? text[..LongestText] : text;
        return string.Concat(kept.EnumerateRunes().Where(rune => rune.Value is '\n' or '\t' or >= 0x20 and not 0xFFFD and not 0xFFFE and not 0xFFFF).Select(rune => rune.ToString()));
    }

    private void Put(string part, string xml)
    {
        using var writer = new StreamWriter(_archive.CreateEntry(part).Open(), new UTF8Encoding(false));
        writer.Write("""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""");
        writer.Write(xml);
    }

    private sealed record TitleOf(string Text);
}
