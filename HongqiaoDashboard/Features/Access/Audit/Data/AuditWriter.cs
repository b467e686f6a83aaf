using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Access.Audit.Data;

/// <summary>Adds links to the chain, under the lock that serialises commits, of this process and of all others.</summary>
internal sealed class AuditWriter(ILogger<AuditWriter> log) : IAuditWriter
{
    /// <summary>Name of the trail's sequence.</summary>
    public const string Sequence = "audit";

    public void Append(WriteSession session, AuditRecord record, Actor actor)
    {
        var row = AuditEncoding.Sealed(new AuditRow
        {
            Act = AuditText.Act(record.Act),
            Facts = AuditText.Facts(record.Facts),
            Seq = session.Next(Sequence),
            At = session.Now,
            ActorId = AuditText.Clean(actor.Id),
            ActorName = AuditText.Clean(actor.Name),
            ActorRole = AuditText.Clean(actor.Role),
            Address = actor.Origin is { } origin ? AuditText.Clean(origin.Address) : null,
            Connection = actor.Origin?.Connection is { } connection ? AuditText.Clean(connection) : null,
            Result = record.Result,
            Subject = record.Subject is { } subject ? AuditText.Clean(subject) : null,
            Previous = session.Context.Set<AuditRow>().AsNoTracking().OrderByDescending(last => last.Seq).Select(last => last.Hash).FirstOrDefault() ?? AuditChain.Beginning,
        });
        session.Hot<AuditRow>().Insert(row);
        // The log has no append-only guard and other readers: it learns that there is a record, and nothing of what is in it.
        session.AfterCommit(() => log.LogInformation("Audit record {Seq} {Act}", row.Seq, row.Act));
    }
}
