using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Intake.Import;

/// <summary>What imports leave: the refused rows and the report of reasons.</summary>
internal static class ImportDownloads
{
    /// <summary>Maps <c>GET /admin/import/{id}/refused.csv</c> and <c>report.csv</c>.</summary>
    /// <param name="app">The composed application.</param>
    public static void Map(WebApplication app)
    {
        app.MapGet("/admin/import/{id}/refused.csv", (string id, ImportShelf shelf, IWriteLane lane, HttpContext context) => SendAsync(id, ImportFile.Refused, "refused.csv", shelf, lane, context))
            .RequireAuthorization(Policies.Administer);
        app.MapGet("/admin/import/{id}/report.csv", (string id, ImportShelf shelf, IWriteLane lane, HttpContext context) => SendAsync(id, ImportFile.Report, "report.csv", shelf, lane, context))
            .RequireAuthorization(Policies.Administer);
    }

    private static async Task<IResult> SendAsync(string id, ImportFile file, string name, ImportShelf shelf, IWriteLane lane, HttpContext context)
    {
        if (!ImportShelf.IsId(id) || !File.Exists(shelf.PathOf(id, file)) || Actor.From(context.User) is not { } actor)
        {
            return Results.NotFound();
        }

        // Rows of another system, with whatever it wrote into them.
        await lane.AuditAsync(new AuditRecord("import-rows.exported", id) { Facts = [new("file", name)] }, actor, context.RequestAborted);

        context.Response.Headers.CacheControl = "no-store";
        return Results.File(shelf.PathOf(id, file), "text/csv", name);
    }
}
