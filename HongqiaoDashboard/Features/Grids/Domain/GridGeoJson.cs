using System.Buffers;
using System.Text.Json;
using HongqiaoDashboard.Features.Grids.Contracts;
using NetTopologySuite.Geometries;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>Writes one tier of an edition for a map.</summary>
internal static class GridGeoJson
{
    public static byte[] Write(GridEdition edition, GridTier tier)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("type", "FeatureCollection");
            json.WriteStartArray("features");
            foreach (var unit in edition.Units)
            {
                if (unit.Tier == tier)
                {
                    WriteFeature(json, unit, edition.ShapeOf(unit));
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteFeature(Utf8JsonWriter json, GridUnit unit, Geometry shape)
    {
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteStartObject("properties");
        json.WriteString("code", unit.Code);
        json.WriteString("name", unit.Name);
        json.WriteString("parent", unit.ParentCode);
        json.WriteEndObject();
        json.WriteStartObject("geometry");
        json.WriteString("type", shape is Polygon ? "Polygon" : "MultiPolygon");
        json.WritePropertyName("coordinates");
        if (shape is Polygon single)
        {
            WritePolygon(json, single);
        }
        else
        {
            json.WriteStartArray();
            for (var i = 0; i < shape.NumGeometries; i++)
            {
                WritePolygon(json, (Polygon)shape.GetGeometryN(i));
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePolygon(Utf8JsonWriter json, Polygon polygon)
    {
        json.WriteStartArray();
        WriteRing(json, polygon.Shell);
        foreach (var hole in polygon.Holes)
        {
            WriteRing(json, hole);
        }

        json.WriteEndArray();
    }

    private static void WriteRing(Utf8JsonWriter json, LineString ring)
    {
        json.WriteStartArray();
        var sequence = ring.CoordinateSequence;
        for (var i = 0; i < sequence.Count; i++)
        {
            json.WriteStartArray();
            // Six decimals are a decimetre. Both sides of a border round alike, so it stays one line.
            json.WriteNumberValue(Math.Round(sequence.GetX(i), 6));
            json.WriteNumberValue(Math.Round(sequence.GetY(i), 6));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
