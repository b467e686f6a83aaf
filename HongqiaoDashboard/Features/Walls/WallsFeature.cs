using HongqiaoDashboard.Features.Walls.Pairing;

namespace HongqiaoDashboard.Features.Walls;

/// <summary>Boards for displays that nobody touches, and how displays come in.</summary>
internal static class WallsFeature
{
    /// <summary>Adds the walls.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddWalls(this WebApplicationBuilder builder) => builder.AddPairing();

    /// <summary>Maps what the scripts of displays ask.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapWalls(this WebApplication app) => PairingEndpoints.Map(app);
}
