using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>
/// Judges a move: refuses it with the reason, or names what the log shall say of it. Pure: the same case, move and
/// instant always give the same answer.
/// </summary>
internal sealed class IncidentDecision(IIncidentCatalog catalog, IPromisePolicies policies, ICalendarBook calendars)
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
        if (move.Kind is Kind.Reported or Kind.Regridded or Kind.Recounted or Kind.ContactRevealed || !IncidentLifecycle.Allows(incident.State, move.Kind))
        {
            throw new RefusedException("MoveNotAllowed", incident.Number, incident.State, move.Kind);
        }

        if (move.Text is { Length: > LongestText })
        {
            throw new RefusedException("TextTooLong", LongestText);
        }

        var detail = new IncidentEventDetail
        {
            Text = Blank(move.Text), Photos = move.Photos is { Count: > 0 } photos ? photos : null,
            UpdateId = move.UpdateId, UpdateStatus = move.UpdateStatus, MediaUrl = move.MediaUrl,
        };
        return move.Kind switch
        {
            Kind.Accepted => Accept(incident, move, detail, zone),
            Kind.Dispatched => detail with { Department = KnownDepartment(move.Department) },
            Kind.Merged => detail with { MergedInto = Needed(move.MergeInto, "MergeTargetMissing") },
            Kind.Rejected or Kind.Reworked or Kind.Noted => detail with { Text = Needed(move.Text, "ReasonMissing") },
            Kind.Resolved => Resolve(incident, detail),
            Kind.Suspended => detail with
            {
                Text = Needed(move.Text, "ReasonMissing"), Until = Later(move.Until, now), ApprovedBy = Needed(move.ApprovedBy, "ApprovalMissing"),
            },
            Kind.Resumed => Resume(incident, detail, now, zone),
            Kind.Extended => Extend(incident, move, detail with { Text = Needed(move.Text, "ReasonMissing"), ApprovedBy = Needed(move.ApprovedBy, "ApprovalMissing") }, now, zone),
            Kind.Reopened => Reopen(incident, detail with { Text = Needed(move.Text, "ReasonMissing") }, now, zone),
            _ => detail,
        };
    }

    /// <summary>What a new case is promised.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="severity">Its severity.</param>
    /// <param name="start">When its clock begins.</param>
    /// <param name="zone">The district's zone.</param>
    public IncidentEventDetail Promise(IncidentType type, IncidentSeverity severity, DateTimeOffset start, TimeZoneInfo zone)
    {
        var (id, policy) = policies.Current;
        var calendar = calendars.Current;
        var clock = CaseClocks.Begin(start, policy.For(severity, type.Category, type.Code), calendar);
        return Timed(new IncidentEventDetail { Policy = id }, clock, calendar, zone);
    }

    /// <summary>What a corrected calendar makes of an open case; null when none of its promised times moves.</summary>
    /// <param name="incident">The case.</param>
    /// <param name="calendar">The corrected edition.</param>
    /// <param name="zone">The district's zone.</param>
    public IncidentEventDetail? Recount(Incident incident, IPromiseClock calendar, TimeZoneInfo zone)
    {
        var detail = Timed(new IncidentEventDetail(), ClockOf(incident, zone) with { Calendar = calendar.Edition }, calendar, zone);
        return detail.ResolveBy == incident.ResolveBy && detail.CloseBy == incident.CloseBy ? null : detail;
    }

    /// <summary>What a case's policy promises it.</summary>
    /// <param name="incident">The case.</param>
    public PromiseRule RuleOf(Incident incident) => PolicyOf(incident).For(incident.Severity, incident.Category, incident.Type);

    /// <summary>The edition of the calendar by which a case is counted.</summary>
    /// <param name="incident">The case.</param>
    public IPromiseClock CalendarOf(Incident incident) =>
        incident.Clock is { } clock ? calendars.Find(clock.Calendar) ?? calendars.Current : calendars.Current;

    /// <summary>The clock of a case.</summary>
    /// <param name="incident">The case.</param>
    /// <param name="zone">The district's zone.</param>
    public CaseClock ClockOf(Incident incident, TimeZoneInfo zone) => CaseClocks.Of(incident, RuleOf(incident), CalendarOf(incident), zone);

    private PromisePolicy PolicyOf(Incident incident) => policies.Find(incident.Policy) ?? policies.Current.Policy;

    // What was judged wrongly is promised anew from the start, by the policy and the calendar that the case was given.
    private IncidentEventDetail Accept(Incident incident, IncidentMove move, IncidentEventDetail detail, TimeZoneInfo zone)
    {
        var type = move.Type is null || move.Type == incident.Type
            ? null
            : catalog.TypeInForce(move.Type) ?? throw new RefusedException("UnknownType", move.Type);
        var severity = move.Severity ?? type?.Severity ?? incident.Severity;
        if (type is null && severity == incident.Severity)
        {
            return detail;
        }

        detail = type is null ? detail : detail with { Type = type.Code, Category = type.Category };
        detail = severity == incident.Severity ? detail : detail with { Severity = severity };
        var rule = PolicyOf(incident).For(severity, type?.Category ?? incident.Category, type?.Code ?? incident.Type);
        var clock = ClockOf(incident, zone);
        return (clock.Resolve, clock.Close) == (rule.Resolve, rule.Close)
            ? detail
            : Timed(detail, clock with { Resolve = rule.Resolve, Close = rule.Close }, CalendarOf(incident), zone);
    }

    private IncidentEventDetail Resolve(Incident incident, IncidentEventDetail detail)
    {
        var needed = catalog.Type(incident.Type)?.PhotosToResolve ?? 0;
        return (detail.Photos?.Count ?? 0) >= needed
            ? detail with { Text = Needed(detail.Text, "ResultMissing") }
            : throw new RefusedException("PhotosMissing", needed);
    }

    // A suspension ends at its end date, whenever somebody says so.
    private IncidentEventDetail Resume(Incident incident, IncidentEventDetail detail, DateTimeOffset now, TimeZoneInfo zone)
    {
        var until = incident.SuspendedUntil < now ? incident.SuspendedUntil.Value : now;
        var clock = ClockOf(incident, zone);
        clock = clock with { Pauses = [.. clock.Pauses, new TimeInterval(incident.SuspendedAt ?? now, until)] };
        return Timed(detail, clock, CalendarOf(incident), zone);
    }

    // The extended promise is the next one; the closing promise never ends before the resolving one.
    private IncidentEventDetail Extend(Incident incident, IncidentMove move, IncidentEventDetail detail, DateTimeOffset now, TimeZoneInfo zone)
    {
        var due = incident.ResolvedAt is null ? incident.ResolveBy : incident.CloseBy;
        var until = move.Until ?? throw new RefusedException("UntilMissing");
        if (until <= due)
        {
            throw new RefusedException("UntilNotLater", due);
        }

        var named = new CaseExtension(
            now, incident.ResolvedAt is null ? until : incident.ResolveBy, until > incident.CloseBy ? until : incident.CloseBy);
        var clock = ClockOf(incident, zone);
        return Timed(detail with { Until = until }, clock with { Extensions = [.. clock.Extensions, named] }, CalendarOf(incident), zone);
    }

    private IncidentEventDetail Reopen(Incident incident, IncidentEventDetail detail, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (incident.Reopenings > 0)
        {
            throw new RefusedException("ReopenedBefore", incident.Number);
        }

        var (id, policy) = policies.Current;
        var calendar = calendars.Current;
        var clock = CaseClocks.Begin(now, policy.For(incident.Severity, incident.Category, incident.Type), calendar);
        return Timed(detail with { Policy = id }, clock, calendar, zone);
    }

    private static IncidentEventDetail Timed(IncidentEventDetail detail, CaseClock clock, IPromiseClock calendar, TimeZoneInfo zone)
    {
        var (resolveBy, closeBy) = CaseClocks.Count(clock, calendar, zone);
        return detail with { Clock = clock, ResolveBy = resolveBy, CloseBy = closeBy };
    }

    private string KnownDepartment(string? code) =>
        catalog.Department(Needed(code, "DepartmentMissing")) is { Ended: false } known ? known.Code : throw new RefusedException("UnknownDepartment", code!);

    private static DateTimeOffset Later(DateTimeOffset? until, DateTimeOffset now) =>
        until > now ? until.Value : throw new RefusedException("UntilMissing");

    private static string Needed(string? text, string otherwise) => Blank(text) ?? throw new RefusedException(otherwise);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
