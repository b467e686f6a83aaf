using System.Security.Cryptography;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Data;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Tokens: what types that answer later give in place of a case's number.</summary>
internal sealed class ReportTokens(IReadDoor door)
{
    private const int Bytes = 16;

    private static readonly Func<AppDbContext, long, string?> ByIncident = EF.CompileQuery(
        (AppDbContext context, long id) => context.Set<ReportToken>().Where(t => t.IncidentId == id).Select(t => t.Token).FirstOrDefault());

    /// <summary>A token that nobody can guess.</summary>
    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>The token of a report, stored in the report's own transaction; null where the number is the answer.</summary>
    /// <param name="session">The report's transaction.</param>
    /// <param name="receipt">The answer of the desk.</param>
    /// <param name="fresh">The token of a new report; null for a type that answers with the number.</param>
    public static string? Keep(WriteSession session, ReportReceipt receipt, string? fresh)
    {
        // A repeated report is answered as it was answered before, whatever its type does now.
        if (!receipt.IsNew)
        {
            return ByIncident(session.Context, receipt.Incident.Id);
        }

        if (fresh is not null)
        {
            session.Hot<ReportToken>().Insert(new ReportToken { Token = fresh, IncidentId = receipt.Incident.Id });
        }

        return fresh;
    }

    /// <summary>The number behind a token, or null when there is no such token.</summary>
    public async Task<string?> NumberOfAsync(string token, Open311Caller caller, CancellationToken cancellation)
    {
        await using var read = door.Open(caller.Actor);
        return await read.Query<ReportToken>().Where(t => t.Token == token)
            .Join(read.Query<Incident>(), t => t.IncidentId, i => i.Id, (_, i) => i.Number).FirstOrDefaultAsync(cancellation);
    }
}
