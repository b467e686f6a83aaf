using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;

namespace HongqiaoDashboard.Tests.Features.Situation;

/// <summary>
/// The figures by their definitions, every case looked at each time: slow, and written without any of the product's own
/// counting.
/// </summary>
internal static class SlowCount
{
    public static SituationCell Cell(IEnumerable<IncidentFacts> cases, string scope, DateTimeOffset now, TimeZoneInfo zone)
    {
        var own = cases.Where(c => c.GridCode.StartsWith(scope, StringComparison.Ordinal)).ToList();
        return new SituationCell(
            scope,
            own.Count(IsOpen),
            own.Count(c => c.ReportedAt <= now && Local(c.ReportedAt, zone).Date == Local(now, zone).Date),
            own.Count(c => IsOverdue(c, now)));
    }

    public static List<SituationKpi> Figures(IEnumerable<IncidentFacts> cases, string scope, DateTimeOffset now, TimeZoneInfo zone)
    {
        var own = cases.Where(c => c.GridCode.StartsWith(scope, StringComparison.Ordinal)).ToList();
        var figures = new List<SituationKpi>
        {
            Count("open", "now", own.Count(IsOpen)),
            Count("overdue", "now", own.Count(c => IsOverdue(c, now))),
        };
        foreach (var (name, from, cutoff) in Spans(now, zone))
        {
            bool In(DateTimeOffset? at) => at is { } instant && instant >= from && instant <= cutoff;
            var accepted = own.Where(c => In(c.AcceptedAt)).ToList();
            var dueClose = own.Where(c => In(c.CloseBy) && Stands(c, c.CloseBy)).ToList();
            var dueResolve = own.Where(c => In(c.ResolveBy) && Stands(c, c.ResolveBy)).ToList();
            figures.Add(Count("reported", name, own.Count(c => In(c.ReportedAt))));
            figures.Add(Count("accepted", name, accepted.Count));
            figures.Add(Count("closed", name, own.Count(c => In(c.ClosedAt))));
            figures.Add(Rate("completionRate", "completion-rate@1", name, accepted.Count(c => c.ClosedAt <= cutoff), accepted.Count));
            figures.Add(Rate("closureRate", "closure-rate@1", name, dueClose.Count(c => c.ClosedAt <= cutoff), dueClose.Count));
            figures.Add(Rate("closureInTimeRate", "closure-in-time-rate@1", name, dueClose.Count(c => c.ClosedAt <= c.CloseBy), dueClose.Count));
            figures.Add(Rate("resolutionInTimeRate", "resolution-in-time-rate@1", name, dueResolve.Count(c => c.ResolvedAt <= c.ResolveBy), dueResolve.Count));
            figures.Add(Rate("reworkRate", "rework-rate@1", name, dueClose.Count(c => c.ReworkedAt <= cutoff), dueClose.Count));
            figures.Add(Rate("extensionRate", "extension-rate@1", name, dueClose.Count(c => c.ExtendedAt <= cutoff), dueClose.Count));
        }

        return figures;
    }

    public static SituationHours Hours(IReadOnlyCollection<IncidentFacts> cases, string scope, string whole, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = Local(now, zone).Date;
        int[] Of(string code, DateTime day) => [.. Enumerable.Range(0, 24).Select(hour => cases.Count(c =>
            c.GridCode.StartsWith(code, StringComparison.Ordinal) && Local(c.ReportedAt, zone).Date == day && Local(c.ReportedAt, zone).Hour == hour))];

        var recorded = new[] { 7, 14, 21, 28 }.Select(back => today.AddDays(-back)).Where(day => Of(whole, day).Sum() > 0).ToList();
        double Usual(int hour) => recorded.Count == 0 ? 0 : recorded.Average(day => Of(scope, day)[hour]);
        return new SituationHours(DateOnly.FromDateTime(today), Local(now, zone).Hour, Of(scope, today), [.. Enumerable.Range(0, 24).Select(Usual)], recorded.Count);
    }

    public static List<(string Category, int Open, int Overdue)> Categories(IEnumerable<IncidentFacts> cases, string scope, DateTimeOffset now) =>
        [.. cases.Where(c => c.GridCode.StartsWith(scope, StringComparison.Ordinal) && IsOpen(c)).GroupBy(c => c.Category)
            .Select(g => (g.Key, g.Count(), g.Count(c => IsOverdue(c, now)))).OrderBy(c => c.Key, StringComparer.Ordinal)];

    public static List<string> Coming(IEnumerable<IncidentFacts> cases, string scope, DateTimeOffset now) =>
        [.. cases.Where(c => c.GridCode.StartsWith(scope, StringComparison.Ordinal) && IsOpen(c) && c.SuspendedAt is null && !IsOverdue(c, now))
            .OrderBy(c => c.ResolvedAt is null ? c.ResolveBy : c.CloseBy).ThenBy(c => c.Number, StringComparer.Ordinal).Select(c => c.Number)];

    private static IEnumerable<(string Name, DateTimeOffset From, DateTimeOffset Cutoff)> Spans(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = Local(now, zone).Date;
        var month = new DateTime(today.Year, today.Month, 1);
        var year = new DateTime(today.Year, 1, 1);
        yield return ("today", Instant(today, zone), now);
        yield return Before("todayPrevious", today.AddDays(-1), today);
        yield return ("month", Instant(month, zone), now);
        yield return Before("monthPrevious", month.AddMonths(-1), month);
        yield return ("year", Instant(year, zone), now);
        yield return Before("yearPrevious", year.AddYears(-1), year);
        yield return ("all", DateTimeOffset.MinValue, now);

        (string, DateTimeOffset, DateTimeOffset) Before(string name, DateTime from, DateTime next)
        {
            var (start, end) = (Instant(from, zone), Instant(next, zone));
            var same = start + (now - end);
            return (name, start, same < end ? same : end.AddMilliseconds(-1));
        }
    }

    private static bool IsOpen(IncidentFacts c) => c.State is not (IncidentState.Closed or IncidentState.Rejected or IncidentState.Merged);

    private static bool IsOverdue(IncidentFacts c, DateTimeOffset now) =>
        IsOpen(c) && c.SuspendedAt is null && (c.ResolvedAt is null ? c.ResolveBy : c.CloseBy) < now;

    private static bool Stands(IncidentFacts c, DateTimeOffset promise) =>
        c.State is not (IncidentState.Rejected or IncidentState.Merged) && (c.SuspendedAt is null || promise <= c.SuspendedAt);

    private static SituationKpi Count(string key, string period, long count) => new(key, period, count, count, null, "cases", key + "@1");

    private static SituationKpi Rate(string key, string formula, string period, long part, long whole) =>
        new(key, period, whole == 0 ? null : (double)(Math.Floor(10_000m * part / whole) / 100m), part, whole, "%", formula);

    private static DateTime Local(DateTimeOffset instant, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(instant, zone).DateTime;

    private static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone) => new DateTimeOffset(local, zone.GetUtcOffset(local));
}
