namespace HongqiaoDashboard.Features.Walls;

/// <summary>Boards for displays that nobody touches.</summary>
internal static class WallsFeature
{
    /// <summary>Adds the walls.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddWalls(this WebApplicationBuilder builder) => _ = builder;
}
