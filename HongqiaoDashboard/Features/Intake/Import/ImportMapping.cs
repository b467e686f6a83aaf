using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>Where a field's value comes from.</summary>
internal sealed record FieldSource
{
    /// <summary>Columns of the file. Of several the first that is not empty counts; for texts all of them, one after another.</summary>
    public IReadOnlyList<string> From { get; init; } = [];
    /// <summary>The same for every row, in place of columns.</summary>
    public string? Constant { get; init; }
    /// <summary>What to put for a value of the file. Upper and lower case are the same.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
    /// <summary>What to put for everything that <see cref="Values"/> does not name, an empty field among it; null to take the file's own value.</summary>
    public string? Otherwise { get; init; }
}

/// <summary>How the columns of somebody's file become cases.</summary>
internal sealed record ImportMapping
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        RespectNullableAnnotations = true,
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Name by which it is chosen.</summary>
    public string Name { get; init; } = "";
    /// <summary>What stands before every identity: <c>source:id</c>.</summary>
    public string Source { get; init; } = "import";
    /// <summary>Between two fields; null to detect it.</summary>
    public string? Delimiter { get; init; }
    /// <summary><c>utf-8</c>, <c>gb18030</c> or another name of an encoding.</summary>
    public string Encoding { get; init; } = "utf-8";
    /// <summary>What the coordinates are measured against.</summary>
    public GeoDatum Datum { get; init; } = GeoDatum.Wgs84;
    /// <summary>The zone of times that carry no offset, for example <c>America/New_York</c>; null when all of them carry one. Never guessed.</summary>
    public string? TimeZone { get; init; }
    /// <summary>How times are written, as .NET format strings; none for ISO 8601 and its usual variants.</summary>
    public IReadOnlyList<string> DateFormats { get; init; } = [];
    /// <summary>The fields that the file fills.</summary>
    public IReadOnlyDictionary<string, FieldSource> Fields { get; init; } = new Dictionary<string, FieldSource>();

    /// <summary>
    /// Whether columns of fields that are not needed may be absent, as in the documented column set. Usually they may not: a
    /// column that was renamed would leave every case without its closing.
    /// </summary>
    public bool AllowsAbsent { get; init; }

    /// <summary>The documented column set: every field in a column of its own name.</summary>
    public static ImportMapping Documented { get; } = new()
    {
        Fields = ImportFields.All.ToDictionary(field => field, field => new FieldSource { From = [field] }),
        AllowsAbsent = true,
    };

    /// <summary>Reads a mapping.</summary>
    /// <param name="json">What <see cref="ToJson"/> writes, or what somebody wrote.</param>
    /// <exception cref="JsonException">It is not a mapping; the message says where.</exception>
    public static ImportMapping FromJson(string json) =>
        JsonSerializer.Deserialize<ImportMapping>(json, Format) ?? throw new JsonException("null");

    /// <summary>Writes the mapping.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>What keeps it from being used, whatever the file; none when it is good.</summary>
    public IEnumerable<Refusal> Faults()
    {
        if (Source.Trim().Length is 0 or > 40 || Source.Contains(':', StringComparison.Ordinal) || Source.Any(char.IsControl))
        {
            yield return new("MappingSource");
        }

        if (Delimiter is { Length: not 1 } || Delimiter is "\"" or "\r" or "\n")
        {
            yield return new("MappingDelimiter");
        }

        if (TextEncoding() is null)
        {
            yield return new("MappingEncoding", Encoding);
        }

        if (TimeZone is { Length: > 0 } && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _))
        {
            yield return new("MappingZone", TimeZone);
        }

        foreach (var format in DateFormats.Where(format => !IsDateFormat(format)))
        {
            yield return new("MappingDateFormat", format);
        }

        foreach (var field in Fields.Keys.Where(field => !ImportFields.All.Contains(field)))
        {
            yield return new("MappingField", field);
        }

        foreach (var field in ImportFields.Required.Where(field => !Fields.TryGetValue(field, out var source) || (source.From.Count == 0 && source.Constant is null)))
        {
            yield return new("MappingLacks", field);
        }

        if (Fields.GetValueOrDefault(ImportFields.ExternalId)?.Constant is not null)
        {
            yield return new("MappingConstantId");
        }
    }

    /// <summary>The encoding, which marks bytes that are none of its characters; null for a name that is none.</summary>
    public System.Text.Encoding? TextEncoding()
    {
        try
        {
            System.Text.Encoding.RegisterProvider(System.Text.CodePagesEncodingProvider.Instance);
            return System.Text.Encoding.GetEncoding(Encoding, new System.Text.EncoderReplacementFallback("?"), new System.Text.DecoderReplacementFallback("\uFFFD"));
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static bool IsDateFormat(string format)
    {
        try
        {
            var written = new DateTime(2024, 1, 31, 23, 59, 34, DateTimeKind.Utc).ToString(format, CultureInfo.InvariantCulture);
            return format.Length > 1 && format.Contains('y', StringComparison.Ordinal)
                && DateTime.TryParseExact(written, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
