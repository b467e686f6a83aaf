using NetTopologySuite.Geometries;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>Areas and lengths in metres of shapes in WGS-84 degrees, anywhere on earth.</summary>
internal static class Ellipsoid
{
    private const double Axis = 6378137.0;
    private const double SquaredEccentricity = 0.00669437999014;
    private const double MetresPerDegree = Axis * Math.PI / 180;

    private static readonly double Eccentricity = Math.Sqrt(SquaredEccentricity);

    /// <summary>
    /// Square metres. Longitude and <see cref="Authalic"/> span a plane whose areas are those of the ellipsoid; the only
    /// error is that an edge, straight in degrees, bends in that plane, which for edges of a kilometre is a few parts in a billion.
    /// </summary>
    public static double Area(Geometry shape)
    {
        double area = 0;
        for (var i = 0; i < shape.NumGeometries; i++)
        {
            if (shape.GetGeometryN(i) is Polygon { IsEmpty: false } polygon)
            {
                area += Area(polygon.Shell) - polygon.Holes.Sum(Area);
            }
        }

        return area;
    }

    /// <summary>Metres, on a sphere that touches at the shape's middle: good enough to weigh a tolerance, not to survey.</summary>
    public static double Length(Geometry shape)
    {
        var east = MetresPerDegree * Math.Cos(shape.EnvelopeInternal.Centre.Y * Math.PI / 180);
        double length = 0;
        foreach (var line in NetTopologySuite.Geometries.Utilities.LinearComponentExtracter.GetLines(shape).Cast<LineString>())
        {
            var sequence = line.CoordinateSequence;
            for (var i = 1; i < sequence.Count; i++)
            {
                var (x, y) = ((sequence.GetX(i) - sequence.GetX(i - 1)) * east, (sequence.GetY(i) - sequence.GetY(i - 1)) * MetresPerDegree);
                length += Math.Sqrt((x * x) + (y * y));
            }
        }

        return length;
    }

    private static double Area(LineString ring)
    {
        var sequence = ring.CoordinateSequence;
        // Measured from the first corner, so that a small shape far from 0°, 0° keeps its digits.
        var (x0, y0) = (sequence.GetX(0), Authalic(sequence.GetY(0)));
        double twice = 0, x = 0, y = 0;
        for (var i = 1; i < sequence.Count; i++)
        {
            var (nextX, nextY) = ((sequence.GetX(i) - x0) * Math.PI / 180, Authalic(sequence.GetY(i)) - y0);
            twice += (x * nextY) - (nextX * y);
            (x, y) = (nextX, nextY);
        }

        return Math.Abs(twice) / 2 * Axis * Axis / 2;
    }

    // Twice the height of the equal-area cylinder: the classic q of authalic latitude (Snyder 1987, equation 3-12).
    private static double Authalic(double latitude)
    {
        var sine = Math.Sin(latitude * Math.PI / 180);
        var scaled = Eccentricity * sine;
        return (1 - SquaredEccentricity) * ((sine / (1 - (scaled * scaled))) + (Math.Atanh(scaled) / Eccentricity));
    }
}
