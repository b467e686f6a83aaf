using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>A stage that the policy promises a time for.</summary>
/// <param name="Kind">The move that ends it.</param>
/// <param name="Promise">What is promised.</param>
/// <param name="From">When it began; null when it has not begun.</param>
/// <param name="Due">When it is to be over; null when it has not begun.</param>
/// <param name="Done">When it was over.</param>
internal sealed record StageTime(IncidentEventKind Kind, Promise Promise, DateTimeOffset? From, DateTimeOffset? Due, DateTimeOffset? Done);

/// <summary>The optional times of the single stages. They are counted when somebody looks: nothing is stored of them.</summary>
internal static class StageTimes
{
    /// <summary>The stages that a policy promises a time for, in order.</summary>
    /// <param name="incident">The case.</param>
    /// <param name="rule">What its policy promises.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="calendar">The clock's edition of the calendar.</param>
    /// <param name="zone">The zone whose days count.</param>
    public static IReadOnlyList<StageTime> Of(Incident incident, PromiseRule rule, CaseClock clock, IPromiseClock calendar, TimeZoneInfo zone)
    {
        // A reopened case was accepted before its clock began; what it waits for is a department.
        var accepted = incident.Reopenings > 0 ? clock.Start : incident.AcceptedAt;
        var stages = new List<StageTime>();
        Add(IncidentEventKind.Accepted, rule.Accept, clock.Start, accepted);
        Add(IncidentEventKind.Dispatched, rule.Dispatch, accepted, incident.DispatchedAt);
        Add(IncidentEventKind.CheckedIn, rule.CheckIn, incident.DispatchedAt, incident.CheckedInAt);
        Add(IncidentEventKind.Resolved, rule.Handle, incident.CheckedInAt ?? incident.HandlingAt, incident.ResolvedAt);
        Add(IncidentEventKind.Verified, rule.Verify, incident.ResolvedAt, incident.VerifiedAt);
        return stages;

        void Add(IncidentEventKind kind, Promise? promised, DateTimeOffset? from, DateTimeOffset? done)
        {
            if (promised is { } promise)
            {
                var due = from is { } start ? calendar.Explain(start, promise, clock.Pauses, zone).Due : (DateTimeOffset?)null;
                stages.Add(new StageTime(kind, promise, from, due, done));
            }
        }
    }
}
