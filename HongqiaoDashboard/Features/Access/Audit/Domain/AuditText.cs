using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;

namespace HongqiaoDashboard.Features.Access.Audit.Domain;

/// <summary>
/// Makes what comes into the trail harmless: one line, in the order in which it is read, without personal numbers and not long.
/// </summary>
internal static partial class AuditText
{
    /// <summary>Characters of a text at most, before what is not shown is written out.</summary>
    public const int Longest = 200;

    /// <summary>Facts of a record at most.</summary>
    public const int MostFacts = 12;

    // Of what is longer, no more is looked at.
    private const int Taken = 8 * Longest;

    private static readonly JsonWriterOptions Format = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>
    /// A text with every control character, line break, mark of direction and other unseen character written out as
    /// <c>\u{202E}</c>, and a backslash as two, so that nothing that came in can look like it. Longer ones are cut.
    /// </summary>
    /// <param name="text">From anybody.</param>
    public static string Clean(string text)
    {
        var whole = PersonalNumbers.Mask(text.Length > Taken ? text[..Taken] : text)!;
        var clean = new StringBuilder(Math.Min(whole.Length, Longest) + 8);
        var taken = 0;
        foreach (var rune in Runes(whole))
        {
            if (taken++ == Longest)
            {
                return clean.Append('…').ToString();
            }

            _ = rune switch
            {
                '\\' => clean.Append(@"\\"),
                _ when IsSeen(rune) => clean.Append(char.ConvertFromUtf32(rune)),
                _ => clean.Append(CultureInfo.InvariantCulture, $@"\u{{{rune:X4}}}"),
            };
        }

        return clean.ToString();
    }

    /// <summary>An act's slug, as it is.</summary>
    /// <exception cref="ArgumentException">It is none: the program's own fault.</exception>
    public static string Act(string act) => Slug().IsMatch(act) ? act : throw new ArgumentException($"'{Clean(act)}' is no slug of an act.", nameof(act));

    /// <summary>Facts as a JSON object, cleaned.</summary>
    /// <exception cref="ArgumentException">A name is none, stands twice, or there are too many: the program's own fault.</exception>
    public static string Facts(IReadOnlyList<AuditFact> facts)
    {
        if (facts.Count == 0)
        {
            return "{}";
        }

        if (facts.Count > MostFacts || facts.Any(fact => !Name().IsMatch(fact.Name)) || facts.DistinctBy(fact => fact.Name).Count() < facts.Count)
        {
            throw new ArgumentException($"These are no facts of a record: {Clean(string.Join(' ', facts.Select(fact => fact.Name)))}.", nameof(facts));
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Format))
        {
            json.WriteStartObject();
            foreach (var fact in facts)
            {
                json.WriteString(fact.Name, Clean(fact.Value));
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    /// <summary>Reads facts back; what is no such object, because somebody has changed it, is shown as it stands.</summary>
    /// <param name="facts">What <see cref="Facts"/> has written.</param>
    public static IReadOnlyList<AuditFact> Read(string facts)
    {
        try
        {
            using var json = JsonDocument.Parse(facts);
            return [.. json.RootElement.EnumerateObject().Select(fact => new AuditFact(fact.Name, fact.Value.ToString()))];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [new AuditFact("?", Clean(facts))];
        }
    }

    // A half of a pair comes as the number that it is.
    private static IEnumerable<int> Runes(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            yield return char.IsSurrogatePair(text, i) ? char.ConvertToUtf32(text[i], text[++i]) : text[i];
        }
    }

    private static bool IsSeen(int rune) => Rune.IsValid(rune) && Rune.GetUnicodeCategory(new Rune(rune)) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);

    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[a-z][a-zA-Z0-9]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
