using System.Linq.Expressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>A grid code is a prefix of the codes below it, so a scope is a prefix too.</summary>
internal sealed class IncidentReadScope : IReadScope<Incident>
{
    public Expression<Func<Incident, bool>>? For(Actor actor) =>
        actor.ScopeCode is { } scope ? incident => incident.GridCode.StartsWith(scope) : null;
}

/// <summary>The log as a whole is for readers without bounds; others read the entries of a case that they may see.</summary>
internal sealed class IncidentEventReadScope : IReadScope<IncidentEvent>
{
    public Expression<Func<IncidentEvent, bool>>? For(Actor actor) => actor.ScopeCode is null ? null : _ => false;
}

/// <summary>Contacts are for whoever has found their case in their own scope first; nobody else lists them.</summary>
internal sealed class IncidentContactReadScope : IReadScope<IncidentContact>
{
    public Expression<Func<IncidentContact, bool>>? For(Actor actor) => actor.ScopeCode is null ? null : _ => false;
}

/// <summary>Everybody sees their own filters and those that are shared.</summary>
internal sealed class SavedFilterReadScope : IReadScope<SavedFilter>
{
    public Expression<Func<SavedFilter, bool>>? For(Actor actor) => filter => filter.ActorId == actor.Id || filter.Shared;
}
