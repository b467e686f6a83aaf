using System.Globalization;
using System.Text.RegularExpressions;

namespace HongqiaoDashboard.Kernel;

/// <summary>Hides phone, identity and bank card numbers in free text before it leaves the page of its case.</summary>
public static partial class PersonalNumbers
{
    /// <summary>
    /// Replaces the middle of every mobile number, landline number with its area code, 15- or 18-digit identity number and
    /// bank card number by asterisks. Digits may be of any script's width; spaces, hyphens, dots and brackets may stand where
    /// people write them. Case numbers, codes of grids, dates and coordinates stay. The length of the text does too.
    /// </summary>
    /// <param name="text">Free text; null stays null.</param>
    public static string? Mask(string? text)
    {
        if (string.IsNullOrEmpty(text) || !text.Any(char.IsDigit))
        {
            return text;
        }

        // Character for character, so that a place in the plain form is the same place in the text.
        var plain = string.Create(text.Length, text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = Plain(source[i]);
            }
        });
        char[]? masked = null;
        for (var match = Numbers().Match(plain); match.Success;)
        {
            var known = match.Groups["other"].Success || IsPersonal(match);
            if (known && !match.Groups["other"].Success)
            {
                Hide(masked ??= text.ToCharArray(), match);
            }

            // What turned out to be nothing may have a number in its middle.
            match = Numbers().Match(plain, match.Index + (known ? match.Length : 1));
        }

        return masked is null ? text : new string(masked);
    }

    private static char Plain(char c)
    {
        if (c < 0x80)
        {
            return c is 'X' ? 'x' : c is '\t' ? ' ' : c;
        }

        return CharUnicodeInfo.GetDecimalDigitValue(c) is >= 0 and var digit ? (char)('0' + digit) : c switch
        {
            'Ｘ' or 'ｘ' => 'x',
            '＋' => '+',
            '（' => '(',
            '）' => ')',
            '．' or '·' or '•' => '.',
            '－' or '—' or '−' or 'ー' => '-',
            _ => char.GetUnicodeCategory(c) switch
            {
                UnicodeCategory.DashPunctuation => '-',
                // What is not seen separates too, or it would be a way around.
                UnicodeCategory.SpaceSeparator or UnicodeCategory.Format => ' ',
                _ => c,
            },
        };
    }

    private static bool IsPersonal(Match match)
    {
        var digits = string.Concat(match.Value.Where(Counts));
        return match.Groups["identity15"].Success ? IsDay(digits[6..12]) && digits[6] >= '2'
            : match.Groups["card"].Success ? PassesLuhn(digits)
            : !match.Groups["mobile"].Success || IsWrittenLikeAMobile(match.Groups["mobile"].Value);
    }

    // Separated anyhow by one kind of separator, or by several where people put them: house numbers and lists are neither.
    private static bool IsWrittenLikeAMobile(string number)
    {
        var groups = Separators().Split(number);
        var kinds = Separators().Matches(number).Select(separator => separator.Value).Distinct().Count();
        return kinds <= 1 || string.Join(' ', groups.Select(group => group.Length)) is "3 4 4" or "3 8" or "7 4" or "4 3 4" or "4 4 3" or "3 3 5" or "5 6";
    }

    // The old identity numbers hold a day of birth, yyMMdd; nobody who bears one was born before 1920, and streets in the
    // codes of grids have low numbers. Which days a month has is not asked: mistyped numbers are personal too.
    private static bool IsDay(string date) =>
        int.Parse(date[2..4], CultureInfo.InvariantCulture) is >= 1 and <= 12 && int.Parse(date[4..6], CultureInfo.InvariantCulture) is >= 1 and <= 31;

    // The check digit of cards, ISO/IEC 7812-1: without it, every long number would be taken for one.
    private static bool PassesLuhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = digits[^(i + 1)] - '0';
            sum += i % 2 == 0 ? value : value * 2 > 9 ? value * 2 - 9 : value * 2;
        }

        return sum % 10 == 0;
    }

    private static void Hide(char[] text, Match match)
    {
        var digits = match.Value.Count(Counts);
        var keepHead = digits >= 15 ? 4 : 3;
        var keepTail = digits >= 15 ? 2 : digits >= 10 ? 4 : 2;
        var seen = 0;
        for (var i = 0; i < match.Length; i++)
        {
            if (!Counts(match.Value[i]))
            {
                continue;
            }

            if (seen >= keepHead && seen < digits - keepTail)
            {
                text[match.Index + i] = '*';
            }

            seen++;
        }
    }

    // Of the plain form: the last place of an identity number may be an x.
    private static bool Counts(char c) => char.IsAsciiDigit(c) || c == 'x';

    [GeneratedRegex("[ .-]+", RegexOptions.CultureInvariant)]
    private static partial Regex Separators();

    // What looks alike and is not personal comes first, so that no number begins inside of it: case numbers, dates, and
    // coordinates, whose whole degrees tell them from the "2." before an item of a list. Then the longer before the shorter.
    [GeneratedRegex(
        """
        (?<!\d)(?:
          (?<other>(?:HQ)?20\d{6}-\d{6}(?!\d)
            |(?:19|20)\d\d[-/.年]\ ?\d{1,2}[-/.月]\ ?\d{1,2}(?!\d)
            |(?:1[89]|[2-4]\d|5[0-4]|7[3-9]|[89]\d|1[0-2]\d|13[0-5])\.\d+(?!\d|\.\d))
          |[1-9]\d{16}[\dx](?!\d)
          |[1-8](?:[ -]{0,3}\d){5}[ -]{0,3}(?:1[ -]{0,3}[89]|2[ -]{0,3}0)(?:[ -]{0,3}\d){2}[ -]{0,3}[01][ -]{0,3}\d[ -]{0,3}[0-3](?:[ -]{0,3}\d){4}[ -]{0,3}[\dx](?!\d)
          |(?<card>[3-6]\d{3}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d))
          |(?<identity15>[1-8]\d{14}(?!\d))
          |(?:(?:\+|00)?86[ -]{0,3})?(?<mobile>1[ -]{0,3}[3-9](?:[ -]{0,3}\d){9}|1[3-9]\d\.\d{4}\.?\d{4})(?!\d)
          |(?:(?:\+|00)?86[ -]{0,3})?\(?0(?:10|2\d|[3-9]\d\d)\)?[ -]{0,3}[2-8]\d{2,3}[ -]{0,3}\d{4}(?!\d)
          |(?:\+|00)86[ -]{0,3}\(?(?:10|2\d|[3-9]\d\d)\)?[ -]{0,3}[2-8]\d{2,3}[ -]{0,3}\d{4}(?!\d)
        )
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Numbers();
}
