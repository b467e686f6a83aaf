using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using NetTopologySuite.Geometries;
using NetTopologySuite.IO;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>What the text of a cell means by itself; null when it means nothing.</summary>
internal static class SheetValues
{
    private static readonly string[] DayForms = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d", "yyyy年M月d日", "yyyyMMdd"];

    /// <summary>A day.</summary>
    /// <param name="text">As a spreadsheet program or a person writes it, year first.</param>
    public static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1949 and < 2151 ? day : null;

    /// <summary>A whole number; commas between thousands and zeros behind a decimal point say nothing.</summary>
    /// <param name="text">The number.</param>
    public static long? Amount(string text) =>
        decimal.TryParse(text, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number) && Math.Abs(number) <= long.MaxValue / 1000 ? (long)number : null;

    /// <summary>Degrees of latitude or longitude.</summary>
    /// <param name="text">The number.</param>
    public static double? Degrees(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var degrees) ? degrees : null;

    /// <summary>A datum by its usual name.</summary>
    /// <param name="text">For example <c>GCJ-02</c>; empty is WGS-84.</param>
    public static GeoDatum? Datum(string text) => text.Replace("-", "", StringComparison.Ordinal).ToUpperInvariant() switch
    {
        "" or "WGS84" or "CGCS2000" => GeoDatum.Wgs84,
        "GCJ02" => GeoDatum.Gcj02,
        "BD09" => GeoDatum.Bd09,
        _ => null,
    };

    /// <summary>Names of a list, parted by anything that people part names with.</summary>
    /// <param name="text">The list.</param>
    public static string[] List(string text) => text.Split([',', '，', ';', '；', '、', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The ring of a WKT polygon without holes, without its closing point.</summary>
    /// <param name="text"><c>POLYGON ((lon lat, …))</c>.</param>
    /// <param name="datum">What it is measured against.</param>
    public static IReadOnlyList<GeoPoint>? Ring(string text, GeoDatum datum)
    {
        try
        {
            if (new WKTReader().Read(text) is not Polygon { IsEmpty: false, NumInteriorRings: 0 } polygon || !polygon.IsValid)
            {
                return null;
            }

            var ring = new List<GeoPoint>();
            foreach (var corner in polygon.ExteriorRing.Coordinates.SkipLast(1))
            {
                if (!GeoPoint.TryCreate(corner.Y, corner.X, out var point))
                {
                    return null;
                }

                ring.Add(Datums.ToWgs84(point, datum));
            }

            return ring;
        }
        catch (Exception e) when (e is ParseException or ArgumentException)
        {
            return null;
        }
    }
}
