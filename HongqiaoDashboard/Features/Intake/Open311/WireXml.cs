using System.Globalization;
using System.Text;
using System.Xml;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Writes an answer as XML 1.0.</summary>
internal static class WireXml
{
    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        // A reader turns a bare carriage return into a line feed; written as a reference it survives.
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>The document in UTF-8, with its declaration.</summary>
    public static ReadOnlyMemory<byte> Write(WireDocument document)
    {
        var buffer = new MemoryStream(1024);
        using (var xml = XmlWriter.Create(buffer, Settings))
        {
            Write(xml, document.RootName, document.Body);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static void Write(XmlWriter xml, string name, WireNode node)
    {
        // Answers of a report bring their own names, which another catalogue may have chosen without XML in mind.
        xml.WriteStartElement(XmlConvert.EncodeLocalName(name));
        switch (node)
        {
            case WireText { Value: { } text }:
                xml.WriteString(WireCharacters.Clean(text));
                break;
            case WireFlag flag:
                xml.WriteString(flag.Value ? "true" : "false");
                break;
            case WireNumber number:
                xml.WriteString(number.Value.ToString("R", CultureInfo.InvariantCulture));
                break;
            case WireList list:
                foreach (var item in list.Items)
                {
                    Write(xml, list.ItemName, item);
                }

                break;
            case WireRecord record:
                foreach (var (member, value) in record.Members)
                {
                    Write(xml, member, value);
                }

                break;
        }

        xml.WriteEndElement();
    }
}
