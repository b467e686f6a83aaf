using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Features.Incidents.Photos;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Photos;
using HongqiaoDashboard.Platform.Vault;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Commands on cases: judge, fold, and write row and log in one transaction of the lane.</summary>
internal sealed class IncidentDesk(
    IWriteLane lane, IGridDirectory grids, IIncidentCatalog catalog, IncidentDecision decision, IDataVault vault,
    IncidentJournal journal, IOptions<PhotoOptions> photos) : IIncidentDesk
{
    /// <summary>Name of the sequence of keys.</summary>
    public const string IdSequence = "incident";

    private static readonly Func<AppDbContext, string, DateTimeOffset, Incident?> ByIdempotencyKey = EF.CompileQuery(
        (AppDbContext context, string key, DateTimeOffset since) => context.Set<Incident>().AsNoTracking()
            .Where(i => i.IdempotencyKey == key && i.ReportedAt >= since).OrderByDescending(i => i.Id).FirstOrDefault());

    private static readonly Func<AppDbContext, string, Incident?> ByNumber = EF.CompileQuery(
        (AppDbContext context, string number) => context.Set<Incident>().AsNoTracking().FirstOrDefault(i => i.Number == number));

    public IReadOnlyList<IncidentEventKind> LegalMoves(Incident incident) => IncidentLifecycle.From(incident.State);

    public async Task<ReportReceipt> ReportAsync(ReportIncident report, Actor actor, CancellationToken cancellation = default)
    {
        var type = catalog.TypeInForce(report.Type) ?? throw new RefusedException("UnknownType", report.Type);
        if (report.Description.Length > IncidentDecision.LongestText)
        {
            throw new RefusedException("DescriptionTooLong", IncidentDecision.LongestText);
        }

        // Encrypted before the lane, so that nobody waits behind cryptography.
        var contact = report.Contact is null ? null : IncidentContact.Kept(vault, report.Contact);
        return await lane.WriteAsync(
            session =>
            {
                var receipt = Store(session, report, type, contact, actor);
                report.Beside?.Invoke(session, receipt);
                return receipt;
            },
            cancellation);
    }

    public Task<Incident> MoveAsync(string number, int version, IncidentMove move, Actor actor, CancellationToken cancellation = default)
    {
        move = move with { Photos = [.. move.Photos.Distinct(StringComparer.Ordinal)] };
        if (move.Photos.Count > photos.Value.MaxPerMove)
        {
            throw new RefusedException("PhotosTooMany", photos.Value.MaxPerMove);
        }

        return lane.WriteAsync(
            session =>
            {
                var incident = Seen(session, number, actor);
                return incident.Version == version
                    ? Move(session, incident, move, actor)
                    : throw new RefusedException("MovedMeanwhile", number, incident.State, incident.UpdatedAt);
            },
            cancellation);
    }

    public Task<Incident> MoveAsync(
        string number, Func<WriteSession, Incident, IncidentMove?> choose, Actor actor, CancellationToken cancellation = default) =>
        lane.WriteAsync(
            session =>
            {
                var incident = Seen(session, number, actor);
                return choose(session, incident) is { } move ? Move(session, incident, move, actor) : incident;
            },
            cancellation);

    private static Incident Seen(WriteSession session, string number, Actor actor) =>
        ByNumber(session.Context, number) is { } incident && IncidentReadScope.Covers(actor, incident) ? incident : throw new RefusedException("NotFound", number);

    private Incident Move(WriteSession session, Incident incident, IncidentMove move, Actor actor)
    {
        var zone = grids.Current.TimeZone;
        var detail = decision.Judge(incident, move, session.Now, zone);
        CheckMergeTarget(session, incident, detail);
        PhotoRows.Require(session, incident.Id, move.Photos);
        var after = journal.Append(session, incident, move.Kind, session.Now, detail, actor);
        PhotoRows.Attach(session, incident.Id, move.Photos, after.LastSeq);
        return after;
    }

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

        var promised = decision.Promise(type, type.Severity, now, zone);
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
            ResolveBy = promised.ResolveBy!.Value,
            CloseBy = promised.CloseBy!.Value,
            DueAt = promised.ResolveBy,
            Policy = promised.Policy!,
            Clock = promised.Clock,
            UpdatedAt = now,
            LastSeq = session.Next(IncidentJournal.LogSequence),
        };
        journal.Begin(session, incident, promised with { ResolveBy = null, CloseBy = null }, actor);
        if (contact is not null)
        {
            session.Hot<IncidentContact>().Insert(new IncidentContact { IncidentId = incident.Id, Protected = contact, StoredAt = now });
        }

        return new ReportReceipt(incident, true);
    }

    /// <summary>The next number of a day.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="day">Local day of the report.</param>
    public static string NextNumber(WriteSession session, DateOnly day)
    {
        var date = day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);
        return $"HQ{date}-{session.Next("number:" + date):D6}";
    }
}
