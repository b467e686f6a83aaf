using HongqiaoDashboard.Features.Incidents.Contracts;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>
/// What one entry of the log does to a case. The row of a case is the fold of its entries by this function and nothing
/// else writes to it, so that <c>check</c> can compare the two.
/// </summary>
internal static class IncidentFold
{
    /// <summary>The case after an entry.</summary>
    /// <param name="before">The case before it.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="at">When.</param>
    /// <param name="detail">What the move named.</param>
    /// <param name="seq">The entry's place in the log.</param>
    public static Incident Apply(Incident before, Kind kind, DateTimeOffset at, IncidentEventDetail detail, long seq)
    {
        var after = before with
        {
            State = IncidentLifecycle.After(before, kind),
            Version = before.Version + 1,
            LastSeq = seq,
            UpdatedAt = at,
            Type = detail.Type ?? before.Type,
            Category = detail.Category ?? before.Category,
            Severity = detail.Severity ?? before.Severity,
            ResolveBy = detail.ResolveBy ?? before.ResolveBy,
            CloseBy = detail.CloseBy ?? before.CloseBy,
            Policy = detail.Policy ?? before.Policy,
            Clock = detail.Clock ?? before.Clock,
            GridCode = detail.GridCode ?? before.GridCode,
            Department = detail.Department ?? before.Department,
        };
        after = kind switch
        {
            Kind.Accepted => after with { AcceptedAt = at },
            Kind.Rejected => after with { StatusNotes = detail.Text },
            Kind.Merged => after with { MergedInto = detail.MergedInto, StatusNotes = detail.Text },
            Kind.Dispatched => after with { DispatchedAt = at, CheckedInAt = null, HandlingAt = null },
            Kind.CheckedIn => after with { CheckedInAt = at },
            Kind.HandlingStarted => after with { HandlingAt = at },
            Kind.Resolved => after with { ResolvedAt = at, StatusNotes = detail.Text },
            Kind.Verified => after with { VerifiedAt = at },
            Kind.Reworked => after with { ResolvedAt = null, VerifiedAt = null, Reworks = before.Reworks + 1, ReworkedAt = before.ReworkedAt ?? at },
            Kind.Closed => after with { ClosedAt = at, StatusNotes = detail.Text ?? before.StatusNotes },
            Kind.Suspended => after with { SuspendedAt = at, SuspendedUntil = detail.Until, SuspendedFrom = before.State, StatusNotes = detail.Text },
            Kind.Resumed => after with { SuspendedAt = null, SuspendedUntil = null, SuspendedFrom = null },
            Kind.Extended => after with { Extensions = before.Extensions + 1, ExtendedAt = before.ExtendedAt ?? at },
            Kind.Reopened => after with
            {
                Reopenings = before.Reopenings + 1, DispatchedAt = null, CheckedInAt = null, HandlingAt = null,
                ResolvedAt = null, VerifiedAt = null, ClosedAt = null,
            },
            _ => after,
        };
        return after with { DueAt = after.ToFacts().DueAt };
    }
}
