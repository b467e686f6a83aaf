using System.Linq.Expressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>
/// Pages of a list, quick however many cases there are. Few cases are led to by one condition, and put in order here; of many
/// the page is soon met on the way along the index of the order, and nobody counts them to the end.
/// </summary>
internal static class IncidentSearch
{
    private const int SummaryLength = 120;

    private static readonly IncidentQuery Nothing = new();

    private static readonly Expression<Func<Incident, Row>> Columns = i => new Row(
        i.Id, i.Number, i.Version, i.State, i.Category, i.Type, i.Severity, i.GridCode, i.Department, i.Description, i.Address,
        i.ReportedAt, i.ClosedAt, i.DueAt, i.UpdatedAt);

    /// <summary>A page.</summary>
    /// <param name="read">A session that began a snapshot: count and page are of one state of the database.</param>
    /// <param name="query">Which cases, in which order.</param>
    /// <param name="actor">Whose session it is.</param>
    /// <param name="zone">The zone whose days count.</param>
    /// <param name="now">The instant of the list, whole milliseconds.</param>
    /// <param name="limits">What many is.</param>
    public static IncidentPage Page(ReadSession read, IncidentQuery query, Actor actor, TimeZoneInfo zone, DateTimeOffset now, ListLimits limits)
    {
        query = Narrowed(query, actor);
        var condition = query.Text is { } text && !IncidentFilter.IsNumber(text) ? CaseText.Condition(text) : null;
        var found = condition is null ? null : read.Query<CaseSearchRow>().Where(s => s.Match == condition).Select(s => s.Id);
        var hits = found?.Take(limits.MostFound + 1).Count() ?? 0;
        var lead = IncidentFilter.Lead(query, hits, limits);
        IQueryable<Incident> Rows(CaseLead by) => read.Query<Incident>().Where(query, zone, now, by, found);

        var alone = query with { States = query.States.Count == 0 ? Nothing.States : query.States, Text = null, Order = default, Descending = true, Page = 1, PageSize = 25 } == Nothing;
        var all = alone && query.Text is null;
        // A word that stands in very many cases, and nothing else: they are many, and need not be looked up to know it.
        var many = alone && !actor.IsBound && hits > limits.Reach;
        // A text that does not lead stands in very many cases, and each time that it is asked for all of them are gathered.
        var common = found is not null && lead != CaseLead.Text && query.Selection is null;
        var keys = all || many ? null
            : !common ? Keys(Rows(lead), query.Order).Take(limits.Reach + 1).ToList()
            : Tested(read.Query<Incident>().Where(query with { Text = null }, zone, now, lead, null), query, limits) ?? Sorted(Rows, lead, query, limits);
        var few = keys?.Count <= limits.Reach;
        // What stands behind a figure is counted to the end, as the figure was; so is what costs a walk along one index.
        var exact = few || all || query.Selection is not null;
        var total = few ? keys!.Count : exact ? Rows(lead).Count() : limits.Reach;
        var reach = query.Selection is null ? Math.Min(total, limits.Reach) : total;

        var size = Math.Clamp(query.PageSize, 1, IncidentQuery.LongestPage);
        var pages = Math.Max(1, (reach + size - 1) / size);
        var page = Math.Clamp(query.Page, 1, pages);
        var skip = (page - 1) * size;
        var rows = total == 0 ? [] : few ? Chosen(read, Ordered(keys!, query).Skip(skip).Take(size))
            : keys is not null && common ? Chosen(read, keys.Skip(skip).Take(size))
            : Walked(Rows, lead, query, skip, size);

        HashSet<long>? counted = null;
        if (query.Selection?.Counted is { } numerator)
        {
            var ids = rows.ConvertAll(row => row.Id);
            counted = [.. read.Query<Incident>().Where(i => ids.Contains(i.Id)).Where(numerator).Select(i => i.Id)];
        }

        return new IncidentPage(rows.ConvertAll(row => Item(row, counted)), total, page, pages, now)
        {
            IsTotalExact = exact,
            IsTextIncomplete = found is not null && read.Query<CaseSearchProgress>().Any(p => p.Filled < p.Until),
        };
    }

