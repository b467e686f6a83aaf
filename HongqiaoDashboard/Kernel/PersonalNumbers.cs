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
        var digits = match.Value.Count(c => char.IsDigit(c) || c is 'X' or 'x');
        var keepHead = digits >= 15 ? 4 : 3;
        var keepTail = digits >= 15 ? 2 : digits >= 10 ? 4 : 2;
        var seen = 0;
        return string.Create(match.Length, (match.Value, digits, keepHead, keepTail, seen), static (span, s) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                var c = s.Value[i];
                var counts = char.IsDigit(c) || c is 'X' or 'x';
                span[i] = counts && s.seen >= s.keepHead && s.seen < s.digits - s.keepTail ? '*' : c;
                s.seen += counts ? 1 : 0;
            }
        });
    }

    // Identity numbers first (the longer match wins), then mobiles with an optional +86, then landlines with an area code.
    [GeneratedRegex(@"(?<!\d)(?:[1-9]\d{5}[ -]?\d{8}[ -]?\d{3}[\dXx]|[1-9]\d{14}|(?:(?:\+|00)?86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}|0\d{2,3}[ -]?\d{7,8})(?!\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Numbers();
}
