using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>
/// Turns the dated steps of a historic case into what the log says of them, the clock counted along: pauses stop it,
/// extensions move it. A result stands with the step that brought it.
/// </summary>
internal static class HistoricLife
{
    /// <summary>What a case was promised: by the policy, or as the records name it.</summary>
    /// <param name="promised">What the policy promises.</param>
    /// <param name="historic">The case.</param>
    /// <returns>The promise of the first entry, due times included; null when the named due times cannot be.</returns>
    public static (IncidentEventDetail? Promised, HistoricFault? Fault) Promise(IncidentEventDetail promised, HistoricCase historic)
    {
        if (historic is { ResolveBy: null, CloseBy: null })
        {
            return (promised, null);
        }

        if ((historic.ResolveBy < historic.ReportedAt ? historic.ResolveBy : historic.CloseBy < historic.ReportedAt ? historic.CloseBy : null) is { } early)
        {
            return (null, new(new Refusal("DueBeforeReport", early, historic.ReportedAt)));
        }

        if (historic.CloseBy < historic.ResolveBy)
        {
            return (null, new(new Refusal("DueOutOfOrder", historic.CloseBy!, historic.ResolveBy!)));
        }

        // What the records do not name is the policy's, as far as that fits: nothing is closed before it is resolved.
        var (policyResolve, policyClose) = (promised.ResolveBy!.Value, promised.CloseBy!.Value);
        var resolveBy = historic.ResolveBy ?? (policyResolve < historic.CloseBy ? policyResolve : historic.CloseBy!.Value);
        var closeBy = historic.CloseBy ?? (policyClose > resolveBy ? policyClose : resolveBy);
        return (promised with
        {
            ResolveBy = resolveBy, CloseBy = closeBy,
            Clock = promised.Clock! with { Extensions = [new CaseExtension(historic.ReportedAt, resolveBy, closeBy)] },
        }, null);
    }

    /// <summary>The entries after the report.</summary>
    /// <param name="begun">The case right after the report.</param>
    /// <param name="steps">Its steps, in order and judged.</param>
    /// <param name="historic">What the records say.</param>
    /// <param name="calendar">Edition by which the case is counted.</param>
    /// <param name="zone">The district's zone.</param>
    /// <returns>The entries, and the case as they leave it.</returns>
    public static (IReadOnlyList<HistoricEntry> Entries, Incident After) Live(
        Incident begun, List<HistoricStep> steps, HistoricCase historic, IPromiseClock calendar, TimeZoneInfo zone)
    {
        if (steps.Count == 0)
        {
            return ([], begun);
        }

        var told = steps.FindLastIndex(step => step.Kind is Kind.Resolved or Kind.Rejected);
        told = told >= 0 ? told : steps.FindLastIndex(step => step.Kind == Kind.Closed);
        var sent = steps.FindLastIndex(step => step.Kind == Kind.Dispatched);
        var entries = new HistoricEntry[steps.Count];
        var incident = begun;
        for (var i = 0; i < entries.Length; i++)
        {
            var step = steps[i];
            var detail = new IncidentEventDetail
            {
                Text = step.Text ?? (i == told ? historic.Result : null),
                ApprovedBy = step.ApprovedBy,
                Department = i == sent ? historic.Department : null,
            };
            detail = step.Kind switch
            {
                Kind.Suspended => detail with { Until = step.Until },
                Kind.Resumed => Resume(incident, step.At, detail, calendar, zone),
                Kind.Extended => Extend(incident, step, detail, calendar, zone),
                _ => detail,
            };
            entries[i] = new HistoricEntry(step.Kind, step.At, detail);
            incident = IncidentFold.Apply(incident, step.Kind, step.At, detail, 0);
        }

        return (entries, incident);
    }

    private static IncidentEventDetail Resume(Incident incident, DateTimeOffset at, IncidentEventDetail detail, IPromiseClock calendar, TimeZoneInfo zone)
    {
        var until = incident.SuspendedUntil < at ? incident.SuspendedUntil.Value : at;
        var clock = incident.Clock!;
        return Timed(detail, clock with { Pauses = [.. clock.Pauses, new TimeInterval(incident.SuspendedAt!.Value, until)] }, calendar, zone);
    }

    // An extension without a promised time is counted and moves nothing; one that names an earlier time takes nothing away.
    private static IncidentEventDetail Extend(Incident incident, HistoricStep step, IncidentEventDetail detail, IPromiseClock calendar, TimeZoneInfo zone)
    {
        var due = incident.ResolvedAt is null ? incident.ResolveBy : incident.CloseBy;
        if (step.Until is not { } until || until <= due)
        {
            return detail with { Until = step.Until };
        }

        var named = new CaseExtension(
            step.At, incident.ResolvedAt is null ? until : incident.ResolveBy, until > incident.CloseBy ? until : incident.CloseBy);
        var clock = incident.Clock!;
        return Timed(detail with { Until = until }, clock with { Extensions = [.. clock.Extensions, named] }, calendar, zone);
    }

    private static IncidentEventDetail Timed(IncidentEventDetail detail, CaseClock clock, IPromiseClock calendar, TimeZoneInfo zone)
    {
        var (resolveBy, closeBy) = CaseClocks.Count(clock, calendar, zone);
        return detail with { Clock = clock, ResolveBy = resolveBy, CloseBy = closeBy };
    }
}
