using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Grids.Contracts;

/// <summary>What a pair of coordinates is measured against.</summary>
public enum GeoDatum
{
    /// <summary>WGS-84, the datum of GPS and of this platform. CGCS2000 (EPSG:4490) agrees with it within a decimetre.</summary>
    Wgs84,

    /// <summary>GCJ-02, the offset datum that map services in China must use (高德, 腾讯, WeChat).</summary>
    Gcj02,

    /// <summary>BD-09, Baidu's further offset of GCJ-02.</summary>
    Bd09,
}

/// <summary>
/// Brings points to WGS-84. Every intake names its datum and converts once, at the door. The offsets have no published
/// definition; these are the formulas that the field has recovered and uses, good to about a metre against the services
/// themselves. The inverse given here undoes the formulas to better than 1e-7 degrees (a centimetre).
/// </summary>
public static class Datums
{
    // Krasovsky 1940, the ellipsoid of the recovered formula.
    private const double Axis = 6378245.0;
    private const double SquaredEccentricity = 0.00669342162296594323;

    private const double BaiduTurn = Math.PI * 3000 / 180;

    /// <summary>Converts a point to WGS-84.</summary>
    /// <param name="point">A point as its source sent it.</param>
    /// <param name="from">The datum that the source uses.</param>
    /// <returns>The point in WGS-84. Points outside the box 0.8293–55.8271° N, 72.004–137.8347° E are returned as they are,
    /// because the services apply their offsets to China only; the box is the field's usual rule.</returns>
    public static GeoPoint ToWgs84(GeoPoint point, GeoDatum from)
    {
        if (from == GeoDatum.Wgs84 || !IsInChina(point))
        {
            return point;
        }

        // The offset changes by less than a hundredth of the way moved, so each round wins two digits and more.
        var guess = point;
        for (var round = 0; round < 20; round++)
        {
            var image = Offset(guess, from);
            var (latitude, longitude) = (point.Latitude - image.Latitude, point.Longitude - image.Longitude);
            guess = new GeoPoint(guess.Latitude + latitude, guess.Longitude + longitude);
            if (Math.Abs(latitude) < 1e-10 && Math.Abs(longitude) < 1e-10)
            {
                break;
            }
        }

        return guess;
    }

    /// <summary>The other way: what a service of the datum shows for a WGS-84 point.</summary>
    internal static GeoPoint FromWgs84(GeoPoint point, GeoDatum to) =>
        to == GeoDatum.Wgs84 || !IsInChina(point) ? point : Offset(point, to);

    private static GeoPoint Offset(GeoPoint point, GeoDatum to)
    {
        var mars = ToGcj02(point);
        return to == GeoDatum.Bd09 ? Gcj02ToBd09(mars) : mars;
    }

    private static bool IsInChina(GeoPoint p) =>
        p.Longitude is >= 72.004 and <= 137.8347 && p.Latitude is >= 0.8293 and <= 55.8271;

    private static GeoPoint ToGcj02(GeoPoint p)
    {
        var (x, y) = (p.Longitude - 105, p.Latitude - 35);
        var waves = (Wave(6 * x, 20) + Wave(2 * x, 20)) * 2 / 3;
        var north = -100 + (2 * x) + (3 * y) + (0.2 * y * y) + (0.1 * x * y) + (0.2 * Math.Sqrt(Math.Abs(x))) + waves
            + ((Wave(y, 20) + Wave(y / 3, 40)) * 2 / 3)
            + ((Wave(y / 12, 160) + Wave(y / 30, 320)) * 2 / 3);
        var east = 300 + x + (2 * y) + (0.1 * x * x) + (0.1 * x * y) + (0.1 * Math.Sqrt(Math.Abs(x))) + waves
            + ((Wave(x, 20) + Wave(x / 3, 40)) * 2 / 3)
            + ((Wave(x / 12, 150) + Wave(x / 30, 300)) * 2 / 3);

        var radians = p.Latitude * Math.PI / 180;
        var sine = Math.Sin(radians);
        var squeeze = 1 - (SquaredEccentricity * sine * sine);
        var root = Math.Sqrt(squeeze);
        var metresPerNorth = Axis * (1 - SquaredEccentricity) / (squeeze * root) * Math.PI / 180;
        var metresPerEast = Axis / root * Math.Cos(radians) * Math.PI / 180;
        return new GeoPoint(p.Latitude + (north / metresPerNorth), p.Longitude + (east / metresPerEast));

        static double Wave(double halfTurns, double height) => height * Math.Sin(halfTurns * Math.PI);
    }

    private static GeoPoint Gcj02ToBd09(GeoPoint p)
    {
        var radius = Math.Sqrt((p.Longitude * p.Longitude) + (p.Latitude * p.Latitude)) + (0.00002 * Math.Sin(p.Latitude * BaiduTurn));
        var angle = Math.Atan2(p.Latitude, p.Longitude) + (0.000003 * Math.Cos(p.Longitude * BaiduTurn));
        return new GeoPoint((radius * Math.Sin(angle)) + 0.006, (radius * Math.Cos(angle)) + 0.0065);
    }
}
