using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>One thing to count: a slot, and the instant from which it counts.</summary>
/// <param name="Slot">A slot of <see cref="Metric"/>.</param>
/// <param name="At">The instant; a mark in the future counts when its time has come.</param>
internal readonly record struct Mark(int Slot, DateTimeOffset At);

/// <summary>Turns the facts of a case into what is counted of it. This is the only place that knows the formulas' inputs.</summary>
internal static class Marks
{
    /// <summary>Collects the marks of a case.</summary>
    /// <param name="facts">The case.</param>
    /// <param name="zone">The zone whose days and months count.</param>
    /// <param name="into">Receives them; not cleared.</param>
    public static void Collect(IncidentFacts facts, TimeZoneInfo zone, List<Mark> into)
    {
        into.Add(new Mark(Metric.Reported, facts.ReportedAt));
        if (facts.AcceptedAt is { } accepted)
        {
            into.Add(new Mark(Metric.Accepted, accepted));
            Pair(Metric.ClosedOfAccepted, accepted, facts.ClosedAt, zone, into);
        }

        if (facts.ClosedAt is { } closed)
        {
            into.Add(new Mark(Metric.Closed, closed));
        }

        if (IsPromised(facts, facts.ResolveBy))
        {
            into.Add(new Mark(Metric.DueResolve, facts.ResolveBy));
            if (facts.ResolvedAt <= facts.ResolveBy)
            {
                into.Add(new Mark(Metric.ResolvedInTime, facts.ResolveBy));
            }
        }

        if (IsPromised(facts, facts.CloseBy))
        {
            into.Add(new Mark(Metric.DueClose, facts.CloseBy));
            if (facts.ClosedAt <= facts.CloseBy)
            {
                into.Add(new Mark(Metric.ClosedInTime, facts.CloseBy));
            }

            Pair(Metric.ClosedOfDue, facts.CloseBy, facts.ClosedAt, zone, into);
            Pair(Metric.ReworkedOfDue, facts.CloseBy, facts.ReworkedAt, zone, into);
            Pair(Metric.ExtendedOfDue, facts.CloseBy, facts.ExtendedAt, zone, into);
        }
    }

    /// <summary>
    /// Whether a promised time stands: not for what was never taken on (rejected, merged), and not while the clock stands
    /// still, unless it had been missed before the clock was stopped.
    /// </summary>
    /// <param name="facts">The case.</param>
    /// <param name="promise">One of its two promised times.</param>
    public static bool IsPromised(IncidentFacts facts, DateTimeOffset promise) =>
        facts.State is not (IncidentState.Rejected or IncidentState.Merged) && (facts.SuspendedAt is not { } since || promise <= since);

    private static void Pair(int slot, DateTimeOffset anchor, DateTimeOffset? done, TimeZoneInfo zone, List<Mark> into)
    {
        if (done is not { } at)
        {
            return;
        }

        var counts = at > anchor ? at : anchor;
        into.Add(new Mark(slot + (int)PeriodLength.All, counts));
        var (from, to) = (zone.DayOf(anchor), zone.DayOf(counts));
        if (from.Year != to.Year)
        {
            return;
        }

        into.Add(new Mark(slot + (int)PeriodLength.Year, counts));
        if (from.Month != to.Month)
        {
            return;
        }

        into.Add(new Mark(slot + (int)PeriodLength.Month, counts));
        if (from == to)
        {
            into.Add(new Mark(slot + (int)PeriodLength.Day, counts));
        }
    }
}
