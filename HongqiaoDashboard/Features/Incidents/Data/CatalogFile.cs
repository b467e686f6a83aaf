using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using HongqiaoDashboard.Features.Incidents.Domain;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>The written form of a catalog: that of the file that ships with the program, and of every version.</summary>
internal static class CatalogFile
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <summary>Reads a catalog.</summary>
    /// <param name="text">Its written form.</param>
    /// <exception cref="JsonException">It is not of that form.</exception>
    public static CatalogDocument Parse(string text)
    {
        var file = JsonSerializer.Deserialize<CatalogDocument>(text, Format) ?? throw new JsonException("The catalog is empty.");
        return file with { Categories = [.. file.Categories.Select(category => category with { Types = [.. category.Types.Select(type => type with { Category = category.Code })] })] };
    }

    /// <summary>Writes a catalog.</summary>
    /// <param name="catalog">The catalog.</param>
    public static string Write(CatalogDocument catalog) => JsonSerializer.Serialize(catalog, Format);
}
