using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Data;

namespace HongqiaoDashboard.Tests.Features.Grids;

/// <summary>Editions for tests: the shipped one, and squares cut in four at every tier, anywhere on earth.</summary>
internal static class GridSamples
{
    public static string ShippedFolder { get; } = Path.Combine(AppContext.BaseDirectory, "data", "grids");

    private static readonly Lazy<GridEdition> ShippedEdition = new(() =>
        Sound(File.ReadAllBytes(Directory.GetFiles(ShippedFolder, "*.geojson").Single())));

    public static GridEdition Shipped => ShippedEdition.Value;

    public static JsonObject NearNairobi() => Square("nairobi-1", "410101", west: 36.80, south: -1.32, zone: "Africa/Nairobi");

    public static JsonObject NearBuenosAires() => Square("caba-1", "540201", west: -58.46, south: -34.64, zone: "America/Argentina/Buenos_Aires");

    /// <summary>1 district, 4 streets, 16 communities, 64 basic grids.</summary>
    public static JsonObject Square(string id, string code, double west, double south, string zone = "Asia/Shanghai", string from = "2019-07-01", double side = 0.04)
    {
        var features = new JsonArray();
        Add(features, GridTier.District, code, parent: null, (decimal)west, (decimal)south, (decimal)side);
        return new JsonObject
        {
            ["type"] = "FeatureCollection",
            ["edition"] = new JsonObject
            {
                ["id"] = id,
                ["name"] = $"样例 {id}",
                ["nameEn"] = $"Sample {id}",
                ["effectiveFrom"] = from,
                ["timeZone"] = zone,
                ["schematic"] = false,
            },
            ["features"] = features,
        };
    }

    public static GridEdition Sound(ReadOnlyMemory<byte> file)
    {
        var import = GridEditionFile.Examine(file);
        Assert.Empty(import.Faults);
        return import.Edition!;
    }

    public static GridEdition Sound(JsonObject file) => Sound(file.Utf8());

    public static GridImport Examined(this JsonObject file) => GridEditionFile.Examine(file.Utf8());

    public static byte[] Utf8(this JsonObject file) => Encoding.UTF8.GetBytes(file.ToJsonString());

    public static JsonObject Edition(this JsonObject file) => file["edition"]!.AsObject();

    public static JsonObject Feature(this JsonObject file, string code) =>
        file["features"]!.AsArray().Select(f => f!.AsObject()).Single(f => (string?)f["properties"]!["code"] == code);

    public static JsonObject Properties(this JsonObject file, string code) => file.Feature(code)["properties"]!.AsObject();

    public static void Drop(this JsonObject file, string codePrefix)
    {
        var features = file["features"]!.AsArray();
        foreach (var feature in features.Where(f => ((string)f!["properties"]!["code"]!).StartsWith(codePrefix, StringComparison.Ordinal)).ToList())
        {
            features.Remove(feature);
        }
    }

    public static void Reshape(this JsonObject file, string code, double west, double south, double east, double north) =>
        file.Feature(code)["geometry"] = Box((decimal)west, (decimal)south, (decimal)east, (decimal)north);

    private static void Add(JsonArray features, GridTier tier, string code, string? parent, decimal west, decimal south, decimal side)
    {
        features.Add(new JsonObject
        {
            ["type"] = "Feature",
            ["properties"] = new JsonObject
            {
                ["code"] = code,
                ["name"] = "格" + code,
                ["tier"] = tier switch { GridTier.District => "district", GridTier.Street => "street", GridTier.Community => "community", _ => "basic" },
                ["parent"] = parent,
            },
            ["geometry"] = Box(west, south, west + side, south + side),
        });
        if (tier == GridTier.Basic)
        {
            return;
        }

        // 001 south-west, 002 south-east, 003 north-west, 004 north-east.
        for (var part = 0; part < 4; part++)
        {
            var child = code + (part + 1).ToString("000", CultureInfo.InvariantCulture);
            Add(features, tier + 1, child, code, west + (part % 2 * side / 2), south + (part / 2 * side / 2), side / 2);
        }
    }

    private static JsonObject Box(decimal west, decimal south, decimal east, decimal north) => new()
    {
        ["type"] = "Polygon",
        ["coordinates"] = new JsonArray(new JsonArray(
            new JsonArray(west, south), new JsonArray(east, south), new JsonArray(east, north), new JsonArray(west, north), new JsonArray(west, south))),
    };
}
