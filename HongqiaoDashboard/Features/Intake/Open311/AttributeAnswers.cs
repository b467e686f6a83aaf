using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Checks the answers to a service's own questions and puts them into the stored form.</summary>
internal static class AttributeAnswers
{
    private const string Prefix = "attribute[";
    private const int LongestLine = 500;
    private const int LongestNumber = 40;

    private static readonly JsonSerializerOptions StoredForm = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>Reads <c>attribute[code]</c> and <c>attribute[code][]</c>.</summary>
    /// <param name="type">The service.</param>
    /// <param name="fields">What was sent.</param>
    /// <param name="zone">The district's zone.</param>
    /// <param name="faults">Takes what is wrong.</param>
    /// <returns>A JSON object of code to text, or to a list of keys; null without any answer.</returns>
    public static string? Read(IncidentType type, FormFields fields, TimeZoneInfo zone, List<Open311Fault> faults)
    {
        var known = type.Attributes.SelectMany(a => (string[])[Name(a), Name(a) + "[]"]).ToHashSet(StringComparer.Ordinal);
        faults.AddRange(fields.Names.Where(name => name.StartsWith("attribute", StringComparison.Ordinal) && !known.Contains(name))
            .Select(name => Open311Fault.BadCall("AttributeUnknown", Open311Fault.Quote(name), type.Code)));

        var answers = new Dictionary<string, object>();
        foreach (var attribute in type.Attributes)
        {
            var name = Name(attribute);
            string[] values = [.. fields.ListOf(name), .. fields.TryGet(name, out var single) ? (string[])[single] : []];
            if (values.All(string.IsNullOrWhiteSpace))
            {
                if (attribute.Required)
                {
                    faults.Add(Open311Fault.BadCall("AttributeMissing", name, Question(attribute)));
                }

                continue;
            }

            var list = attribute.Datatype == "multivaluelist";
            if (!list && values.Length > 1)
            {
                faults.Add(Open311Fault.BadCall("AttributeOnce", name));
            }
            else if (values.Select(value => Judge(attribute, value, zone)).FirstOrDefault(fault => fault is not null) is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                answers[attribute.Code] = list ? values.Distinct().ToArray() : values[0];
            }
        }

        return answers.Count == 0 ? null : JsonSerializer.Serialize(answers, StoredForm);
    }

    /// <summary>Stored answers as members of an answer, numbers masked.</summary>
    /// <param name="stored">A JSON object of code to text, or to a list of texts; null without any.</param>
    public static IEnumerable<(string Name, WireNode Value)> Stored(string? stored)
    {
        if (stored is null)
        {
            yield break;
        }

        using var answers = JsonDocument.Parse(stored);
        foreach (var answer in answers.RootElement.EnumerateObject())
        {
            yield return (answer.Name, answer.Value.ValueKind == JsonValueKind.Array
                ? new WireList("value", [.. answer.Value.EnumerateArray().Select(Masked)])
                : Masked(answer.Value));
        }
    }

    private static WireNode Masked(JsonElement answer) =>
        PersonalNumbers.Mask(answer.ValueKind == JsonValueKind.String ? answer.GetString() : answer.GetRawText());

    private static Open311Fault? Judge(IncidentAttribute attribute, string value, TimeZoneInfo zone)
    {
        var name = Name(attribute);
        return attribute.Datatype switch
        {
            "number" => value.Length <= LongestNumber && IsNumber(value) ? null : Open311Fault.BadCall("AttributeNotNumber", name),
            "datetime" => W3cDates.TryParse(value, zone, out _) ? null : Open311Fault.BadCall("AttributeNotDate", name),
            "singlevaluelist" or "multivaluelist" => attribute.Values.Any(v => v.Key == value)
                ? null
                : Open311Fault.BadCall("AttributeNotListed", name, string.Join(", ", attribute.Values.Select(v => v.Key))),
            "text" => Text(name, value, ReportReading.LongestDescription, lines: true),
            _ => Text(name, value, LongestLine, lines: false),
        };
    }

    private static Open311Fault? Text(string name, string value, int longest, bool lines) =>
        value.Length > longest ? Open311Fault.BadCall("TextTooLong", name, longest, value.Length)
        : !WireCharacters.IsKept(value, lines) ? Open311Fault.BadCall(lines ? "CharactersRefused" : "CharactersRefusedInLine", name)
        : null;

    private static bool IsNumber(string value) =>
        double.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number);

    private static string Name(IncidentAttribute attribute) => $"{Prefix}{attribute.Code}]";

    private static BothNames Question(IncidentAttribute attribute) => new(attribute.Description, attribute.DescriptionEn);
}
