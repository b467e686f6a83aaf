using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Writes an answer as JSON.</summary>
internal static class WireJson
{
    private static readonly JsonWriterOptions Options = new()
    {
        // Chinese stays readable; what could end a script element stays escaped.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>The document in UTF-8.</summary>
    public static ReadOnlyMemory<byte> Write(WireDocument document)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, document.Body);
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, WireNode node)
    {
        switch (node)
        {
            case WireText { Value: { } text }:
                json.WriteStringValue(WireCharacters.Clean(text));
                break;
            case WireText:
                json.WriteNullValue();
                break;
            case WireFlag flag:
                json.WriteBooleanValue(flag.Value);
                break;
            case WireNumber number:
                json.WriteNumberValue(number.Value);
                break;
            case WireList list:
                json.WriteStartArray();
                foreach (var item in list.Items)
                {
                    Write(json, item);
                }

                json.WriteEndArray();
                break;
            case WireRecord record:
                json.WriteStartObject();
                foreach (var (name, value) in record.Members)
                {
                    json.WritePropertyName(name);
                    Write(json, value);
                }

                json.WriteEndObject();
                break;
        }
    }
}