    // Of a case only what its order needs: the index of the lead often holds that itself, and no row is read.
    private static IQueryable<Key> Keys(IQueryable<Incident> rows, IncidentOrder order) => order switch
    {
        IncidentOrder.Due => rows.Select(i => new Key(i.Id, i.ReportedAt, i.DueAt)),
        IncidentOrder.Updated => rows.Select(i => new Key(i.Id, i.UpdatedAt, null)),
        _ => rows.Select(i => new Key(i.Id, i.ReportedAt, null)),
    };

    // Where the other conditions leave few cases, their own texts are read; null where they leave many.
    private static List<Key>? Tested(IQueryable<Incident> rows, IncidentQuery query, ListLimits limits)
    {
        if (rows.Select(i => i.Id).Take(limits.Reach + 1).Count() > limits.Reach)
        {
            return null;
        }

        var words = CaseText.Words(query.Text).ToList();
        return [.. rows.Select(i => new { Key = new Key(i.Id, query.Order == IncidentOrder.Updated ? i.UpdatedAt : i.ReportedAt, i.DueAt), i.Description, i.Address })
            .AsEnumerable().Where(row => CaseText.Matches(words, row.Description, row.Address)).Select(row => row.Key)];
    }

    // As far as a list reaches, in its order; of cases without a promise only as many as are wanted.
    private static List<Key> Sorted(Func<CaseLead, IQueryable<Incident>> rows, CaseLead lead, IncidentQuery query, ListLimits limits)
    {
        // The last page may begin within the reach and end behind it.
        var most = limits.Reach + IncidentQuery.LongestPage;
        if (query.Order != IncidentOrder.Due)
        {
            return [.. Keys(Ordered(rows(query.Order == IncidentOrder.Updated ? CaseLead.Order : InTime(lead)), query), query.Order).Take(most)];
        }

        var keys = Keys(Ordered(rows(CaseLead.Order).Where(i => i.DueAt != null), query), query.Order).Take(most).ToList();
        if (keys.Count < most && !query.OverdueOnly)
        {
            var undated = rows(InTime(lead)).Where(i => i.DueAt == null).OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id);
            keys.AddRange(Keys(undated, query.Order).Take(most - keys.Count));
        }

