using System.Globalization;
using System.Text.Json;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Commands on cases: judge, fold, and write row and log in one transaction of the lane.</summary>
internal sealed class IncidentDesk(
    IWriteLane lane, IGridDirectory grids, IIncidentCatalog catalog, PromisePolicy policy, IPromiseClock clock,
    IDataProtectionProvider protection, IncidentJournal journal) : IIncidentDesk
{
    private const string IdSequence = "incident";

    private static readonly Func<AppDbContext, string, DateTimeOffset, Incident?> ByIdempotencyKey = EF.CompileQuery(
        (AppDbContext context, string key, DateTimeOffset since) => context.Set<Incident>().AsNoTracking()
            .Where(i => i.IdempotencyKey == key && i.ReportedAt >= since).OrderByDescending(i => i.Id).FirstOrDefault());

    private static readonly Func<AppDbContext, string, Incident?> ByNumber = EF.CompileQuery(
        (AppDbContext context, string number) => context.Set<Incident>().AsNoTracking().FirstOrDefault(i => i.Number == number));

    private readonly IncidentDecision _decision = new(catalog, policy, clock);
    private readonly IDataProtector _contacts = protection.CreateProtector("HongqiaoDashboard.ReporterContact");

    public IReadOnlyList<IncidentEventKind> LegalMoves(Incident incident) => IncidentLifecycle.From(incident.State);

    public async Task<ReportReceipt> ReportAsync(ReportIncident report, Actor actor, CancellationToken cancellation = default)
    {
        var type = catalog.Type(report.Type) ?? throw new RefusedException("UnknownType", report.Type);
        if (report.Description.Length > IncidentDecision.LongestText)
        {
            throw new RefusedException("DescriptionTooLong", IncidentDecision.LongestText);
        }

        // Encrypted before the lane, so that nobody waits behind cryptography.
        var contact = report.Contact is null ? null : _contacts.Protect(JsonSerializer.Serialize(report.Contact));
        return await lane.WriteAsync(session => Store(session, report, type, contact, actor), cancellation);
    }

    public Task<Incident> MoveAsync(string number, int version, IncidentMove move, Actor actor, CancellationToken cancellation = default) =>
        lane.WriteAsync(
            session =>
            {
                var incident = ByNumber(session.Context, number);
                if (incident is null || !Sees(actor, incident))
                {
                    throw new RefusedException("NotFound", number);
                }

                if (incident.Version != version)
                {
                    throw new RefusedException("MovedMeanwhile", number, incident.State, incident.UpdatedAt);
                }

                var zone = grids.Current.TimeZone;
                var detail = _decision.Judge(incident, move, session.Now, zone);
                CheckMergeTarget(session, incident, detail);
                return journal.Append(session, incident, move.Kind, session.Now, detail, actor);
            },
            cancellation);

    private static bool Sees(Actor actor, Incident incident) =>
        actor.ScopeCode is null || incident.GridCode.StartsWith(actor.ScopeCode, StringComparison.Ordinal);

    private static void CheckMergeTarget(WriteSession session, Incident incident, IncidentEventDetail detail)
    {
        if (detail.MergedInto is not { } target)
        {
            return;
        }

        var other = ByNumber(session.Context, target) ?? throw new RefusedException("MergeTargetUnknown", target);
        if (other.Id == incident.Id || !other.State.IsOpen())
        {
            throw new RefusedException("MergeTargetNotOpen", target);
        }
    }

    private ReportReceipt Store(WriteSession session, ReportIncident report, IncidentType type, string? contact, Actor actor)
    {
        // Placed inside the lane: what comes after a new edition took effect is placed in it, what came before is re-gridded.
        var edition = grids.Current;
        var grid = edition.Locate(report.Point) ?? throw new RefusedException("PointOutside", report.Point.Latitude, report.Point.Longitude, edition.Name);
        var zone = edition.TimeZone;
        var now = session.Now;
        if (report.IdempotencyKey is { } key)
        {
            var since = report.IdempotencyWindow is { } window ? now - window : DateTimeOffset.UnixEpoch;
            if (ByIdempotencyKey(session.Context, key, since) is { } known)
            {
                return new ReportReceipt(known, false);
            }
        }

        var (resolveBy, closeBy) = policy.Times(clock, type.Severity, now, zone);
        var incident = new Incident
        {
            Id = session.Next(IdSequence),
            Number = NextNumber(session, zone.DayOf(now)),
            Version = 1,
            State = IncidentState.Reported,
            Category = type.Category,
            Type = type.Code,
            Severity = type.Severity,
            GridCode = grid.Code,
            Latitude = report.Point.Latitude,
            Longitude = report.Point.Longitude,
            Address = report.Address,
            Description = report.Description,
            MediaUrl = report.MediaUrl,
            Attributes = report.Attributes,
            Source = report.Source,
            Reporter = report.Reporter,
            IdempotencyKey = report.IdempotencyKey,
            ReportedAt = now,
            ResolveBy = resolveBy,
            CloseBy = closeBy,
            DueAt = resolveBy,
            Policy = policy.Id,
            UpdatedAt = now,
            LastSeq = session.Next(IncidentJournal.LogSequence),
        };
        journal.Begin(session, incident, new IncidentEventDetail { Policy = policy.Id }, actor);
        if (contact is not null)
        {
            session.Hot<IncidentContact>().Insert(new IncidentContact { IncidentId = incident.Id, Protected = contact, StoredAt = now });
        }

        return new ReportReceipt(incident, true);
    }

    private static string NextNumber(WriteSession session, DateOnly day)
    {
        var date = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return $"HQ{date}-{session.Next("number:" + date):D6}";
    }
}
