using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Kernel;

/// <summary>Hides phone and identity numbers in free text before it leaves the page of its case.</summary>
public static partial class PersonalNumbers
{
    /// <summary>
    /// Replaces the middle of every mobile number, landline number and 15- or 18-digit identity number by asterisks.
    /// Digits may be full-width, and spaced or hyphened as people write them.
    /// </summary>
    /// <param name="text">Free text; null stays null.</param>
    public static string? Mask(string? text) => string.IsNullOrEmpty(text) ? text : Numbers().Replace(text, Hide);

    private static string Hide(Match match)
    {
        var digits = match.Value.Count(Counts);
        var keepHead = digits >= 15 ? 4 : 3;
        var keepTail = digits >= 15 ? 2 : digits >= 10 ? 4 : 2;
        var seen = 0;
        return string.Create(match.Length, (match.Value, digits, keepHead, keepTail, seen), static (span, s) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = s.Value[i];
                var counts = Counts(c);
                span[i] = counts && s.seen >= s.keepHead && s.seen < s.digits - s.keepTail ? '*' : c;
                s.seen += counts ? 1 : 0;
            }
        });
    }

    private static bool Counts(char c) => char.IsDigit(c) || c is 'X' or 'x' or 'Ｘ' or 'ｘ';

    // Identity numbers first (the longer match wins), then mobiles with an optional +86, then landlines with an area code.
    // \d is a digit of any width; separators may stand between any two.
    [GeneratedRegex(
        @"(?<!\d)(?:[1-9１-９](?:[ 　\-－]?\d){16}[ 　\-－]?[\dXxＸｘ]|[1-9１-９]\d{14}"
        + @"|(?:(?:[+＋]|[0０]{2})?[8８][6６][ 　\-－]?)?[1１][ 　\-－]?[3-9３-９](?:[ 　\-－]?\d){9}"
        + @"|[0０]\d{2,3}[ 　\-－]?\d{3,4}[ 　\-－]?\d{4})(?!\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
