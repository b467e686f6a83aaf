using System.Globalization;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Csv;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>What an import from a page came to.</summary>
/// <param name="Result">The counts; null when the file as a whole was refused.</param>
/// <param name="Faults">The first reasons.</param>
/// <param name="Id">Names what may be downloaded; null when nothing was refused.</param>
internal sealed record CampaignImportOutcome(CampaignImportResult? Result, IReadOnlyList<RowFault> Faults, string? Id);

/// <summary>Runs imports of pages off their circuits, and keeps what the newest ones refused for download, in memory.</summary>
internal sealed class CampaignImportShelf(CampaignImportRun run, CampaignImportWords words)
{
    /// <summary>Bytes of a file at most; a larger one goes by the command line.</summary>
    public const int LargestFile = 8 << 20;

    private const int Kept = 12;

    private readonly Lock _lock = new();
    private readonly LinkedList<(string Id, string Actor, byte[] Rows, byte[] Report)> _refused = [];

    /// <summary>Runs an import.</summary>
    /// <param name="file">The file's bytes.</param>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="kind">What is in it.</param>
    /// <param name="options">How.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="RefusedException"><c>CampaignUnknown</c>.</exception>
    public Task<CampaignImportOutcome> RunAsync(
        byte[] file, string campaign, CampaignImportKind kind, CampaignImportOptions options, Actor actor, CancellationToken cancellation) => Task.Run(
        async () =>
        {
            using var bytes = new MemoryStream(file, writable: false);
            var (rows, report) = (new MemoryStream(), new MemoryStream());
            try
            {
                CampaignImportResult result;
                IReadOnlyList<RowFault> faults;
                using (var output = new RefusedRows(words.Of, rows, CsvEncoding.Guess(bytes), report, isJson: false))
                {
                    result = await run.RunAsync(bytes, campaign, kind, options, output, actor, cancellation);
                    faults = output.Kept;
                }

                return new CampaignImportOutcome(result, faults, faults.Count == 0 ? null : Keep(actor, rows.ToArray(), report.ToArray()));
            }
            catch (FileRefusedException e)
            {
                return new CampaignImportOutcome(null, e.Reasons, null);
            }
        },
        cancellation);

    /// <summary>Maps <c>GET /api/campaigns/imports/{id}/refused.csv</c> and <c>report.csv</c>: for whoever made the import.</summary>
    /// <param name="app">The composed application.</param>
    public static void Map(WebApplication app)
    {
        app.MapGet("/api/campaigns/imports/{id}/refused.csv", (string id, CampaignImportShelf shelf, HttpContext context) => shelf.Send(id, context, isReport: false))
            .RequireAuthorization(Policies.WorkCases);
        app.MapGet("/api/campaigns/imports/{id}/report.csv", (string id, CampaignImportShelf shelf, HttpContext context) => shelf.Send(id, context, isReport: true))
            .RequireAuthorization(Policies.WorkCases);
    }

    private IResult Send(string id, HttpContext context, bool isReport)
    {
        var actor = Actor.From(context.User);
        lock (_lock)
        {
            var found = _refused.FirstOrDefault(kept => kept.Id == id && kept.Actor == actor?.Id);
            if (found.Id is null)
            {
                return Results.NotFound();
            }

            context.Response.Headers.CacheControl = "no-store";
            return Results.Bytes(isReport ? found.Report : found.Rows, "text/csv", isReport ? "report.csv" : "refused.csv");
        }
    }

    private string Keep(Actor actor, byte[] rows, byte[] report)
    {
        var id = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);
        lock (_lock)
        {
            _refused.AddFirst((id, actor.Id, rows, report));
            while (_refused.Count > Kept)
            {
                _refused.RemoveLast();
            }
        }

        return id;
    }
}
