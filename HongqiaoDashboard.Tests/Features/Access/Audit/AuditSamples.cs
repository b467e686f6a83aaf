using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Tests.Features.Access.Audit;

/// <summary>Trails for tests.</summary>
internal static class AuditSamples
{
    /// <summary>Reads the whole trail.</summary>
    public static Actor Admin { get; } = new("admin-1", "管理员", Roles.Admin, null) { Origin = new CallOrigin("192.0.2.7", "c1") };

    /// <summary>The links that rows make one after another.</summary>
    /// <param name="rows">Rows without numbers and hashes.</param>
    public static List<AuditRow> Chain(IEnumerable<AuditRow> rows)
    {
        var chain = new List<AuditRow>();
        foreach (var row in rows)
        {
            chain.Add(AuditEncoding.Sealed(row with { Seq = chain.Count + 1, Previous = chain.Count == 0 ? AuditChain.Beginning : chain[^1].Hash }));
        }

        return chain;
    }

    /// <summary>A row that stands nowhere yet.</summary>
    /// <param name="subject">What tells it from others.</param>
    public static AuditRow Row(string? subject = "HQ-1") => new()
    {
        Seq = 1, At = TestDatabase.Start, ActorId = "admin-1", ActorName = "管理员", ActorRole = Roles.Admin, Address = "192.0.2.7", Connection = "c1",
        Act = "contact.revealed", Result = AuditResult.Done, Subject = subject, Facts = """{"reason":"回访"}""", Previous = AuditChain.Beginning,
    };

    /// <summary>The stored rows, in their order.</summary>
    public static List<AuditRow> Rows(this TestDatabase database)
    {
        using var read = database.Door.Open(Actor.System);
        return [.. read.Query<AuditRow>().OrderBy(row => row.Seq)];
    }

    /// <summary>What a look at the stored chain finds.</summary>
    public static AuditVerdict Verify(this TestDatabase database, AuditHead? exported = null)
    {
        using var read = database.Door.Open(Actor.System);
        read.BeginSnapshot();
        return AuditTrailCheck.Verify(read, exported);
    }

    /// <summary>Keeps a record.</summary>
    public static Task RecordAsync(this TestDatabase database, AuditRecord record, Actor? actor = null) =>
        database.Get<IWriteLane>().AuditAsync(record, actor ?? Admin, TestContext.Current.CancellationToken);

    /// <summary>Keeps records in one transaction.</summary>
    public static Task RecordAsync(this TestDatabase database, IEnumerable<(AuditRecord Record, Actor Actor)> records) => database.Get<IWriteLane>().WriteAsync(
        session =>
        {
            foreach (var (record, actor) in records)
            {
                session.Audit(record, actor);
            }

            return true;
        },
        TestContext.Current.CancellationToken);

    /// <summary>The facts of a row, each <c>name=value</c>.</summary>
    public static string FactsOf(AuditRow row) => string.Join(' ', AuditText.Read(row.Facts).Select(fact => $"{fact.Name}={fact.Value}"));
}
