using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>
/// Judges a move: refuses it with the reason, or names what the log shall say of it. Pure: the same case, move and
/// instant always give the same answer.
/// </summary>
internal sealed class IncidentDecision(IIncidentCatalog catalog, PromisePolicy policy, IPromiseClock clock)
{
    /// <summary>Longest text of a mover or reporter, characters; the limit that Open311 sets on descriptions.</summary>
    public const int LongestText = 4000;

    /// <summary>What the log says of a move.</summary>
    /// <param name="incident">The case as it stands.</param>
    /// <param name="move">The move.</param>
    /// <param name="now">When it is made.</param>
    /// <param name="zone">The district's zone.</param>
    /// <exception cref="RefusedException">The move is illegal now, or lacks something that it needs.</exception>
    public IncidentEventDetail Judge(Incident incident, IncidentMove move, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (move.Kind is Kind.Reported or Kind.Regridded || !IncidentLifecycle.Allows(incident.State, move.Kind))
        {
            throw new RefusedException("MoveNotAllowed", incident.Number, incident.State, move.Kind);
        }

        if (move.Text is { Length: > LongestText })
        {
            throw new RefusedException("TextTooLong", LongestText);
        }

        var detail = new IncidentEventDetail { Text = Blank(move.Text) };
        return move.Kind switch
        {
            Kind.Accepted => Accept(incident, move, detail, zone),
            Kind.Dispatched => detail with { Department = KnownDepartment(move.Department) },
            Kind.Merged => detail with { MergedInto = Needed(move.MergeInto, "MergeTargetMissing") },
            Kind.Rejected or Kind.Reworked or Kind.Noted => detail with { Text = Needed(move.Text, "ReasonMissing") },
            Kind.Resolved => detail with { Text = Needed(move.Text, "ResultMissing") },
            Kind.Suspended => detail with { Text = Needed(move.Text, "ReasonMissing"), Until = Later(move.Until, now) },
            Kind.Resumed => Resume(incident, detail, now),
            Kind.Extended => Extend(incident, move, detail with { Text = Needed(move.Text, "ReasonMissing") }),
            Kind.Reopened => Reopen(incident, detail with { Text = Needed(move.Text, "ReasonMissing") }, now, zone),
            _ => detail,
        };
    }

    private IncidentEventDetail Accept(Incident incident, IncidentMove move, IncidentEventDetail detail, TimeZoneInfo zone)
    {
        if (move.Type is not null && catalog.Type(move.Type) is null)
        {
            throw new RefusedException("UnknownType", move.Type);
        }

        var type = move.Type is null ? null : catalog.Type(move.Type);
        var severity = move.Severity ?? (type is not null && type.Code != incident.Type ? type.Severity : incident.Severity);
        if (severity != incident.Severity)
        {
            var (resolveBy, closeBy) = policy.Times(clock, severity, incident.ReportedAt, zone);
            detail = detail with { Severity = severity, ResolveBy = resolveBy, CloseBy = closeBy, Policy = policy.Id };
        }

        return type is null || type.Code == incident.Type ? detail : detail with { Type = type.Code, Category = type.Category };
    }

    // A promise that is not yet met or missed moves by the length of the pause; one that was missed before stays missed.
    private static IncidentEventDetail Resume(Incident incident, IncidentEventDetail detail, DateTimeOffset now)
    {
        var since = incident.SuspendedAt ?? now;
        var pause = now - since;
        return detail with
        {
            ResolveBy = incident.ResolvedAt is null && incident.ResolveBy > since ? incident.ResolveBy + pause : incident.ResolveBy,
            CloseBy = incident.CloseBy > since ? incident.CloseBy + pause : incident.CloseBy,
        };
    }

    // The extended promise is the next one; the closing promise never ends before the resolving one.
    private static IncidentEventDetail Extend(Incident incident, IncidentMove move, IncidentEventDetail detail)
    {
        var due = incident.ResolvedAt is null ? incident.ResolveBy : incident.CloseBy;
        var until = move.Until ?? throw new RefusedException("UntilMissing");
        if (until <= due)
        {
            throw new RefusedException("UntilNotLater", due);
        }

        var closeBy = until > incident.CloseBy ? until : incident.CloseBy;
        return detail with { Until = until, CloseBy = closeBy, ResolveBy = incident.ResolvedAt is null ? until : incident.ResolveBy };
    }

    private IncidentEventDetail Reopen(Incident incident, IncidentEventDetail detail, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (incident.Reopenings > 0)
        {
            throw new RefusedException("ReopenedBefore", incident.Number);
        }

        var (resolveBy, closeBy) = policy.Times(clock, incident.Severity, now, zone);
        return detail with { ResolveBy = resolveBy, CloseBy = closeBy, Policy = policy.Id };
    }

    private string KnownDepartment(string? code) =>
        catalog.Department(Needed(code, "DepartmentMissing"))?.Code ?? throw new RefusedException("UnknownDepartment", code!);

    private static DateTimeOffset Later(DateTimeOffset? until, DateTimeOffset now) =>
        until > now ? until.Value : throw new RefusedException("UntilMissing");

    private static string Needed(string? text, string otherwise) => Blank(text) ?? throw new RefusedException(otherwise);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
