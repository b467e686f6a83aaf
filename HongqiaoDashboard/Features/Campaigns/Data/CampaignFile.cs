using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>The written form of the campaigns' configuration: that of the file that ships, and of every version.</summary>
internal static class CampaignFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true,
        IgnoreReadOnlyProperties = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Reads a document.</summary>
    /// <param name="text">Its written form.</param>
    /// <exception cref="JsonException">It is not of that form.</exception>
    public static CampaignDocument Parse(string text) =>
        JsonSerializer.Deserialize<CampaignDocument>(text, Format) ?? throw new JsonException("The document is empty.");

    /// <summary>Writes a document.</summary>
    /// <param name="document">The document.</param>
    public static string Write(CampaignDocument document) => JsonSerializer.Serialize(document, Format);
}
