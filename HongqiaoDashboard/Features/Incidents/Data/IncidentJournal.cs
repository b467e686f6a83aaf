using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// The one way by which a case comes to be or changes: its row, its log entry and its words in the index of texts together, in
/// the lane's transaction, and the word to those who wait for it after the commit.
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
        Insert(session, incident);
        Log(session, incident, null, IncidentEventKind.Reported, incident.ReportedAt, detail, actor);
    }

    /// <summary>Writes a new case with a past: its row once, as its entries leave it, and all of them.</summary>
    /// <param name="session">The open transaction.</param>
    /// <param name="begun">The case right after the report; its places in the log are taken here.</param>
    /// <param name="detail">What the report named.</param>
    /// <param name="past">What happened after it, in order.</param>
    /// <param name="actor">Who brought it.</param>
    public void BeginHistory(
        WriteSession session, Incident begun, IncidentEventDetail detail, IReadOnlyList<HistoricEntry> past, Actor actor)
    {
        var incident = begun with { LastSeq = session.Next(LogSequence) };
        Log(session, incident, null, IncidentEventKind.Reported, incident.ReportedAt, detail, actor);
        foreach (var entry in past)
        {
            var after = IncidentFold.Apply(incident, entry.Kind, entry.At, entry.Detail, session.Next(LogSequence));
            Log(session, after, incident, entry.Kind, entry.At, entry.Detail, actor);
            incident = after;
        }

        Insert(session, incident);
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
        // Of a new case nobody knows the number yet, so this alone is told.
        var number = after.Number;
        session.AfterCommit(() => changes.Raise(number));
        return after;
    }

    // The one place where a row comes to be, whatever else must be written with it.
    private static void Insert(WriteSession session, Incident incident)
    {
        session.Hot<Incident>().Insert(incident);
        session.Hot<CaseSearchRow>().Insert(CaseSearchRow.Of(incident.Id, incident.Description, incident.Address));
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
    }
}
