namespace HongqiaoDashboard.Kernel;

/// <summary>Distances on the ground.</summary>
public static class GeoDistance
{
    private const double Axis = 6378137.0;
    private const double SquaredEccentricity = 0.00669437999014;

    /// <summary>
    /// Metres between two points on the WGS-84 ellipsoid, by its radii of curvature at their middle: within a millimetre for
    /// neighbours of a few hundred metres, within a part in ten thousand for a hundred kilometres.
    /// </summary>
    /// <param name="from">One point.</param>
    /// <param name="to">The other.</param>
    public static double MetresTo(this GeoPoint from, GeoPoint to)
    {
        var middle = (from.Latitude + to.Latitude) / 2 * Math.PI / 180;
        var bend = 1 - (SquaredEccentricity * Math.Sin(middle) * Math.Sin(middle));
        var north = (to.Latitude - from.Latitude) * Math.PI / 180 * Axis * (1 - SquaredEccentricity) / (bend * Math.Sqrt(bend));
        // The shorter way around, also across 180°.
        var east = Math.IEEERemainder(to.Longitude - from.Longitude, 360) * Math.PI / 180 * Axis * Math.Cos(middle) / Math.Sqrt(bend);
        return double.Hypot(north, east);
    }

    /// <summary>How far a distance reaches in degrees at a place, north and east: the box to look in before measuring.</summary>
    /// <param name="point">The place.</param>
    /// <param name="metres">The distance.</param>
    public static (double Latitude, double Longitude) Reach(this GeoPoint point, double metres)
    {
        // A little more than it is, so that nothing falls out at the edge.
        var high = metres / 110_000;
        return (high, high / Math.Max(0.01, Math.Cos(point.Latitude * Math.PI / 180)));
    }
}
