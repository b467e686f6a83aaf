using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// The one way by which a case comes to be or changes: its row and its log entry together, in the lane's transaction, and
/// the word to those who wait for it after the commit.
/// </summary>
internal sealed class IncidentJournal(IncidentLogSignal signal, IncidentChanges changes)
{
    /// <summary>Name of the log's sequence.</summary>
    public const string LogSequence = "incident-log";

    /// <summary>Writes a new case.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="incident">The case; its <see cref="Incident.LastSeq"/> was taken from <see cref="LogSequence"/> in this session.</param>
    /// <param name="detail">What the report named.</param>
    /// <param name="actor">Who brought it.</param>
    public void Begin(WriteSession session, Incident incident, IncidentEventDetail detail, Actor actor)
    {
        session.Hot<Incident>().Insert(incident);
        Log(session, incident, null, IncidentEventKind.Reported, incident.ReportedAt, detail, actor);
    }

    /// <summary>Writes what happened to a case.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="before">The case as it was read in this transaction.</param>
    /// <param name="kind">What happened.</param>
    /// <param name="at">When.</param>
    /// <param name="detail">What was named.</param>
    /// <param name="actor">Who did it.</param>
    /// <returns>The case after it.</returns>
    /// <exception cref="RefusedException"><c>MovedMeanwhile</c>.</exception>
    public Incident Append(
        WriteSession session, Incident before, IncidentEventKind kind, DateTimeOffset at, IncidentEventDetail detail, Actor actor)
    {
        var after = IncidentFold.Apply(before, kind, at, detail, session.Next(LogSequence));
        if (!session.Hot<Incident>().Update(after, before.Version))
        {
            throw new RefusedException("MovedMeanwhile", before.Number, before.State, before.UpdatedAt);
        }

        Log(session, after, before, kind, at, detail, actor);
        return after;
    }

    private void Log(
        WriteSession session, Incident after, Incident? before, IncidentEventKind kind, DateTimeOffset at, IncidentEventDetail detail, Actor actor)
    {
        session.Hot<IncidentEvent>().Insert(new IncidentEvent
        {
            Seq = after.LastSeq,
            IncidentId = after.Id,
            Kind = kind,
            At = at,
            ActorId = actor.Id,
            ActorName = actor.Name,
            From = before?.State,
            To = after.State,
            Detail = detail,
            Before = before?.ToFacts(),
            After = after.ToFacts(),
        });
        session.AfterCommit(signal.Pulse);
        if (before is not null)
        {
            var number = after.Number;
            session.AfterCommit(() => changes.Raise(number));
        }
    }
}
