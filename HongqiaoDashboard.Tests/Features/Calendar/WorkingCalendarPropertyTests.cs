using CsCheck;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Domain;

namespace HongqiaoDashboard.Tests.Features.Calendar;

/// <summary>The calendar against one that looks at every minute, over random schedules, hours, starts, promises and pauses.</summary>
public sealed class WorkingCalendarPropertyTests
{
    private const int Rounds = 300;

    private static readonly DateOnly FirstDay = new(2024, 1, 20);

    private static readonly string[] Zones = ["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "America/Havana"];

    private static readonly (int From, int To)[][] Schedules = [[(480, 720), (840, 1080)], [(0, 1440)], [(30, 150), (150, 240), (1320, 1440)], [(547, 1019)]];

    private static readonly int[] Edges = [0, 480, 720, 840, 1080, 960];

    // Starts are thick around changes of the clock and ends of days; hours leave out nights, or begin in one.
    private static readonly Gen<Sample> Samples =
        from zone in Gen.Int[0, Zones.Length - 1].Select(n => Zones[n])
        from hours in Gen.Int[0, Schedules.Length - 1].Select(n => Schedules[n])
        from off in Gen.Int[0, 110].Array[0, 12]
        from worked in Gen.Int[0, 110].Array[0, 6]
        from start in Instants
        from promise in Gen.OneOf(
            Gen.Int[1, 60].Select(n => new Promise(n, PromiseUnit.ClockHours)),
            Gen.Int[1, 8].Select(n => new Promise(n, PromiseUnit.WorkingDays)),
            Gen.Int[1, 40].Select(n => new Promise(n, PromiseUnit.WorkingHours)))
        from pauses in Pauses(start)
        select new Sample(TimeZoneInfo.FindSystemTimeZoneById(zone), hours, Days(off), [.. Days(worked).Except(Days(off))], start, promise, pauses);

    private static Gen<DateTimeOffset> Instants =>
        from day in Gen.Int[0, 60]
        from minute in Gen.Frequency((3, Gen.Int[0, 1439]), (1, Gen.Int[0, 5].Select(n => Edges[n])))
        from millisecond in Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[0, 59_999]), (1, Gen.Int[0, 1].Select(n => n == 0 ? 1 : 59_999)))
        select new DateTimeOffset(FirstDay.AddDays(day).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).AddMinutes(minute).AddMilliseconds(millisecond);

    [Fact]
    public void Due_OfAnything_IsTheSlowCalendars() => Samples.Sample(
        sample => Assert.Equal(
            DateTimeOffset.FromUnixTimeMilliseconds(sample.Slow.Due(sample.Start, sample.Promise, sample.Pauses)),
            sample.Quick.Explain(sample.Start, sample.Promise, sample.Pauses, sample.Zone).Due),
        iter: Rounds, print: Print);

    [Fact]
    public void Explanation_OfAnything_CountsThePromiseAndNothingElse() => Samples.Sample(
        sample =>
        {
            var (quick, promise) = (sample.Quick, sample.Promise);
            var (due, counted) = quick.Explain(sample.Start, promise, sample.Pauses, sample.Zone);
            Assert.Equal(due, counted[^1].To);
            Assert.All(counted, interval => Assert.Equal(interval.Length, quick.Between(interval.From, interval.To, promise.Unit, sample.Zone)));
            Assert.All(counted.Zip(counted.Skip(1)), pair => Assert.True(pair.First.To <= pair.Second.From && pair.First.From < pair.First.To));
            Assert.All(counted, interval => Assert.DoesNotContain(sample.Pauses, pause => pause.From < interval.To && interval.From < pause.To && pause.From < pause.To));
            Assert.True(counted[0].From >= sample.Start);

            // A promise in working days is due in its last millisecond, which the intervals leave out.
            var last = promise.Unit == PromiseUnit.WorkingDays ? TimeSpan.FromMilliseconds(1) : TimeSpan.Zero;
            var sum = counted.Aggregate(last, (sum, interval) => sum + interval.Length);
            var free = quick.Explain(sample.Start, promise, [], sample.Zone);
            Assert.Equal(free.Counted.Aggregate(last, (sum, interval) => sum + interval.Length), sum);
            Assert.True(promise.Unit == PromiseUnit.WorkingDays || sum == TimeSpan.FromHours(promise.Amount));
            Assert.True(free.Due <= due);
        },
        iter: Rounds, print: Print);

    [Fact]
    public void Due_WithPausesOneByOne_IsThatWithAllAtOnce() => Samples.Sample(
        sample =>
        {
            // Those of a case come one after another, and stop only what runs: one in working days does not run on the day of its start.
            var runs = sample.Promise.Unit == PromiseUnit.WorkingDays
                ? sample.Quick.Explain(sample.Start, new Promise(1, PromiseUnit.WorkingDays), [], sample.Zone).Counted[0].From
                : sample.Start;
            var pauses = new List<TimeInterval>();
            foreach (var pause in sample.Pauses.OrderBy(pause => pause.From))
            {
                var from = Max(pause.From, pauses.Count > 0 ? pauses[^1].To : runs);
                pauses.Add(new TimeInterval(from, Max(from, pause.To)));
            }

            var due = sample.Quick.Due(sample.Start, sample.Promise, sample.Zone);
            foreach (var pause in pauses)
            {
                due = sample.Quick.Postpone(due, sample.Promise.Unit, pause, sample.Zone);
            }

            Assert.Equal(sample.Quick.Explain(sample.Start, sample.Promise, pauses, sample.Zone).Due, due);
        },
        iter: Rounds, print: Print);

    [Fact]
    public void Pause_InTimeThatNobodyCounts_MovesNothing() => Samples.Sample(
        sample =>
        {
            var idle = sample.Pauses.Where(pause => sample.Quick.Between(pause.From, pause.To, sample.Promise.Unit, sample.Zone) == TimeSpan.Zero).ToList();
            var due = sample.Quick.Due(sample.Start, sample.Promise, sample.Zone);
            Assert.Equal(due, sample.Quick.Explain(sample.Start, sample.Promise, idle, sample.Zone).Due);
            Assert.All(idle, pause => Assert.Equal(due, sample.Quick.Postpone(due, sample.Promise.Unit, pause, sample.Zone)));
        },
        iter: Rounds, print: Print);

    [Fact]
    public void NamedTime_MovedByAPause_MovesByWhatThePauseTook() => Samples.Sample(
        sample =>
        {
            foreach (var pause in sample.Pauses.Where(pause => pause.From < pause.To))
            {
                var unit = sample.Promise.Unit;
                var moved = sample.Quick.Postpone(sample.Start, unit, pause, sample.Zone);
                var taken = sample.Quick.Between(pause.From, Min(pause.To, sample.Start), unit, sample.Zone);
                Assert.True(moved >= sample.Start);
                Assert.True(taken == TimeSpan.Zero ? moved == sample.Start || unit == PromiseUnit.WorkingDays : moved > sample.Start);
                if (unit != PromiseUnit.WorkingDays && taken > TimeSpan.Zero)
                {
                    Assert.Equal(
                        sample.Quick.Between(pause.From, sample.Start, unit, sample.Zone),
                        sample.Quick.Between(pause.To, moved, unit, sample.Zone));
                }
            }
        },
        iter: Rounds, print: Print);

    [Fact]
    public void Between_ThreeInstants_AddsUpAndIsTheSlowCalendars() => Gen.Select(Samples, Gen.Int[0, 9000], Gen.Int[0, 9000]).Sample(
        (sample, first, second) =>
        {
            var from = new DateTimeOffset(sample.Start.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero);
            var (middle, to) = (from.AddMinutes(first), from.AddMinutes(first + second));
            foreach (var unit in Enum.GetValues<PromiseUnit>())
            {
                var all = sample.Quick.Between(from, to, unit, sample.Zone);
                Assert.Equal(sample.Slow.Between(from, to, unit), all.TotalMinutes);
                Assert.Equal(all, sample.Quick.Between(from, middle, unit, sample.Zone) + sample.Quick.Between(middle, to, unit, sample.Zone));
                Assert.Equal(TimeSpan.Zero, sample.Quick.Between(to, from, unit, sample.Zone));
            }
        },
        iter: Rounds);

    private static Gen<TimeInterval[]> Pauses(DateTimeOffset start) =>
        (from offset in Gen.Int[-4000, 12_000]
         from shift in Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 59_999]))
         from length in Gen.Frequency((1, Gen.Const(0)), (6, Gen.Int[0, 4000]), (1, Gen.Int[-500, 0]))
         from tail in Gen.Frequency((2, Gen.Const(0)), (1, Gen.Int[0, 59_999]))
         let minute = new DateTimeOffset(start.Ticks / TimeSpan.TicksPerMinute * TimeSpan.TicksPerMinute, TimeSpan.Zero)
         let stopped = minute.AddMinutes(offset).AddMilliseconds(shift)
         select new TimeInterval(stopped, stopped.AddMinutes(length).AddMilliseconds(tail))).Array[0, 6];

    private static HashSet<DateOnly> Days(int[] days) => [.. days.Select(FirstDay.AddDays)];

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Min(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static string Print(Sample sample) =>
        $"{sample.Zone.Id} {string.Join(' ', sample.Hours)}; off {string.Join(' ', sample.Off)}; worked {string.Join(' ', sample.Worked)}; {sample.Promise} from {sample.Start:O}; "
        + string.Join(' ', sample.Pauses.Select(p => $"{p.From:O}/{p.To:O}"));

    private sealed record Sample(
        TimeZoneInfo Zone, (int From, int To)[] Hours, HashSet<DateOnly> Off, HashSet<DateOnly> Worked, DateTimeOffset Start, Promise Promise, TimeInterval[] Pauses)
    {
        public SlowCalendar Slow { get; } = new(Off, Worked, Hours, Zone);

        public WorkingCalendar Quick { get; } = new("calendar@1", new CalendarDocument(
            [.. Hours.Select(period => new WorkingPeriod(At(period.From), At(period.To)))],
            [.. Off.Select(day => new SpecialDay(day, false, "")).Concat(Worked.Select(day => new SpecialDay(day, true, ""))).GroupBy(day => day.Date.Year)
                .Select(year => new CalendarYear(year.Key, [.. year]))]));

        private static TimeOnly At(int minute) => TimeOnly.MinValue.AddMinutes(minute % 1440);
    }
}
