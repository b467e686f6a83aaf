using System.Buffers;

namespace HongqiaoDashboard.Platform.Csv;

/// <summary>Writes fields of a CSV that people open with spreadsheet programs.</summary>
internal static class CsvText
{
    private static readonly SearchValues<char> Bounds = SearchValues.Create("\",;\t\r\n");

    /// <summary>
    /// A field, quoted where need be. What a spreadsheet would take for a formula gets an apostrophe in front, because the
    /// text may come from anybody; some programs take wide signs for it too, or begin another field at a semicolon.
    /// </summary>
    /// <param name="value">The value; null is empty.</param>
    public static string Field(string? value)
    {
        var text = value ?? "";
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '＝' or '＋' or '－' or '＠')
        {
            text = "'" + text;
        }

        return text.AsSpan().IndexOfAny(Bounds) < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
