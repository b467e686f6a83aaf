using System.Linq.Expressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// Which cases somebody may see: those that lie in their grid, and, for whoever belongs to a department, those that it has. The one
/// place that says so, for rows and for a case in hand.
/// </summary>
internal sealed class IncidentReadScope : IReadScope<Incident>
{
    public Expression<Func<Incident, bool>>? For(Actor actor) => Condition(actor);

    /// <summary>The condition on rows; null for all of them.</summary>
    /// <param name="actor">Who looks.</param>
    public static Expression<Func<Incident, bool>>? Condition(Actor actor) => (actor.ScopeCode, actor.Department) switch
    {
        (null, null) => null,
        ({ } scope, null) => incident => incident.GridCode.StartsWith(scope),
        (null, { } department) => incident => incident.Department == department,
        var (scope, department) => incident => incident.GridCode.StartsWith(scope) && incident.Department == department,
    };

    /// <summary>Whether a case in hand is one of them.</summary>
    /// <param name="actor">Who looks.</param>
    /// <param name="incident">The case.</param>
    public static bool Covers(Actor actor, Incident incident) =>
        actor.Reaches(incident.GridCode) && (actor.Department is not { } department || incident.Department == department);
}

/// <summary>The log as a whole is for readers without bounds; others read the entries of a case that they may see.</summary>
internal sealed class IncidentEventReadScope : IReadScope<IncidentEvent>
{
    public Expression<Func<IncidentEvent, bool>>? For(Actor actor) => !actor.IsBound ? null : _ => false;
}

/// <summary>Contacts are for whoever has found their case in their own scope first; nobody else lists them.</summary>
internal sealed class IncidentContactReadScope : IReadScope<IncidentContact>
{
    public Expression<Func<IncidentContact, bool>>? For(Actor actor) => !actor.IsBound ? null : _ => false;
}

/// <summary>Everybody sees their own filters and those that are shared.</summary>
internal sealed class SavedFilterReadScope : IReadScope<SavedFilter>
{
    public Expression<Func<SavedFilter, bool>>? For(Actor actor) => filter => filter.ActorId == actor.Id || filter.Shared;
}
