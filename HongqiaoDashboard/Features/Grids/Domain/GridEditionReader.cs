using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Grids.Contracts;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO.Converters;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>
/// Reads an edition from a GeoJSON FeatureCollection (RFC 7946) with a foreign member <c>edition</c>. Reports everything that
/// can be said of one feature by itself; how the features fit together is <see cref="GridEditionValidator"/>'s part.
/// </summary>
internal static partial class GridEditionReader
{
    private static readonly JsonSerializerOptions GeometryOptions = new() { Converters = { new GeoJsonConverterFactory() } };

    /// <summary>Takes in at most <paramref name="limit"/> bytes; null when there are more.</summary>
    public static async Task<byte[]?> TakeInAsync(Stream stream, long limit, CancellationToken cancellation)
    {
        using var memory = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellation)) > 0)
        {
            if (memory.Length + count > limit)
            {
                return null;
            }

            memory.Write(buffer, 0, count);
        }

        return memory.ToArray();
    }

    public static GridReading Read(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Span.StartsWith("\uFEFF"u8))
        {
            utf8 = utf8[3..];
        }

        try
        {
            using var document = JsonDocument.Parse(utf8);
            return new Reading(document.RootElement).Result();
        }
        catch (JsonException e)
        {
            return new GridReading(new GridDraft(), [new GridFault(GridFaultKind.NotJson, null, (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1)]);
        }
    }

    // A file name on every system, and a segment of an address.
    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,63}\z")]
    private static partial Regex EditionId();

    // OGC's name for WGS-84 as GeoJSON means it, and the EPSG codes of WGS-84 and CGCS2000 in two and three dimensions.
    [GeneratedRegex(@"(:CRS84h?|EPSG:+(4326|4490|4979|4480))\z", RegexOptions.IgnoreCase)]
    private static partial Regex KnownCrs();

    private sealed class Reading(JsonElement root)
    {
        private readonly ImmutableArray<GridFault>.Builder _faults = ImmutableArray.CreateBuilder<GridFault>();

        public GridReading Result()
        {
            if (root.ValueKind != JsonValueKind.Object
                || Text(root, "type") != "FeatureCollection"
                || !root.TryGetProperty("features", out var features)
                || features.ValueKind != JsonValueKind.Array)
            {
                return new GridReading(new GridDraft(), [new GridFault(GridFaultKind.NotFeatureCollection, null)]);
            }

            CheckCrs();
            var draft = Edition();
            var units = features.EnumerateArray().Select((feature, index) => Unit(feature, index + 1)).ToImmutableArray();
            return new GridReading(draft with { Units = units }, _faults.ToImmutable());
        }

        private void CheckCrs()
        {
            if (root.TryGetProperty("crs", out var crs) && crs.ValueKind != JsonValueKind.Null)
            {
                var name = Member(crs, "properties") is { } properties ? Text(properties, "name") : null;
                if (name is null || !KnownCrs().IsMatch(name))
                {
                    Report(GridFaultKind.CrsUnknown, null, name ?? "?");
                }
            }
        }

        private GridDraft Edition()
        {
            if (Member(root, "edition") is not { ValueKind: JsonValueKind.Object } edition)
            {
                Report(GridFaultKind.EditionMissing, null);
                return new GridDraft();
            }

            var id = Text(edition, "id");
            if (id is null || !EditionId().IsMatch(id))
            {
                Report(GridFaultKind.EditionIdInvalid, null, id ?? "");
                id = null;
            }

            var name = Text(edition, "name");
            if (name is null)
            {
                Report(GridFaultKind.EditionNameMissing, null);
            }

            var day = Text(edition, "effectiveFrom");
            if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var effectiveFrom))
            {
                Report(GridFaultKind.EffectiveFromInvalid, null, day ?? "");
            }

            var zoneId = Text(edition, "timeZone");
            TimeZoneInfo? zone = null;
            if (zoneId is null || !TimeZoneInfo.TryFindSystemTimeZoneById(zoneId, out zone))
            {
                Report(GridFaultKind.TimeZoneUnknown, null, zoneId ?? "");
            }

            var datumText = Text(edition, "datum") ?? nameof(GeoDatum.Wgs84);
            if (!char.IsLetter(datumText[0]) || !Enum.TryParse<GeoDatum>(datumText.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var datum))
            {
                Report(GridFaultKind.DatumUnknown, null, datumText);
                datum = GeoDatum.Wgs84;
            }

            return new GridDraft
            {
                Id = id,
                Name = name,
                EnglishName = Text(edition, "nameEn"),
                EffectiveFrom = effectiveFrom,
                TimeZone = zone,
                Datum = datum,
                IsSchematic = Member(edition, "schematic") is { ValueKind: JsonValueKind.True },
                Source = Text(edition, "source"),
            };
        }

        private GridDraftUnit Unit(JsonElement feature, int number)
        {
            var properties = Member(feature, "properties");
            string? Property(string name) => properties is { } p ? Text(p, name) : null;
            var tierText = Property("tier");
            var unit = new GridDraftUnit(number, Property("code"), Property("name"), GridTiers.Parse(tierText), Property("parent"), Shape: null);
            if (unit.Code is null)
            {
                Report(GridFaultKind.CodeMissing, unit.Label);
            }

            if (unit.Name is null)
            {
                Report(GridFaultKind.NameMissing, unit.Label);
            }

            if (unit.Tier is null)
            {
                Report(GridFaultKind.TierUnknown, unit.Label, tierText ?? "");
            }

            return unit with { Shape = Shape(feature, unit.Label) };
        }

        private Geometry? Shape(JsonElement feature, string label)
        {
            if (Member(feature, "geometry") is not { ValueKind: JsonValueKind.Object } json)
            {
                Report(GridFaultKind.GeometryMissing, label);
                return null;
            }

            var type = Text(json, "type");
            if (type is not ("Polygon" or "MultiPolygon"))
            {
                Report(GridFaultKind.GeometryType, label, type ?? "?");
                return null;
            }

            Geometry? shape;
            try
            {
                shape = json.Deserialize<Geometry>(GeometryOptions);
            }
            catch (Exception e) when (e is JsonException or ArgumentException or FormatException or InvalidOperationException)
            {
                Report(GridFaultKind.GeometryUnreadable, label, e.Message);
                return null;
            }

            if (shape is null || shape.IsEmpty)
            {
                Report(GridFaultKind.GeometryEmpty, label);
                return null;
            }

            return IsInRange(shape, label) ? shape : null;
        }

        // One fault a grid: the first coordinate that is wrong tells enough.
        private bool IsInRange(Geometry shape, string label)
        {
            foreach (var c in shape.Coordinates)
            {
                var (x, y) = (Math.Abs(c.X), Math.Abs(c.Y));
                if (!double.IsFinite(x) || !double.IsFinite(y))
                {
                    Report(GridFaultKind.CoordinateNotFinite, label);
                    return false;
                }

                if (x > 180 || y > 90)
                {
                    // Beyond a whole turn no slip of degrees leads.
                    var kind = x > 360 || y > 360 ? GridFaultKind.CoordinateInMetres
                        : x <= 90 && y <= 180 ? GridFaultKind.CoordinateSwapped
                        : GridFaultKind.CoordinateOutOfRange;
                    Report(kind, label, c.X, c.Y);
                    return false;
                }
            }

            if (shape.EnvelopeInternal.Width > 180)
            {
                Report(GridFaultKind.CrossesAntimeridian, label);
                return false;
            }

            return true;
        }

        private static JsonElement? Member(JsonElement json, string name) =>
            json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var member) ? member : null;

        // Codes are often exported as numbers; blank text is as good as none.
        private static string? Text(JsonElement json, string name) => Member(json, name) switch
        {
            { ValueKind: JsonValueKind.String } text when text.GetString() is { } value && !string.IsNullOrWhiteSpace(value) => value.Trim(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

        private void Report(GridFaultKind kind, string? grid, params object[] arguments) => _faults.Add(new GridFault(kind, grid, arguments));
    }
}
