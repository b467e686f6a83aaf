using CsCheck;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Domain;

namespace HongqiaoDashboard.Tests.Features.Situation;

public sealed class SituationModelTests
{
    private static readonly string[] Grids = ["120106001001001", "120106001001002", "120106001002001", "120106002001001"];
    private static readonly string[] Scopes = ["120106", "120106001", "120106002", "120106001001", .. Grids];
    private static readonly DateTimeOffset Start = new(2025, 12, 28, 20, 0, 0, TimeSpan.Zero);

    // Steps land on both sides of days, months, a year's end and, in New York, of a clock change.
    private static readonly Gen<(string Zone, (int Case, int Action, int Minutes)[] Steps)> Histories = Gen.Select(
        Gen.OneOf(Gen.Const("Asia/Shanghai"), Gen.Const("America/New_York"), Gen.Const("UTC")),
        Gen.Select(Gen.Int[0, 11], Gen.Int[0, 8], Gen.OneOf(Gen.Int[0, 30], Gen.Int[0, 3_000], Gen.Int[0, 60_000])).Array[1, 60]);

    [Fact]
    public void Model_FedWithAnyHistoryAndClock_AgreesWithCountingEveryCaseAnew() => Histories.Sample(history =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(history.Zone);
        var model = new SituationModel(zone);
        var cases = new Dictionary<int, IncidentFacts>();
        var now = Start;
        var seq = 0L;
        foreach (var (number, action, minutes) in history.Steps)
        {
            now = now.AddMinutes(minutes);
            Advance(model, cases.Values, now);
            cases.TryGetValue(number, out var before);
            var after = Move(before, number, action, now);
            cases[number] = after;
            model.Apply(Entry(++seq, number, before, after, now));
        }

        foreach (var later in (int[])[0, 1, 180, 60 * 24 * 3, 60 * 24 * 40])
        {
            now = now.AddMinutes(later);
            Advance(model, cases.Values, now);
            foreach (var scope in Scopes)
            {
                if (model.NeedsTallies(scope))
                {
                    model.LoadTallies(scope, cases.Values.Where(f => f.GridCode == scope));
                }

                Assert.Equal(SlowCount.Figures(cases.Values, scope, now, zone), model.Figures(scope));
                Assert.Equal(SlowCount.Cell(cases.Values, scope, now, zone), model.Cell(scope));
                AssertHours(SlowCount.Hours(cases.Values, scope, Scopes[0], now, zone), Hours(model, scope));
                Assert.Equal(SlowCount.Categories(cases.Values, scope, now), model.Open.Categories(model.Scopes.Id(scope)));
                Assert.Equal(SlowCount.Coming(cases.Values, scope, now), model.Open.Coming(model.Scopes.Id(scope)).Select(facts => facts.Number));
            }
        }
    }, iter: 400);

    [Fact]
    public void Model_RestoredFromStoredTalliesAndTheLogAfterThem_AgreesWithTheOneThatRanOn() => Histories.Sample(history =>
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(history.Zone);
        var running = new SituationModel(zone);
        var cases = new Dictionary<int, IncidentFacts>();
        var log = new List<IncidentEvent>();
        var now = Start;
        var stored = new List<(string Scope, int Month, byte[] Counts)>();
        var storedAt = history.Steps.Length / 2;
        foreach (var (number, action, minutes) in history.Steps)
        {
            now = now.AddMinutes(minutes);
            Advance(running, cases.Values, now);
            cases.TryGetValue(number, out var before);
            var after = Move(before, number, action, now);
            cases[number] = after;
            log.Add(Entry(log.Count + 1, number, before, after, now));
            running.Apply(log[^1]);
            if (log.Count == storedAt)
            {
                stored.AddRange(running.Tallies.TakeChanged(s => !ScopeTable.IsBasic(running.Scopes.Code(s)))
                    .Select(c => (running.Scopes.Code(c.Scope), c.Month, c.Counts)));
            }
        }

        var restored = new SituationModel(zone);
        stored.ForEach(t => restored.Tallies.Restore(restored.Scopes.Id(t.Scope), t.Month, t.Counts));
        log.Skip(storedAt).ToList().ForEach(restored.ApplyTallies);
        foreach (var facts in cases.Values)
        {
            restored.Open.Put(facts, restored.Scopes.Path(facts.GridCode), restored.Touched);
        }

        Advance(running, cases.Values, now);
        Advance(restored, cases.Values, now);
        foreach (var scope in Scopes.Where(s => !ScopeTable.IsBasic(s)))
        {
            Assert.Equal(running.Figures(scope), restored.Figures(scope));
            AssertHours(Hours(running, scope), Hours(restored, scope));
        }
    }, iter: 200);

    [Fact]
    public void Overdue_WithNoEventAtAll_RisesWhenThePromiseBreaks()
    {
        var model = new SituationModel(TimeZoneInfo.Utc);
        var facts = Move(null, 1, 0, Start);
        Advance(model, [], Start);
        model.Apply(Entry(1, 1, null, facts, Start));
        Advance(model, [facts], facts.ResolveBy);
        Assert.Equal(0, model.Cell("120106").Overdue);

        model.Touched.Clear();
        Advance(model, [facts], facts.ResolveBy.AddMilliseconds(1));

        Assert.Equal(1, model.Cell("120106").Overdue);
        Assert.Contains(model.Scopes.Id(facts.GridCode), model.Touched);
    }

    [Fact]
    public void HistoryImportedLate_LandsOnItsOwnDays_NotOnToday()
    {
        var model = new SituationModel(TimeZoneInfo.Utc);
        Advance(model, [], Start);
        var old = Move(null, 1, 0, Start.AddYears(-3));
        model.Apply(Entry(1, 1, null, old, Start));

        Assert.Equal(0, model.Cell("120106").Today);
        Assert.Equal(0, Value(model, "reported", "year"));
        Assert.Equal(1, Value(model, "reported", "all"));
    }

    [Fact]
    public void Stream_OfMoreCasesThanItShows_KeepsTheNewestByReport()
    {
        var model = new SituationModel(TimeZoneInfo.Utc);
        Advance(model, [], Start);
        model.LoadStream("120106", []);
        for (var i = 0; i < 80; i++)
        {
            var at = Start.AddMinutes(-(i * 37 % 80));
            model.Apply(Entry(i + 1, i, null, Move(null, i, 0, at), at));
        }

        var shown = model.Stream("120106").ToList();
        Assert.Equal(CaseStream.Length, shown.Count);
        Assert.Equal(shown.OrderByDescending(f => f.ReportedAt).Select(f => f.Number), shown.Select(f => f.Number));
        Assert.Equal(Start.AddMinutes(-49), shown[^1].ReportedAt);
    }

    private static double? Value(SituationModel model, string key, string period) =>
        model.Figures("120106").Single(k => k.Key == key && k.Period == period).Value;

    [Fact]
    public void Hours_OfATypicalDay_AreTheMeanOfTheSameWeekdayAndPassOverWhatLiesBeforeTheRecords()
    {
        var model = new SituationModel(TimeZoneInfo.Utc);
        var reports = new[] { 7, 7, 14, 1, 35 }.Select((days, n) => Move(null, 4 * n, 0, Start.AddDays(-days))).Append(Move(null, 40, 0, Start)).ToArray();
        Advance(model, reports, Start);

        var hours = Hours(model, "120106");

        Assert.Equal((1, 1.5, 2), (hours.Today[Start.Hour], hours.Usual[Start.Hour], hours.UsualDays));
        Assert.Equal((0, 0.75, 1.5), (hours.UsualBy(Start.Hour), hours.UsualBy(Start.Hour + 0.5), hours.UsualBy(24)));
    }

    [Fact]
    public void Hours_WhenAnotherHourBeginsWithNoEventAtAll_TouchEveryScope()
    {
        var model = new SituationModel(TimeZoneInfo.Utc);
        Advance(model, [], Start);
        var scope = model.Scopes.Id("120106");
        model.Touched.Clear();

        Advance(model, [], Start.AddMinutes(59));
        Assert.Empty(model.Touched);
        Advance(model, [], Start.AddHours(1));

        Assert.Contains(scope, model.Touched);
        Assert.Equal(Start.Hour + 1, Hours(model, "120106").Hour);
    }

    private static SituationHours Hours(SituationModel model, string scope) => model.Hours.Read(model.Scopes.Id(scope), model.Scopes.Id(Scopes[0]));

    // Means are sums in another order.
    private static void AssertHours(SituationHours expected, SituationHours actual)
    {
        Assert.Equal((expected.Day, expected.Hour, expected.UsualDays), (actual.Day, actual.Hour, actual.UsualDays));
        Assert.Equal(expected.Today, actual.Today);
        Assert.All(expected.Usual.Zip(actual.Usual), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    private static void Advance(SituationModel model, IReadOnlyCollection<IncidentFacts> rows, DateTimeOffset now)
    {
        foreach (var cursor in model.Advance(now))
        {
            foreach (var facts in rows)
            {
                model.Load(cursor, facts);
            }
        }

        foreach (var day in model.Hours.Missing.ToArray())
        {
            model.LoadHours(day, (from, before) => rows.Where(f => f.ReportedAt >= from && f.ReportedAt < before).Select(f => (f.GridCode, f.ReportedAt)));
        }
    }

    private static IncidentEvent Entry(long seq, int id, IncidentFacts? before, IncidentFacts after, DateTimeOffset at) => new()
    {
        Seq = seq, IncidentId = id, Kind = IncidentEventKind.Noted, At = at, ActorId = "t", ActorName = "t",
        From = before?.State, To = after.State, Detail = new IncidentEventDetail(), Before = before, After = after,
    };

    // Wilder than the lifecycle allows on purpose: the counting must not depend on which moves are legal.
    private static IncidentFacts Move(IncidentFacts? facts, int number, int action, DateTimeOffset now)
    {
        if (facts is null)
        {
            var reported = action == 8 ? now.AddDays(-35) : now;
            return new IncidentFacts
            {
                Number = $"HQ-{number:D3}", State = IncidentState.Reported, GridCode = Grids[number % Grids.Length], Category = number % 3 == 0 ? "07" : "04", Type = "0401",
                Severity = IncidentSeverity.Ordinary, Latitude = 0, Longitude = 0, ReportedAt = reported,
                ResolveBy = reported.AddHours(2), CloseBy = reported.AddHours(30),
            };
        }

        return action switch
        {
            0 => facts with { State = IncidentState.Accepted, AcceptedAt = now },
            1 => facts with { State = IncidentState.Resolved, ResolvedAt = now },
            2 => facts with { State = IncidentState.Closed, ResolvedAt = facts.ResolvedAt ?? now, ClosedAt = now },
            3 => facts with { State = IncidentState.Handling, ResolvedAt = null, ReworkedAt = facts.ReworkedAt ?? now },
            4 => facts with { State = IncidentState.Suspended, SuspendedAt = now },
            5 => facts with { State = IncidentState.Handling, SuspendedAt = null, ResolveBy = facts.ResolveBy.AddHours(5), CloseBy = facts.CloseBy.AddHours(5) },
            6 => facts with { ExtendedAt = facts.ExtendedAt ?? now, ResolveBy = now.AddHours(3), CloseBy = now.AddDays(3) },
            7 => facts with { State = IncidentState.Rejected },
            _ => facts with { State = IncidentState.Accepted, ClosedAt = null, ResolvedAt = null, SuspendedAt = null, GridCode = Grids[(number + 1) % Grids.Length] },
        };
    }
}
