namespace HongqiaoDashboard.Kernel;

/// <summary>A point on the ground in WGS-84, degrees. Other datums are converted once, at the door where they come in.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
public readonly record struct GeoPoint(double Latitude, double Longitude)
{
    /// <summary>Makes a point if both numbers are finite and in range; NaN, infinities and anything out of range are refused.</summary>
    /// <param name="latitude">Degrees north.</param>
    /// <param name="longitude">Degrees east.</param>
    /// <param name="point">The point, or the default when refused.</param>
    /// <returns>Whether the numbers are a place on earth.</returns>
    public static bool TryCreate(double latitude, double longitude, out GeoPoint point)
    {
        // Written so that NaN fails: every comparison with NaN is false.
        if (latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180)
        {
            point = new GeoPoint(latitude, longitude);
            return true;
        }

        point = default;
        return false;
    }
}
