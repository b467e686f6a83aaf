using System.Collections.Frozen;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;
using State = HongqiaoDashboard.Features.Incidents.Contracts.IncidentState;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>Which move is legal in which state, as one table: the field's seven steps and the ways off them.</summary>
internal static class IncidentLifecycle
{
    private static readonly FrozenDictionary<State, Kind[]> Moves = new Dictionary<State, Kind[]>
    {
        [State.Reported] = [Kind.Accepted, Kind.Rejected, Kind.Merged, Kind.Noted],
        [State.Accepted] = [Kind.Dispatched, Kind.HandlingStarted, Kind.Suspended, Kind.Extended, Kind.Merged, Kind.Noted],
        [State.Dispatched] = [Kind.CheckedIn, Kind.HandlingStarted, Kind.Dispatched, Kind.Suspended, Kind.Extended, Kind.Merged, Kind.Noted],
        [State.CheckedIn] = [Kind.HandlingStarted, Kind.Resolved, Kind.Suspended, Kind.Extended, Kind.Noted],
        [State.Handling] = [Kind.Resolved, Kind.Dispatched, Kind.Suspended, Kind.Extended, Kind.Noted],
        [State.Resolved] = [Kind.Verified, Kind.Reworked, Kind.Noted],
        [State.Verified] = [Kind.Closed, Kind.Reworked, Kind.Noted],
        [State.Suspended] = [Kind.Resumed, Kind.Noted],
        [State.Closed] = [Kind.Reopened, Kind.Noted],
        [State.Rejected] = [Kind.Noted],
        [State.Merged] = [Kind.Noted],
    }.ToFrozenDictionary();

    /// <summary>The moves that a state allows, the usual one first.</summary>
    /// <param name="state">State of the case.</param>
    public static IReadOnlyList<Kind> From(State state) => Moves[state];

    /// <summary>Whether a state allows a move. What changes no state (re-gridding, recounting, showing a contact) is no move and always passes.</summary>
    /// <param name="state">State of the case.</param>
    /// <param name="kind">The move.</param>
    public static bool Allows(State state, Kind kind) => kind is Kind.Regridded or Kind.Recounted or Kind.ContactRevealed || Array.IndexOf(Moves[state], kind) >= 0;

    /// <summary>The state after a move.</summary>
    /// <param name="incident">The case before it.</param>
    /// <param name="kind">A legal move.</param>
    public static State After(Incident incident, Kind kind) => kind switch
    {
        Kind.Accepted => State.Accepted,
        Kind.Rejected => State.Rejected,
        Kind.Merged => State.Merged,
        Kind.Dispatched => State.Dispatched,
        Kind.CheckedIn => State.CheckedIn,
        Kind.HandlingStarted or Kind.Reworked => State.Handling,
        Kind.Resolved => State.Resolved,
        Kind.Verified => State.Verified,
        Kind.Closed => State.Closed,
        Kind.Suspended => State.Suspended,
        Kind.Resumed => incident.SuspendedFrom ?? State.Handling,
        // A reopened case is a case again and must be dispatched anew.
        Kind.Reopened => State.Accepted,
        Kind.Extended or Kind.Noted or Kind.Regridded or Kind.Recounted or Kind.ContactRevealed => incident.State,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a move."),
    };
}
