using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Access.Audit.Data;

/// <summary>Which records are looked for; null narrows nothing.</summary>
internal sealed record AuditQuery
{
    /// <summary>From this instant on.</summary>
    public DateTimeOffset? From { get; init; }
    /// <summary>Before this instant.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>Identity of who did it.</summary>
    public string? Who { get; init; }
    /// <summary>Slug of the act.</summary>
    public string? Act { get; init; }
    /// <summary>How it ended.</summary>
    public AuditResult? Result { get; init; }
    /// <summary>What it was done to, as a whole.</summary>
    public string? Subject { get; init; }
}

/// <summary>A place in the trail's order by time, to go on from.</summary>
/// <param name="At">Instant of a row.</param>
/// <param name="Seq">Its number.</param>
/// <param name="IsBackwards">Whether what is newer is wanted.</param>
internal readonly record struct AuditPlace(DateTimeOffset At, long Seq, bool IsBackwards = false);

/// <summary>A page of records, the newest first.</summary>
/// <param name="Rows">The records.</param>
/// <param name="HasNewer">Whether there are newer ones.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
internal sealed record AuditPageOf(IReadOnlyList<AuditRow> Rows, bool HasNewer, bool HasOlder);

/// <summary>Reads the trail, for administrators.</summary>
internal sealed class AuditReader(IReadDoor door)
{
    // A reader that holds on keeps the write-ahead log from being folded back.
    private const int Portion = 2000;

    /// <summary>A page.</summary>
    /// <param name="query">Which records.</param>
    /// <param name="place">Where to go on; null for the newest.</param>
    /// <param name="size">Rows at most.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<AuditPageOf> PageAsync(AuditQuery query, AuditPlace? place, int size, Actor actor, CancellationToken cancellation) => Task.Run(
        () =>
        {
            var found = Read(query, place, size + 1, actor);
            var hasMore = found.Count > size;
            var rows = hasMore ? found[..size] : found;
            if (place is { IsBackwards: true })
            {
                rows.Reverse();
                return new AuditPageOf(rows, hasMore, HasOlder: true);
            }

            return new AuditPageOf(rows, place is not null, hasMore);
        },
        cancellation);

    /// <summary>All records, the newest first, in portions: none holds a reader for long. What comes meanwhile is not among them.</summary>
    /// <param name="query">Which.</param>
    /// <param name="actor">Who reads.</param>
    public IEnumerable<AuditRow> All(AuditQuery query, Actor actor)
    {
        AuditPlace? place = null;
        while (Read(query, place, Portion, actor) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                yield return row;
            }

            place = new AuditPlace(rows[^1].At, rows[^1].Seq);
        }
    }

    /// <summary>The end of the trail.</summary>
    /// <param name="actor">Who reads.</param>
    public AuditHead Head(Actor actor)
    {
        using var read = door.Open(actor);
        return read.Query<AuditRow>().OrderByDescending(row => row.Seq).Select(row => new { row.Seq, row.Hash }).FirstOrDefault() is { } last
            ? new AuditHead(last.Seq, Convert.ToHexStringLower(last.Hash))
            : AuditHead.None;
    }

    private List<AuditRow> Read(AuditQuery query, AuditPlace? place, int count, Actor actor)
    {
        using var read = door.Open(actor);
        var rows = Where(read.Query<AuditRow>(), query);
        if (place is not { } from)
        {
            return [.. rows.OrderByDescending(row => row.At).ThenByDescending(row => row.Seq).Take(count)];
        }

        var (at, seq) = (from.At, from.Seq);
        // The first condition says less than the second, and is what an index can be entered by.
        return from.IsBackwards
            ? [.. rows.Where(row => row.At >= at && (row.At > at || row.Seq > seq)).OrderBy(row => row.At).ThenBy(row => row.Seq).Take(count)]
            : [.. rows.Where(row => row.At <= at && (row.At < at || row.Seq < seq)).OrderByDescending(row => row.At).ThenByDescending(row => row.Seq).Take(count)];
    }

    // One condition leads through its index, the one that as a rule leaves the least; the others are written so that theirs is not
    // used, because without statistics the database would as soon take a worse one.
    private static IQueryable<AuditRow> Where(IQueryable<AuditRow> rows, AuditQuery query)
    {
        var (subject, who, act) = (query.Subject, query.Who, query.Act);
        rows = subject is null ? rows : rows.Where(row => row.Subject == subject);
        rows = who is null ? rows : subject is null ? rows.Where(row => row.ActorId == who) : rows.Where(row => row.ActorId + "" == who);
        rows = act is null ? rows : subject is null && who is null ? rows.Where(row => row.Act == act) : rows.Where(row => row.Act + "" == act);
        if (query.Result is { } result)
        {
            var (number, nothing) = ((int)result, 0);
            rows = subject is null && who is null && act is null ? rows.Where(row => row.Result == result) : rows.Where(row => (int)row.Result + nothing == number);
        }

        rows = query.From is { } first ? rows.Where(row => row.At >= first) : rows;
        return query.Until is { } end ? rows.Where(row => row.At < end) : rows;
    }
}
