using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Domain;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Situation.Data;

/// <summary>
/// The cases that a figure counts, as conditions on the columns of a row: the same definitions as <see cref="Marks"/> with
/// <see cref="KpiFormulas"/>, for a list of the cases and for a check of the figures against the rows.
/// </summary>
/// <remarks>
/// A period counts from its first instant to its cutoff, both included. A paired metric belongs to the period of its anchor
/// and counts once the later of anchor and second instant has come, if both lie in one day, month or year; within a period
/// that is: the anchor lies between start and cutoff, and the second instant is no later than the cutoff.
/// </remarks>
internal static class KpiCases
{
    private static readonly IncidentState[] OpenStates = [.. Enum.GetValues<IncidentState>().Where(state => state.IsOpen())];

    /// <summary>Cases that are open.</summary>
    public static Expression<Func<Incident, bool>> Open { get; } = i => OpenStates.Contains(i.State);

    /// <summary>Open cases whose next promised time has passed.</summary>
    /// <param name="now">The instant, whole milliseconds like every stored one.</param>
    public static Expression<Func<Incident, bool>> Overdue(DateTimeOffset now) => i => i.DueAt < now;

    /// <summary>The cases of a figure of a period.</summary>
    /// <param name="key">Key of the figure.</param>
    /// <param name="period">The period, made from an instant of whole milliseconds.</param>
    /// <returns>Numerator and denominator, the latter null for a count; null for a key that is none.</returns>
    public static (Expression<Func<Incident, bool>> Numerator, Expression<Func<Incident, bool>>? Denominator)? Of(string key, Period period)
    {
        var (from, cutoff) = (period.Start, period.Cutoff);
        return key switch
        {
            "reported" => (i => i.ReportedAt >= from && i.ReportedAt <= cutoff, null),
            "accepted" => (Accepted(from, cutoff), null),
            "closed" => (i => i.ClosedAt >= from && i.ClosedAt <= cutoff, null),
            "completionRate" => Rate(Accepted(from, cutoff), i => i.ClosedAt <= cutoff),
            "closureRate" => Rate(DueToClose(from, cutoff), i => i.ClosedAt <= cutoff),
            "closureInTimeRate" => Rate(DueToClose(from, cutoff), i => i.ClosedAt <= i.CloseBy),
            "resolutionInTimeRate" => Rate(DueToResolve(from, cutoff), i => i.ResolvedAt <= i.ResolveBy),
            "reworkRate" => Rate(DueToClose(from, cutoff), i => i.ReworkedAt <= cutoff),
            "extensionRate" => Rate(DueToClose(from, cutoff), i => i.ExtendedAt <= cutoff),
            _ => null,
        };
    }

    private static Expression<Func<Incident, bool>> Accepted(DateTimeOffset from, DateTimeOffset cutoff) =>
        i => i.AcceptedAt >= from && i.AcceptedAt <= cutoff;

    // A promise stands unless the case was never taken on, or its clock was stopped before the promise was broken.
    private static Expression<Func<Incident, bool>> DueToClose(DateTimeOffset from, DateTimeOffset cutoff) =>
        i => i.CloseBy >= from && i.CloseBy <= cutoff && i.State != IncidentState.Rejected && i.State != IncidentState.Merged
            && (i.SuspendedAt == null || i.CloseBy <= i.SuspendedAt);

    private static Expression<Func<Incident, bool>> DueToResolve(DateTimeOffset from, DateTimeOffset cutoff) =>
        i => i.ResolveBy >= from && i.ResolveBy <= cutoff && i.State != IncidentState.Rejected && i.State != IncidentState.Merged
            && (i.SuspendedAt == null || i.ResolveBy <= i.SuspendedAt);

    private static (Expression<Func<Incident, bool>>, Expression<Func<Incident, bool>>?) Rate(
        Expression<Func<Incident, bool>> denominator, Expression<Func<Incident, bool>> condition)
    {
        var same = new Renamed(condition.Parameters[0], denominator.Parameters[0]).Visit(condition.Body);
        return (Expression.Lambda<Func<Incident, bool>>(Expression.AndAlso(denominator.Body, same), denominator.Parameters), denominator);
    }

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <summary>Tells the list of cases what is behind a figure.</summary>
internal sealed class KpiSelection(IGridDirectory grids, IStringLocalizer<KpiTexts> text) : ICaseSelection
{
    private const string Numerator = "numerator";
    private const string Denominator = "denominator";

    public bool TrySelect(string kpi, string period, string? part, DateTimeOffset now, [NotNullWhen(true)] out CaseSelection? selection)
    {
        // Cut like the projection's clock, so that list and figure break at the same instant.
        now = DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeMilliseconds());
        selection = null;
        if (part is not (null or Numerator or Denominator))
        {
            return false;
        }

        if (kpi is "open" or "overdue")
        {
            selection = period == "now" && part is null or Numerator
                ? new CaseSelection(Title(kpi, period), kpi == "open" ? KpiCases.Open : KpiCases.Overdue(now))
                : null;
        }
        else if (Periods.At(now, grids.Current.TimeZone).FirstOrDefault(p => p.Name == period) is { } span && KpiCases.Of(kpi, span) is { } cases)
        {
            selection = cases.Denominator is { } denominator ? Side(kpi, period, part ?? Denominator, cases.Numerator, denominator)
                : part is null or Numerator ? new CaseSelection(Title(kpi, period), cases.Numerator)
                : null;
        }

        return selection is not null;
    }

    private CaseSelection Side(
        string kpi, string period, string part, Expression<Func<Incident, bool>> numerator, Expression<Func<Incident, bool>> denominator) =>
        new(Title(kpi, period), part == Numerator ? numerator : denominator)
        {
            Counted = part == Denominator ? numerator : null,
            MissLabel = part == Denominator ? text[$"Miss.{kpi}"].Value : null,
            Part = part,
            Parts = [(Denominator, text[$"Denominator.{kpi}"]), (Numerator, text[$"Numerator.{kpi}"])],
        };

    private string Title(string kpi, string period) => text["Title", text[$"Kpi.{kpi}"], text[$"Period.{period}"]];
}
