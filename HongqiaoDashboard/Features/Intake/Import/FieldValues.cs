using System.Globalization;
using System.Text.Json;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>What the text of a field means by itself; null when it means nothing.</summary>
internal static class FieldValues
{
    private const int LongestLink = 2000;
    private const int LongestAttributes = 8000;

    /// <summary>Degrees of latitude or longitude.</summary>
    /// <param name="text">The text.</param>
    public static double? Degrees(string text)
    {
        // No coordinate has thousands: a lone comma is somebody's decimal point.
        var number = text.Contains('.', StringComparison.Ordinal) ? text : text.Replace(',', '.');
        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;
    }

    /// <summary>A severity, by its name or the field's own word for it.</summary>
    /// <param name="text">The text.</param>
    public static IncidentSeverity? Severity(string text) => text.ToUpperInvariant() switch
    {
        "ORDINARY" or "一般" => IncidentSeverity.Ordinary,
        "MAJOR" or "重大" => IncidentSeverity.Major,
        _ => null,
    };

    /// <summary>An absolute address of the web.</summary>
    /// <param name="text">The text.</param>
    public static string? Link(string text) =>
        text.Length <= LongestLink && Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? text : null;

    /// <summary>Answers in the form in which they are stored: a text, or a list of texts, for each question.</summary>
    /// <param name="text">The text.</param>
    public static string? Answers(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            return text.Length <= LongestAttributes && json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.EnumerateObject().All(p => IsText(p.Value) || (p.Value.ValueKind == JsonValueKind.Array && p.Value.EnumerateArray().All(IsText)))
                ? text
                : null;
        }
        catch (JsonException)
        {
            return null;
        }

        static bool IsText(JsonElement value) => value.ValueKind == JsonValueKind.String;
    }
}
