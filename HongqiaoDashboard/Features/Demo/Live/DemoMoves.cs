using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Demo.Live;

/// <summary>A move that is to be made.</summary>
/// <param name="At">When.</param>
/// <param name="Move">The move, as it is made then.</param>
internal readonly record struct DemoMove(DateTimeOffset At, IncidentMove Move);

/// <summary>
/// What the demo does next with an open case: the next step of the life that it was given, so long after its last move as that
/// life has it. Where somebody else has led it off its way, the usual move of its state.
/// </summary>
internal sealed class DemoMoves(DemoCases cases, DemoStories stories, IIncidentCatalog catalog, IIncidentDesk desk)
{
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(40);

    /// <summary>The next move; null for a case that wants none.</summary>
    /// <param name="incident">An open case of this demo.</param>
    /// <param name="now">When it would be made at the earliest.</param>
    public DemoMove? Next(Incident incident, DateTimeOffset now)
    {
        var legal = desk.LegalMoves(incident);
        if (!incident.State.IsOpen() || legal.Count == 0 || catalog.Type(incident.Type) is not { } type)
        {
            return null;
        }

        // Every move counts the version up by one, so it tells how far the life has come.
        var life = cases.Life(incident);
        var done = incident.Version - 1;
        if (done < life.Count && legal.Contains(life[done].Kind))
        {
            var (step, before) = (life[done], done == 0 ? incident.ReportedAt : life[done - 1].At);
            var at = incident.UpdatedAt + (step.At - before);
            return new DemoMove(at, Filled(incident, type, step, at < now ? now : at));
        }

        var usual = incident.UpdatedAt + UsualPause;
        return new DemoMove(usual, Filled(incident, type, new HistoricStep(legal[0], usual), usual < now ? now : usual));
    }

    private IncidentMove Filled(Incident incident, IncidentType type, HistoricStep step, DateTimeOffset at)
    {
        var due = incident.ResolvedAt is null ? incident.ResolveBy : incident.CloseBy;
        var until = step.Until is { } planned ? at + (planned - step.At) : (DateTimeOffset?)null;
        return new IncidentMove(step.Kind)
        {
            Department = step.Kind == Kind.Dispatched ? cases.Department(type) : null,
            Text = step.Text ?? (step.Kind == Kind.Resolved ? stories.Result(StableRandom.Of(cases.Seed, "result", incident.Number), type.Code) : null),
            // An extension is later than what was promised.
            Until = step.Kind == Kind.Extended && until <= due ? due.AddHours(4) : until,
            ApprovedBy = step.ApprovedBy,
        };
    }
}
