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
