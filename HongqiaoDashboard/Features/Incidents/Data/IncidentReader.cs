using System.Linq.Expressions;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Short reads of cases. SQLite answers on the calling thread, so each runs on one of the pool and no page stands still.</summary>
internal sealed class IncidentReader(IReadDoor door, IGridDirectory grids, TimeProvider clock) : IIncidentReader
{
    private const int SummaryLength = 120;

    private static readonly Expression<Func<Incident, Row>> Columns = i => new Row(
        i.Id, i.Number, i.State, i.Category, i.Type, i.Severity, i.GridCode, i.Department, i.Description, i.Address,
        i.ReportedAt, i.ClosedAt, i.DueAt, i.UpdatedAt);

    public Task<Incident?> FindAsync(string number, Actor actor, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            using var read = door.Open(actor);
            return read.Query<Incident>().FirstOrDefault(i => i.Number == number);
        },
        cancellation);

    public Task<IReadOnlyList<IncidentEvent>> TimelineAsync(string number, Actor actor, CancellationToken cancellation = default) => Task.Run(
        IReadOnlyList<IncidentEvent> () =>
        {
            using var own = door.Open(actor);
            var seen = own.Query<Incident>().Where(i => i.Number == number).Select(i => new { i.Id, i.LastSeq }).FirstOrDefault();
            if (seen is null)
            {
                return [];
            }

            // The log as a whole is shut to whoever has a scope; the entries of a case that they see are theirs to read.
            using var all = door.Open(Actor.System);
            var newest = all.Query<IncidentEvent>().Where(e => e.IncidentId == seen.Id && e.Seq <= seen.LastSeq)
                .OrderByDescending(e => e.Seq).Take(IIncidentReader.LongestTimeline).ToList();
            newest.Reverse();
            return newest;
        },
        cancellation);

    public Task<IncidentPage> SearchAsync(IncidentQuery query, Actor actor, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            using var read = door.Open(actor);
            // Count and page of the same state of the database.
            read.BeginSnapshot();
            return Search(read, query);
        },
        cancellation);

    private IncidentPage Search(ReadSession read, IncidentQuery query)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var zone = grids.Current.TimeZone;
        var total = read.Query<Incident>().Where(query, zone, now, counting: true).Count();
        var size = Math.Clamp(query.PageSize, 1, IncidentQuery.LongestPage);
        var pages = Math.Max(1, (total + size - 1) / size);
        var page = Math.Clamp(query.Page, 1, pages);
        var shown = read.Query<Incident>().Where(query, zone, now, counting: false);
        var rows = total == 0 ? [] : Take(shown, query, (page - 1) * size, size);

        HashSet<long>? counted = null;
        if (query.Selection?.Counted is { } numerator)
        {
            var ids = rows.ConvertAll(row => row.Id);
            counted = [.. read.Query<Incident>().Where(i => ids.Contains(i.Id)).Where(numerator).Select(i => i.Id)];
        }

        return new IncidentPage(rows.ConvertAll(row => Item(row, counted)), total, page, pages, now);
    }

    private static List<Row> Take(IQueryable<Incident> rows, IncidentQuery query, int skip, int take)
    {
        switch (query.Order)
        {
            case IncidentOrder.Due:
                // Two indexes, one after the other: due times, then the rest by their report.
                var running = rows.Where(i => i.DueAt != null);
                var ordered = query.Descending
                    ? running.OrderByDescending(i => i.DueAt).ThenByDescending(i => i.Id)
                    : running.OrderBy(i => i.DueAt).ThenBy(i => i.Id);
                var page = ordered.Skip(skip).Take(take).Select(Columns).ToList();
                if (page.Count < take && !query.OverdueOnly)
                {
                    var before = page.Count > 0 ? skip + page.Count : running.Count();
                    page.AddRange(rows.Where(i => i.DueAt == null).OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id)
                        .Skip(Math.Max(0, skip - before)).Take(take - page.Count).Select(Columns));
                }

                return page;
            case IncidentOrder.Updated:
                return [.. (query.Descending
                    ? rows.OrderByDescending(i => i.UpdatedAt).ThenByDescending(i => i.Id)
                    : rows.OrderBy(i => i.UpdatedAt).ThenBy(i => i.Id)).Skip(skip).Take(take).Select(Columns)];
            default:
                return [.. (query.Descending
                    ? rows.OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id)
                    : rows.OrderBy(i => i.ReportedAt).ThenBy(i => i.Id)).Skip(skip).Take(take).Select(Columns)];
        }
    }

    private static IncidentListItem Item(Row row, HashSet<long>? counted) => new()
    {
        Number = row.Number, State = row.State, Category = row.Category, Type = row.Type, Severity = row.Severity,
        GridCode = row.GridCode, Department = row.Department, Summary = Summary(row.Description), Address = PersonalNumbers.Mask(row.Address),
        ReportedAt = row.ReportedAt, ClosedAt = row.ClosedAt, DueAt = row.DueAt, UpdatedAt = row.UpdatedAt,
        Misses = counted?.Contains(row.Id) == false,
    };

    // Masked before it is cut: half a number would not be known for one.
    private static string Summary(string description)
    {
        var masked = PersonalNumbers.Mask(description)!.ReplaceLineEndings(" ").Trim();
        if (masked.Length <= SummaryLength)
        {
            return masked;
        }

        var length = char.IsHighSurrogate(masked[SummaryLength - 1]) ? SummaryLength - 1 : SummaryLength;
        return string.Concat(masked.AsSpan(0, length), "…");
    }

    private sealed record Row(
        long Id, string Number, IncidentState State, string Category, string Type, IncidentSeverity Severity, string GridCode, string? Department,
        string Description, string? Address, DateTimeOffset ReportedAt, DateTimeOffset? ClosedAt, DateTimeOffset? DueAt, DateTimeOffset UpdatedAt);
}
