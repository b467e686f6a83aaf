using System.Xml;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Which characters the formats can hold, and which ones a report may bring.</summary>
internal static class WireCharacters
{
    private const char Replacement = '\uFFFD';

    /// <summary>
    /// Text that XML 1.0 and UTF-8 can hold. Reports never need it, they are refused at the door; but cases also come by
    /// other ways in, and one bad character must not make a list of a thousand cases unreadable.
    /// </summary>
    public static string Clean(string text)
    {
        var first = FirstUnfit(text);
        if (first < 0)
        {
            return text;
        }

        return string.Create(text.Length, (text, first), static (span, source) =>
        {
            source.text.CopyTo(span);
            for (var i = source.first; i < span.Length; i++)
            {
                if (IsPair(source.text, i))
                {
                    i++;
                }
                else if (!XmlConvert.IsXmlChar(span[i]))
                {
                    span[i] = Replacement;
                }
            }
        });
    }

    /// <summary>
    /// Whether a text can be kept verbatim and given back in every format. Controls, lone surrogates and non-characters are
    /// refused, not dropped: what is stored is what was sent, or nothing is. Line ends and tabs only belong into long texts.
    /// </summary>
    /// <param name="text">What the client sent.</param>
    /// <param name="lines">Whether the text may have several lines.</param>
    public static bool IsKept(string text, bool lines)
    {
        if (FirstUnfit(text) >= 0)
        {
            return false;
        }

        foreach (var c in text)
        {
            if (char.IsControl(c) && !(lines && c is '\t' or '\n' or '\r'))
            {
                return false;
            }
        }

        return true;
    }

    private static int FirstUnfit(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsPair(text, i))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static bool IsPair(string text, int index) =>
        index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
