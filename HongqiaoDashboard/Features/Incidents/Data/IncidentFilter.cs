using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>The conditions of a list as the database answers them, each written so that its index can serve it.</summary>
internal static partial class IncidentFilter
{
    /// <summary>States in which a case is open; as a list, because an index serves <c>IN</c> and not <c>&lt;&gt;</c>.</summary>
    public static readonly IncidentState[] OpenStates = [.. Enum.GetValues<IncidentState>().Where(state => state.IsOpen())];

    // A community and what is smaller is a small part of all cases, and its range of the index is quickly read; of what is
    // larger, enough cases are met soon on the way back in time.
    private const int RangePays = 12;

    /// <summary>Narrows rows to what a list shows.</summary>
    /// <param name="rows">All that the actor may see.</param>
    /// <param name="query">What the list shows.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <param name="now">Promises that end before this are broken; whole milliseconds.</param>
    /// <param name="counting">True to count them all, false to take the first few in their order.</param>
    public static IQueryable<Incident> Where(this IQueryable<Incident> rows, IncidentQuery query, TimeZoneInfo zone, DateTimeOffset now, bool counting)
    {
        if (query.Selection is { } selection)
        {
            rows = rows.Where(selection.Cases);
        }

        if (query.States.Count > 0)
        {
            var states = query.States.ToArray();
            rows = rows.Where(i => states.Contains(i.State));
        }

        // Overdue says open already; said again, it keeps the planner from walking all cases back in time for a few.
        if (query.OpenOnly || query.OverdueOnly)
        {
            rows = rows.Where(i => OpenStates.Contains(i.State));
        }

        rows = query.OverdueOnly ? rows.Where(i => i.DueAt < now) : rows;
        rows = query.Category is { } category ? rows.Where(i => i.Category == category) : rows;
        rows = query.Type is { } type ? rows.Where(i => i.Type == type) : rows;
        rows = query.Severity is { } severity ? rows.Where(i => i.Severity == severity) : rows;
        rows = query.Department is { } department ? rows.Where(i => i.Department == department) : rows;
        if (query.ReportedFrom is { } first)
        {
            var from = zone.StartOf(first);
            rows = rows.Where(i => i.ReportedAt >= from);
        }

        if (query.ReportedTo is { } last && last < DateOnly.MaxValue)
        {
            var before = zone.StartOf(last.AddDays(1));
            rows = rows.Where(i => i.ReportedAt < before);
        }

        return Within(WithText(rows, query.Text), query.GridCode, counting);
    }

    private static IQueryable<Incident> Within(IQueryable<Incident> rows, string? grid, bool counting)
    {
        if (string.IsNullOrEmpty(grid))
        {
            return rows;
        }

        if (counting || grid.Length >= RangePays)
        {
            // Codes are digits, and the colon is what follows the nine.
            var after = grid + ":";
#pragma warning disable CA1309 // This becomes SQL, where the column compares its bytes.
            return rows.Where(i => string.Compare(i.GridCode, grid) >= 0 && string.Compare(i.GridCode, after) < 0);
#pragma warning restore CA1309
        }

        var length = grid.Length;
        return rows.Where(i => i.GridCode.Substring(0, length) == grid);
    }

    private static IQueryable<Incident> WithText(IQueryable<Incident> rows, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return rows;
        }

        text = text.Trim();
        if (Number().Match(text) is { Success: true } number)
        {
            var from = "HQ" + number.Groups[1].Value;
            var after = from + ":";
#pragma warning disable CA1309 // As above.
            return rows.Where(i => string.Compare(i.Number, from) >= 0 && string.Compare(i.Number, after) < 0);
#pragma warning restore CA1309
        }

        var pattern = "%" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal)
            .Replace("_", "\\_", StringComparison.Ordinal) + "%";
        return rows.Where(i => EF.Functions.Like(i.Description, pattern, "\\") || EF.Functions.Like(i.Address!, pattern, "\\"));
    }

    // A number or its beginning; without the letters only if the hyphen shows that no phone number is meant.
    [GeneratedRegex(@"^(?:HQ(?=\d{0,8}$|\d{8}-)|(?=\d{8}-))(\d+(?:-\d{0,6})?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
