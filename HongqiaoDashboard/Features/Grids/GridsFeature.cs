using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Grids.Data;
using HongqiaoDashboard.Features.Grids.Domain;
using HongqiaoDashboard.Platform.Backup;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Net.Http.Headers;

namespace HongqiaoDashboard.Features.Grids;

/// <summary>One map, one net: tiers, codes, editions, geometry, and which grid a point lies in.</summary>
internal static class GridsFeature
{
    /// <summary>Adds the editions that ship with the program and those that were imported.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddGrids(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => new GridEditionStore(
            ReferenceData.File("grids"),
            services.GetRequiredService<DataDirectory>().File(GridEditionBackup.FolderName),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<GridEditionStore>>()));
        builder.Services.AddSingleton<IGridDirectory>(services => services.GetRequiredService<GridEditionStore>());
        builder.Services.AddSingleton<GridImportDesk>();
        builder.Services.AddVerb<ImportGridsVerb>();
        builder.Services.AddBackupPart<GridEditionBackup>();
    }

    /// <summary>Maps the geometry that maps draw: <c>GET /api/grids/{editionId}/{district|street|community|basic}.geojson</c>.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapGrids(this WebApplication app) =>
        app.MapGet("/api/grids/{editionId}/{tier}.geojson", Geometry).RequireAuthorization(Policies.ViewSituation);

    private static IResult Geometry(string editionId, string tier, HttpContext context, IGridDirectory grids)
    {
        if (grids.Editions.FirstOrDefault(edition => edition.Id == editionId) is not { } edition
            || GridTiers.Parse(tier.ToLowerInvariant()) is not { } known)
        {
            return Results.NotFound();
        }

        // An edition never changes under its id, but for an upgrade of the program; a day of trust, then one question by the tag.
        context.Response.Headers.CacheControl = "private, max-age=86400";
        return Results.Bytes(edition.GeoJson(known), "application/geo+json", entityTag: new EntityTagHeaderValue(edition.GeoJsonTag(known)));
    }
}
