using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>
/// What the search in texts of cases compares. Texts are made equal that differ in width or case only, personal numbers
/// are masked, and what is left is cut into pairs of neighbouring characters: a Chinese word has no blanks around it and
/// often two characters, which neither words nor groups of three would find.
/// </summary>
/// <remarks>
/// A run of characters without a blank, <c>abc</c>, is written <c>ab bc c</c>. The single character at the end keeps a run
/// from going on in the next one, and lets every character be the beginning of something. ASCII punctuation is written in its
/// full width, which compatible normalisation never leaves behind: so nothing that a reporter or a searcher writes means
/// anything to the index but itself.
/// </remarks>
internal static class CaseText
{
    private const char Gap = ' ';

    private static readonly SearchValues<char> Blanks = SearchValues.Create(
        [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => (char)c).Where(c => (char.IsWhiteSpace(c) || char.IsControl(c)) && c != Gap)]);

    /// <summary>
    /// Name of the rules, which changes by itself when what they make of some telling texts changes: an index that was made
    /// by others is made anew.
    /// </summary>
    public static string Rules { get; } = Fingerprint();

    /// <summary>Pairs of neighbouring characters of a case's texts, as the index takes them.</summary>
    /// <param name="texts">Texts of the case, unmasked; none goes on in the next.</param>
    public static string Pairs(params ReadOnlySpan<string?> texts)
    {
        var pairs = new StringBuilder();
        foreach (var text in texts)
        {
            Append(pairs, Searchable(text), alone: true);
        }

        return pairs.ToString();
    }

    /// <summary>A search as a condition of the index: every word of it, somewhere. Null when there is none.</summary>
    /// <param name="search">What somebody looks for.</param>
    public static string? Condition(string? search)
    {
        var words = Words(search).Select(Phrase).ToList();
        return words.Count == 0 ? null : string.Join(" AND ", words);
    }

    /// <summary>Whether every word of a search stands in texts of a case: what the index would say, without the index.</summary>
    /// <param name="words">What <see cref="Words"/> makes of the search.</param>
    /// <param name="texts">Texts of the case, unmasked.</param>
    public static bool Matches(IReadOnlyCollection<string> words, params ReadOnlySpan<string?> texts)
    {
        var left = words.ToList();
        foreach (var text in texts)
        {
            if (left.Count > 0 && Searchable(text) is { } whole)
            {
                left.RemoveAll(word => whole.Contains(word, StringComparison.Ordinal));
            }
        }

        return left.Count == 0;
    }

    /// <summary>Whether a text holds a phone or identity number. Nobody is looked for by one: it must not come into an address or a log.</summary>
    /// <param name="text">Any text.</param>
    public static bool IsPersonal(string? text) =>
        PersonalNumbers.Mask(text) != text || (Comparable(text) is { } equal && PersonalNumbers.Mask(equal) != equal);

    /// <summary>Words of a search, as they are compared.</summary>
    /// <param name="search">What somebody looks for.</param>
    public static IEnumerable<string> Words(string? search) => Comparable(search)?.Split(Gap, StringSplitOptions.RemoveEmptyEntries) ?? [];

    /// <summary>A text as it is compared: compatible forms made one, lower case, everything blank one blank.</summary>
    /// <param name="text">Any text.</param>
    public static string? Comparable(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var equal = Whole(text).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
        return equal.AsSpan().ContainsAny(Blanks) ? string.Concat(equal.Select(c => Blanks.Contains(c) ? Gap : c)) : equal;
    }

    // Masked again, as numbers may be known for such only in their compatible form.
    private static string? Searchable(string? text) => PersonalNumbers.Mask(Comparable(PersonalNumbers.Mask(text)));

    // Half a pair of surrogates is no character, U+FFFE is none ever: normalising refuses both.
    private static string Whole(string text) => string.Concat(text.EnumerateRunes()).Replace('\uFFFE', '\uFFFD');

    // A pair needs its neighbour to follow at once; a single character is the beginning of a pair or stands at an end.
    private static string Phrase(string word)
    {
        var pairs = new StringBuilder();
        Append(pairs, word, alone: false);
        return pairs.Length == 0 ? $"\"{Written(word)}\" *" : $"\"{pairs.ToString().TrimEnd()}\"";
    }

    private static void Append(StringBuilder pairs, string? text, bool alone)
    {
        if (text is null)
        {
            return;
        }

        Rune? last = null;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == Gap)
            {
                End(last);
                last = null;
                continue;
            }

            if (last is { } before)
            {
                Write(before);
                Write(rune);
                pairs.Append(Gap);
            }

            last = rune;
        }

        End(last);

        void End(Rune? rune)
        {
            if (alone && rune is { } end)
            {
                Write(end);
                pairs.Append(Gap);
            }
        }

        void Write(Rune rune)
        {
            Span<char> characters = stackalloc char[2];
            pairs.Append(Wide(rune) is { } wide ? [wide] : characters[..rune.EncodeToUtf16(characters)]);
        }
    }

    private static string Written(string word) => string.Concat(word.EnumerateRunes().Select(rune => Wide(rune)?.ToString() ?? rune.ToString()));

    private static char? Wide(Rune rune) => rune.IsAscii && !char.IsAsciiLetterOrDigit((char)rune.Value) ? (char)(rune.Value - '!' + '！') : null;

    private static string Fingerprint()
    {
        string[] telling =
        [
            "井盖 ＡＢＣ Straße, 50%处", "13812345678 138-1234-5678 ＋86 １３８１２３４５６７８ ①③⑧①②③④⑤⑥⑦⑧", "022-27312345 27312345 (022)27312345",
            "120106199001011234 12010619900101123X 120106900101123", "a@example.org 微信 wx_13812345678 6222021234567890123", "𠮷野家\u0000\t門",
        ];
        var made = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', telling.Select(text => Pairs(text)))));
        return "pairs-1-" + Convert.ToHexStringLower(made.AsSpan(0, 6));
    }
}