        return keys;
    }

    // By the time of report every condition's index is in order too; by another time only the index of that time is.
    private static CaseLead InTime(CaseLead lead) => lead is CaseLead.Grid or CaseLead.Text ? CaseLead.Order : lead;

    private static IOrderedQueryable<Incident> Ordered(IQueryable<Incident> rows, IncidentQuery query) => (query.Order, query.Descending) switch
    {
        (IncidentOrder.Due, true) => rows.OrderByDescending(i => i.DueAt).ThenByDescending(i => i.Id),
        (IncidentOrder.Due, false) => rows.OrderBy(i => i.DueAt).ThenBy(i => i.Id),
        (IncidentOrder.Updated, true) => rows.OrderByDescending(i => i.UpdatedAt).ThenByDescending(i => i.Id),
        (IncidentOrder.Updated, false) => rows.OrderBy(i => i.UpdatedAt).ThenBy(i => i.Id),
        (_, true) => rows.OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id),
        (_, false) => rows.OrderBy(i => i.ReportedAt).ThenBy(i => i.Id),
    };

    // The scope of a reader is a condition like another, and may lead; the door asks it in any case.
    private static IncidentQuery Narrowed(IncidentQuery query, Actor actor)
    {
        query = query with { Text = string.IsNullOrWhiteSpace(query.Text) ? null : query.Text, GridCode = string.IsNullOrEmpty(query.GridCode) ? null : query.GridCode };
        query = actor.Department is { } own && query.Department is null ? query with { Department = own } : query;
        return actor.ScopeCode is { } scope && (query.GridCode is not { } grid || scope.StartsWith(grid, StringComparison.Ordinal))
            ? query with { GridCode = scope }
            : query;
    }

    private static IOrderedEnumerable<Key> Ordered(List<Key> keys, IncidentQuery query) => (query.Order, query.Descending) switch
    {
        (IncidentOrder.Due, true) => Undated(keys.OrderBy(k => k.DueAt is null).ThenByDescending(k => k.DueAt), k => -k.Id),
        (IncidentOrder.Due, false) => Undated(keys.OrderBy(k => k.DueAt is null).ThenBy(k => k.DueAt), k => k.Id),
        (_, true) => keys.OrderByDescending(k => k.At).ThenByDescending(k => k.Id),
        (_, false) => keys.OrderBy(k => k.At).ThenBy(k => k.Id),
    };

    private static IOrderedEnumerable<Key> Undated(IOrderedEnumerable<Key> keys, Func<Key, long> dated) => keys
        .ThenByDescending(k => k.DueAt is null ? k.At : DateTimeOffset.MinValue).ThenBy(k => k.DueAt is null ? -k.Id : dated(k));

    private static List<Row> Chosen(ReadSession read, IEnumerable<Key> keys)
    {
        var ids = keys.Select(k => k.Id).ToList();
        var rows = read.Query<Incident>().Where(i => ids.Contains(i.Id)).Select(Columns).ToDictionary(row => row.Id);
        return ids.ConvertAll(id => rows[id]);
    }

    private static List<Row> Walked(Func<CaseLead, IQueryable<Incident>> rows, CaseLead lead, IncidentQuery query, int skip, int take)
    {
        if (query.Order != IncidentOrder.Due)
        {
            return [.. Ordered(rows(query.Order == IncidentOrder.Updated ? CaseLead.Order : InTime(lead)), query).Skip(skip).Take(take).Select(Columns)];
        }

        var running = rows(CaseLead.Order).Where(i => i.DueAt != null);
        var page = Ordered(running, query).Skip(skip).Take(take).Select(Columns).ToList();
        if (page.Count < take && !query.OverdueOnly)
        {
            var before = page.Count > 0 ? skip + page.Count : running.Count();
            page.AddRange(rows(lead).Where(i => i.DueAt == null).OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id)
                .Skip(Math.Max(0, skip - before)).Take(take - page.Count).Select(Columns));
        }

        return page;
    }

    private static IncidentListItem Item(Row row, HashSet<long>? counted) => new()
    {
        Number = row.Number, Version = row.Version, State = row.State, Category = row.Category, Type = row.Type, Severity = row.Severity,
        GridCode = row.GridCode, Department = row.Department, Summary = Summary(row.Description, SummaryLength), Address = PersonalNumbers.Mask(row.Address),
        ReportedAt = row.ReportedAt, ClosedAt = row.ClosedAt, DueAt = row.DueAt, UpdatedAt = row.UpdatedAt,
        Misses = counted?.Contains(row.Id) == false,
    };

    /// <summary>The beginning of a reporter's words on one line; masked before it is cut, as half a number would not be known for one.</summary>
    /// <param name="description">The words.</param>
    /// <param name="longest">Most characters.</param>
    public static string Summary(string description, int longest)
    {
        var masked = PersonalNumbers.Mask(description)!.ReplaceLineEndings(" ").Trim();
        if (masked.Length <= longest)
        {
            return masked;
        }

        var length = char.IsHighSurrogate(masked[longest - 1]) ? longest - 1 : longest;
        return string.Concat(masked.AsSpan(0, length), "…");
    }

    private sealed record Key(long Id, DateTimeOffset At, DateTimeOffset? DueAt);

    private sealed record Row(
        long Id, string Number, int Version, IncidentState State, string Category, string Type, IncidentSeverity Severity, string GridCode, string? Department,
        string Description, string? Address, DateTimeOffset ReportedAt, DateTimeOffset? ClosedAt, DateTimeOffset? DueAt, DateTimeOffset UpdatedAt);
}
