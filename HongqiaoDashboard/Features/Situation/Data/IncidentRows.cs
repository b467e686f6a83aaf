using System.Linq.Expressions;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Situation.Data;

/// <summary>Reads of the rows that the situation needs, each bounded by a day, a grid or the open set and served by an index.</summary>
internal static class IncidentRows
{
    /// <summary>The countable part of a row, read without the reporter's words.</summary>
    public static readonly Expression<Func<Incident, IncidentFacts>> Facts = i => new IncidentFacts
    {
        Number = i.Number, State = i.State, GridCode = i.GridCode, Category = i.Category, Type = i.Type, Severity = i.Severity,
        Latitude = i.Latitude, Longitude = i.Longitude, ReportedAt = i.ReportedAt, AcceptedAt = i.AcceptedAt, ResolvedAt = i.ResolvedAt,
        ClosedAt = i.ClosedAt, ResolveBy = i.ResolveBy, CloseBy = i.CloseBy, SuspendedAt = i.SuspendedAt, ReworkedAt = i.ReworkedAt,
        ExtendedAt = i.ExtendedAt, Department = i.Department,
    };

    private static readonly IncidentState[] OpenStates = [.. Enum.GetValues<IncidentState>().Where(s => s.IsOpen())];

    /// <summary>Open cases.</summary>
    /// <param name="rows">All cases.</param>
    public static IQueryable<IncidentFacts> Open(this IQueryable<Incident> rows) => rows.Where(i => OpenStates.Contains(i.State)).Select(Facts);

    /// <summary>Cases of which something happens, or falls due, within a span.</summary>
    /// <param name="rows">All cases.</param>
    /// <param name="from">First instant.</param>
    /// <param name="before">Instant after the last.</param>
    public static IQueryable<IncidentFacts> WithMarksIn(this IQueryable<Incident> rows, DateTimeOffset from, DateTimeOffset before) => rows
        .Where(i => (i.ReportedAt >= from && i.ReportedAt < before)
            || (i.AcceptedAt >= from && i.AcceptedAt < before)
            || (i.ClosedAt >= from && i.ClosedAt < before)
            || (i.ResolveBy >= from && i.ResolveBy < before)
            || (i.CloseBy >= from && i.CloseBy < before)
            || (i.ReworkedAt >= from && i.ReworkedAt < before)
            || (i.ExtendedAt >= from && i.ExtendedAt < before))
        .Select(Facts);

    /// <summary>Newest cases of a scope by time of report.</summary>
    /// <param name="rows">All cases.</param>
    /// <param name="scope">Grid code of any tier.</param>
    /// <param name="isBasic">Whether it is a basic grid.</param>
    /// <param name="count">How many.</param>
    public static IQueryable<IncidentFacts> Newest(this IQueryable<Incident> rows, string scope, bool isBasic, int count)
    {
        // A basic grid has its own index; for what is larger the walk back in time meets enough of its cases soon, and the
        // substring keeps the planner from sorting a whole street instead.
        var length = scope.Length;
        var within = isBasic ? rows.Where(i => i.GridCode == scope) : rows.Where(i => i.GridCode.Substring(0, length) == scope);
        return within.OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Number).Take(count).Select(Facts);
    }
}
