using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;

namespace HongqiaoDashboard.Tests.Features.Situation;

/// <summary>Pictures made by hand, and a feed that shows them, for tests of pages.</summary>
internal static class SituationSamples
{
    public static readonly DateTimeOffset Noon = new(2024, 5, 8, 4, 0, 0, TimeSpan.Zero);

    public static readonly string[] SomeGrids = [.. GridSamples.Shipped.Units.Where(unit => unit.Tier == GridTier.Basic).Take(5).Select(unit => unit.Code)];

    public static SituationSnapshot Empty(long version = 1) => new()
    {
        Epoch = "e", Version = version, AsOf = Noon, Scope = null,
        Kpis = [Count("open", "now", 0), Count("overdue", "now", 0), .. Periods.Names.SelectMany(period => KpiFormulas.All.Select(formula => KpiFormulas.Figure(formula, period, PeriodLength.Day, new long[Metric.Width])))],
        Heat = [.. GridSamples.Shipped.Units.Select(unit => new SituationCell(unit.Code, 0, 0, 0))],
        Stream = [], Breaches = [], Campaigns = [],
    };

    public static SituationSnapshot With(this SituationSnapshot snapshot, params SituationKpi[] kpis) => snapshot with
    {
        Kpis = [.. snapshot.Kpis.Where(old => !kpis.Any(kpi => kpi.Key == old.Key && kpi.Period == old.Period)), .. kpis],
    };

    public static SituationKpi Count(string key, string period, long count) => new(key, period, count, count, null, KpiFormulas.Cases, $"{key}@1");

    public static SituationKpi Rate(string key, string period, long numerator, long denominator) =>
        new(key, period, KpiFormulas.Rate(numerator, denominator), numerator, denominator, KpiFormulas.Percent, KpiFormulas.All.Single(f => f.Key == key).Formula);

    public static SituationDeadline Deadline(int n, double hoursLeft, double hours) =>
        new(Card(n, Noon.AddHours(hoursLeft)), Noon.AddHours(hoursLeft - hours), Noon.AddHours(hoursLeft));

    public static SituationCard Card(int n, DateTimeOffset? due = null, string state = "reported") => new()
    {
        Number = $"HQ20240508-{n:000000}", Category = "04", Type = "0401", Severity = "ordinary", GridCode = SomeGrids[n % SomeGrids.Length], State = state,
        ReportedAt = Noon.AddMinutes(-n), DueAt = due, Lat = 39.17, Lon = 117.15,
    };
}

/// <summary>A feed in the test's hand. It counts who listens.</summary>
internal sealed class FakeFeed(SituationSnapshot first) : ISituationFeed
{
    private readonly List<Subscription> _subscriptions = [];

    public SituationSnapshot Current { get; private set; } = first;

    public SituationDetails Details { get; set; } = SituationDetails.None;

    public int Subscribers => _subscriptions.Count;

    public Task<ISituationSubscription> SubscribeAsync(string? scope, Actor actor, Action changed, CancellationToken cancellation = default)
    {
        var subscription = new Subscription(this, changed);
        _subscriptions.Add(subscription);
        return Task.FromResult<ISituationSubscription>(subscription);
    }

    public void Publish(SituationSnapshot next)
    {
        Current = next;
        _subscriptions.ForEach(subscription => subscription.Changed());
    }

    private sealed class Subscription(FakeFeed feed, Action changed) : ISituationSubscription
    {
        public Action Changed => changed;

        public SituationSnapshot Current => feed.Current;

        public SituationDetails Details => feed.Details;

        public DateTimeOffset FreshAsOf => feed.Current.AsOf;

        public void Dispose() => feed._subscriptions.Remove(this);
    }
}
