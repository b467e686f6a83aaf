using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>
/// Reads a posted form. The framework's own reader repairs what it cannot decode; here a body is understood to the last
/// byte or refused, because what is stored must be what was sent.
/// </summary>
internal static class FormBody
{
    /// <summary>Longest body, bytes: seven times what 4,000 percent-encoded Chinese characters take.</summary>
    public const int LongestBody = 256 * 1024;

    /// <summary>Most fields in a form.</summary>
    public const int MostFields = 256;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads the form of a request.</summary>
    /// <exception cref="Open311FaultException">The body is too long, of another type, or malformed.</exception>
    public static async Task<FormFields> ReadAsync(HttpRequest request, CancellationToken cancellation)
    {
        var type = TypeOf(request);
        using var body = new MemoryStream(await ReadBoundedAsync(request, cancellation), writable: false);
        try
        {
            var fields = type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
                ? await MultipartAsync(body, HeaderUtilities.RemoveQuotes(type.Boundary).ToString(), cancellation)
                : UrlEncoded(body.ToArray());
            return new FormFields(fields);
        }
        catch (DecoderFallbackException)
        {
            throw Open311Fault.BadCall("BodyNotUtf8").ToException();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Open311Fault.BadCall("BodyMalformed").ToException();
        }
    }

    private static MediaTypeHeaderValue TypeOf(HttpRequest request)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !(type.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase)
                || (type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase) && type.Boundary.Length is > 0 and <= 128)))
        {
            throw Open311Fault.BadCall("ContentTypeWrong").ToException();
        }

        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.Length > 0 && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase))
        {
            throw Open311Fault.BadCall("CharsetWrong", Open311Fault.Quote(charset.ToString())).ToException();
        }

        if (request.Headers.ContentEncoding.Count > 0)
        {
            throw Open311Fault.BadCall("ContentEncodingWrong").ToException();
        }

        return type;
    }

    private static async Task<byte[]> ReadBoundedAsync(HttpRequest request, CancellationToken cancellation)
    {
        var tooLong = Open311Fault.BadCall("BodyTooLong", LongestBody / 1024);
        if (request.ContentLength > LongestBody)
        {
            throw tooLong.ToException();
        }

        using var body = new MemoryStream();
        var part = new byte[16 * 1024];
        for (int read; (read = await request.Body.ReadAsync(part, cancellation)) > 0;)
        {
            if (body.Length + read > LongestBody)
            {
                throw tooLong.ToException();
            }

            body.Write(part, 0, read);
        }

        return body.ToArray();
    }

    private static List<(string, string)> UrlEncoded(ReadOnlySpan<byte> body)
    {
        var fields = new List<(string, string)>();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var split = pair.IndexOf((byte)'=');
            Add(fields, Decode(split < 0 ? pair : pair[..split]), split < 0 ? "" : Decode(pair[(split + 1)..]));
        }

        return fields;
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[text.Length];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != (byte)'%')
            {
                bytes[length++] = text[i] == (byte)'+' ? (byte)' ' : text[i];
                continue;
            }

            if (i + 2 >= text.Length || !char.IsAsciiHexDigit((char)text[i + 1]) || !char.IsAsciiHexDigit((char)text[i + 2]))
            {
                throw Open311Fault.BadCall("PercentWrong").ToException();
            }

            bytes[length++] = (byte)((HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]));
            i += 2;
        }

        return Utf8.GetString(bytes, 0, length);
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static async Task<List<(string, string)>> MultipartAsync(Stream body, string boundary, CancellationToken cancellation)
    {
        var fields = new List<(string, string)>();
        var reader = new MultipartReader(boundary, body);
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition))
            {
                throw new InvalidDataException();
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            using var content = new MemoryStream();
            await section.Body.CopyToAsync(content, cancellation);
            if (!disposition.IsFileDisposition())
            {
                Add(fields, name, Utf8.GetString(content.GetBuffer(), 0, (int)content.Length));
            }
            else if (content.Length > 0)
            {
                // A browser sends an empty file for a chooser that nobody touched; that one says nothing.
                throw Open311Fault.BadCall("FileRefused", Open311Fault.Quote(name)).ToException();
            }
        }

        return fields;
    }

    private static void Add(List<(string, string)> fields, string name, string value)
    {
        if (fields.Count == MostFields)
        {
            throw Open311Fault.BadCall("TooManyFields", MostFields).ToException();
        }

        fields.Add((name, value));
    }
}
