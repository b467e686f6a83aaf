using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>What imports leave: the refused rows and the report of reasons.</summary>
internal static class ImportDownloads
{
    /// <summary>Maps <c>GET /admin/import/{id}/refused.csv</c> and <c>report.csv</c>.</summary>
    /// <param name="app">The composed application.</param>
    public static void Map(WebApplication app)
    {
        app.MapGet("/admin/import/{id}/refused.csv", (string id, ImportShelf shelf, HttpContext context) => Send(id, ImportFile.Refused, "refused.csv", shelf, context))
            .RequireAuthorization(Policies.Administer);
        app.MapGet("/admin/import/{id}/report.csv", (string id, ImportShelf shelf, HttpContext context) => Send(id, ImportFile.Report, "report.csv", shelf, context))
            .RequireAuthorization(Policies.Administer);
    }

    private static IResult Send(string id, ImportFile file, string name, ImportShelf shelf, HttpContext context)
    {
        if (!ImportShelf.IsId(id) || !File.Exists(shelf.PathOf(id, file)))
        {
            return Results.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        return Results.File(shelf.PathOf(id, file), "text/csv", name);
    }
}
