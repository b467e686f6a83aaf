using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>
/// Puts the steps of a historic case in order and judges whether they can have happened so. Steps may be missing, since
/// records rarely keep all of them; those that are there keep the order of the lifecycle.
/// </summary>
internal static class HistoricOrder
{
    private const int Over = 100;

    /// <summary>Sorts by time, equal times by the lifecycle, and finds what cannot be.</summary>
    /// <param name="historic">The case.</param>
    /// <param name="now">Now.</param>
    /// <param name="steps">The steps in order.</param>
    /// <returns>Why not, or null.</returns>
    public static HistoricFault? Judge(HistoricCase historic, DateTimeOffset now, out List<HistoricStep> steps)
    {
        steps = [.. historic.Steps];
        steps.Sort((a, b) => a.At.CompareTo(b.At) is var order and not 0 ? order : Place(a.Kind).CompareTo(Place(b.Kind)));
        if (historic.ReportedAt > now)
        {
            return new(new Refusal("ReportInFuture", historic.ReportedAt), Kind.Reported);
        }

        foreach (var step in steps)
        {
            if (step.At < historic.ReportedAt)
            {
                return new(new Refusal("StepBeforeReport", step.Kind, step.At, historic.ReportedAt), step.Kind);
            }

            if (step.At > now)
            {
                return new(new Refusal("StepInFuture", step.Kind, step.At), step.Kind);
            }
        }

        return Walk(steps);
    }

    private static HistoricFault? Walk(List<HistoricStep> steps)
    {
        var reached = 0;
        HistoricStep last = default;
        var suspended = false;
        foreach (var step in steps)
        {
            var place = Place(step.Kind);
            if (reached == Over)
            {
                return new(new Refusal("StepAfterEnd", step.Kind, step.At, last.Kind, last.At), step.Kind);
            }

            if (suspended && step.Kind != Kind.Resumed)
            {
                return new(new Refusal("StepWhileSuspended", step.Kind, step.At), step.Kind);
            }

            switch (step.Kind)
            {
                case Kind.Suspended:
                    suspended = true;
                    continue;
                case Kind.Resumed when !suspended:
                    return new(new Refusal("NotSuspended", step.At), step.Kind);
                case Kind.Resumed:
                    suspended = false;
                    continue;
                case Kind.Extended:
                    continue;
                case Kind.Rejected when reached > 0:
                    return new(new Refusal("StepAfterEnd", last.Kind, last.At, step.Kind, step.At), last.Kind);
                case Kind.Reworked:
                    // Back to handling: what comes after that may come again.
                    (reached, last) = (Place(Kind.HandlingStarted), step);
                    continue;
                default:
                    if (place <= reached)
                    {
                        return new(new Refusal("StepsOutOfOrder", last.Kind, last.At, step.Kind, step.At), last.Kind);
                    }

                    (reached, last) = (step.Kind is Kind.Closed or Kind.Rejected ? Over : place, step);
                    continue;
            }
        }

        return null;
    }

    // A rework at the time of a result is the one before it: the records name the last result.
    private static int Place(Kind kind) => kind switch
    {
        Kind.Accepted => 1,
        Kind.Dispatched => 2,
        Kind.CheckedIn => 3,
        Kind.HandlingStarted => 4,
        Kind.Suspended => 5,
        Kind.Resumed => 6,
        Kind.Extended => 7,
        Kind.Reworked => 8,
        Kind.Resolved => 9,
        Kind.Verified => 10,
        Kind.Rejected => 11,
        Kind.Closed => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a step that records name."),
    };
}
