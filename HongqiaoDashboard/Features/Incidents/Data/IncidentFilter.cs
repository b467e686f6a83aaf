using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>The condition of a list that leads to its cases; the others are looked at on the way.</summary>
internal enum CaseLead
{
    /// <summary>None: the order of the list is walked.</summary>
    Order,
    /// <summary>The number.</summary>
    Number,
    /// <summary>The index of texts.</summary>
    Text,
    /// <summary>The states.</summary>
    State,
    /// <summary>The grid.</summary>
    Grid,
    /// <summary>The type.</summary>
    Type,
    /// <summary>The department.</summary>
    Department,
    /// <summary>The category.</summary>
    Category,
}

/// <summary>What many is, by which a list chooses its way; what it shows does not depend on it.</summary>
/// <param name="Reach">Most cases that a list counts and leafs through.</param>
/// <param name="RareText">A text that stands in no more cases leads before all else.</param>
/// <param name="MostFound">Most cases in whose texts a text stands that are led to by it, if nothing better leads.</param>
internal readonly record struct ListLimits(int Reach, int RareText, int MostFound)
{
    /// <summary>Those of the lists, as measured with a million cases.</summary>
    public static ListLimits Usual { get; } = new(IncidentQuery.Reach, 20_000, 100_000);
}

/// <summary>
/// The conditions of a list as the database answers them. The one that leads is written so that its index serves it, the
/// others so that theirs do not: the database knows nothing of how many cases are open or lie in a community, and would as
/// soon walk through a department's hundred thousand.
/// </summary>
internal static partial class IncidentFilter
{
    /// <summary>States in which a case is open; as a list, because an index serves <c>IN</c> and not <c>&lt;&gt;</c>.</summary>
    public static readonly IncidentState[] OpenStates = [.. Enum.GetValues<IncidentState>().Where(state => state.IsOpen())];

    private const int CommunityLength = 12;

    /// <summary>The condition that leaves the fewest cases, as experience has it.</summary>
    /// <param name="query">What the list shows.</param>
    /// <param name="hits">In how many cases' texts the text stands; counted up to one more than the limit.</param>
    /// <param name="limits">What many is.</param>
    public static CaseLead Lead(IncidentQuery query, int hits, ListLimits limits) => query switch
    {
        { Text: { } text } when Number().IsMatch(text.Trim()) => CaseLead.Number,
        { Text: not null } when hits <= limits.RareText => CaseLead.Text,
        { GridCode.Length: > CommunityLength } => CaseLead.Grid,
        { OpenOnly: true } or { OverdueOnly: true } => CaseLead.State,
        { States: { Count: > 0 } states } when states.All(state => state != IncidentState.Closed) => CaseLead.State,
        { GridCode.Length: CommunityLength } => CaseLead.Grid,
        { Type: not null } => CaseLead.Type,
        { Text: not null } when hits <= limits.MostFound => CaseLead.Text,
        { Department: not null } => CaseLead.Department,
        { Category: not null } => CaseLead.Category,
        { GridCode: not null } => CaseLead.Grid,
        { States.Count: > 0 } => CaseLead.State,
        _ => CaseLead.Order,
    };

    /// <summary>Whether a text means a case's number, or its beginning.</summary>
    /// <param name="text">What somebody looks for.</param>
    public static bool IsNumber(string text) => Number().IsMatch(text.Trim());

    /// <summary>Narrows rows to what a list shows.</summary>
    /// <param name="rows">All that the actor may see.</param>
    /// <param name="query">What the list shows.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <param name="now">Promises that end before this are broken; whole milliseconds.</param>
    /// <param name="lead">The condition that leads.</param>
    /// <param name="found">Keys of the cases in whose texts the text stands; null when no text is looked for.</param>
    public static IQueryable<Incident> Where(
        this IQueryable<Incident> rows, IncidentQuery query, TimeZoneInfo zone, DateTimeOffset now, CaseLead lead, IQueryable<long>? found)
    {
        if (query.Selection is { } selection)
        {
            rows = rows.Where(selection.Cases);
        }

        rows = query.States.Count > 0 ? In(rows, [.. query.States], lead == CaseLead.State) : rows;
        // Overdue says open already; said again, the states lead to them too.
        rows = query.OpenOnly || query.OverdueOnly ? In(rows, OpenStates, lead == CaseLead.State) : rows;
        rows = query.OverdueOnly ? rows.Where(i => i.DueAt < now) : rows;
        rows = query.Severity is { } severity ? rows.Where(i => i.Severity == severity) : rows;
        rows = query.Category is not { } category ? rows
            : lead == CaseLead.Category ? rows.Where(i => i.Category == category) : rows.Where(i => i.Category + "" == category);
        rows = query.Type is not { } type ? rows
            : lead == CaseLead.Type ? rows.Where(i => i.Type == type) : rows.Where(i => i.Type + "" == type);
        rows = query.Department is not { } department ? rows
            : lead == CaseLead.Department ? rows.Where(i => i.Department == department) : rows.Where(i => i.Department + "" == department);
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

        return Within(WithText(rows, query.Text, found, lead), query.GridCode, lead);
    }

    private static IQueryable<Incident> In(IQueryable<Incident> rows, IncidentState[] states, bool leads)
    {
        if (leads)
        {
            return rows.Where(i => states.Contains(i.State));
        }

        var (numbers, nothing) = (states.Select(state => (int)state).ToArray(), 0);
        return rows.Where(i => numbers.Contains((int)i.State + nothing));
    }

    private static IQueryable<Incident> Within(IQueryable<Incident> rows, string? grid, CaseLead lead)
    {
        if (string.IsNullOrEmpty(grid))
        {
            return rows;
        }

        if (lead == CaseLead.Grid)
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

    private static IQueryable<Incident> WithText(IQueryable<Incident> rows, string? text, IQueryable<long>? found, CaseLead lead)
    {
        if (lead == CaseLead.Number && Number().Match(text!.Trim()) is { Success: true } number)
        {
            var from = "HQ" + number.Groups[1].Value;
            var after = from + ":";
#pragma warning disable CA1309 // As above.
            return rows.Where(i => string.Compare(i.Number, from) >= 0 && string.Compare(i.Number, after) < 0);
#pragma warning restore CA1309
        }

        var nothing = 0L;
        return found is null ? rows
            : lead == CaseLead.Text ? rows.Where(i => found.Contains(i.Id)) : rows.Where(i => found.Contains(i.Id + nothing));
    }

    // A number or its beginning; without the letters only if the hyphen shows that no phone number is meant.
    [GeneratedRegex(@"^(?:HQ(?=\d{0,8}$|\d{8}-)|(?=\d{8}-))(\d+(?:-\d{0,6})?)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
