using System.Security.Cryptography;
using System.Text.Json;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Net.Http.Headers;

namespace HongqiaoDashboard.Features.Campaigns.Api;

/// <summary>
/// <c>GET /api/campaigns/{code}/items.geojson</c>: where the items are, for maps. How far they are is not in it: that comes
/// live, and the outlines are asked for again only when they change.
/// </summary>
internal static class ItemOutlines
{
    private const int Decimals = 6;

    /// <summary>Maps it.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapItemOutlines(this WebApplication app) =>
        app.MapGet("/api/campaigns/{code}/items.geojson", AnswerAsync).RequireAuthorization(Policies.ViewSituation);

    /// <summary>Writes items: one feature each in the order of the codes, its outline a polygon, or its point where it has none.</summary>
    /// <param name="items">The items.</param>
    public static byte[] Write(IEnumerable<CampaignItem> items)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var item in items)
            {
                Write(json, item);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static async Task<IResult> AnswerAsync(string code, HttpContext context, ICampaignFeed feed, CancellationToken cancellation)
    {
        if (Actor.From(context.User) is not { } actor)
        {
            return Results.Forbid();
        }

        using var campaigns = await feed.SubscribeAsync(actor, () => { }, cancellation);
        if (campaigns.Current.FirstOrDefault(picture => picture.Definition.Code == code) is not { } found)
        {
            return Results.NotFound();
        }

        var content = Write(found.Items.Select(standing => standing.Item));
        context.Response.Headers.CacheControl = "private, no-cache";
        return Results.Bytes(content, "application/geo+json", entityTag: new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\""));
    }

    private static void Write(Utf8JsonWriter json, CampaignItem item)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("code", item.Code);
        json.WriteString("name", item.Name);
        json.WriteString("kind", item.Kind);
        json.WriteString("grid", item.GridCode);
        json.WriteEndObject();
        json.WriteStartObject("geometry");
        if (item.Outline.Count == 0)
        {
            json.WriteString("type", "Point");
            json.WritePropertyName("coordinates");
            Write(json, item.Point);
        }
        else
        {
            json.WriteString("type", "Polygon");
            json.WriteStartArray("coordinates");
            json.WriteStartArray();
            foreach (var corner in item.Outline.Append(item.Outline[0]))
            {
                Write(json, corner);
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, GeoPoint point)
    {
        json.WriteStartArray();
        json.WriteNumberValue(Math.Round(point.Longitude, Decimals));
        json.WriteNumberValue(Math.Round(point.Latitude, Decimals));
        json.WriteEndArray();
    }
}
