using System.Globalization;
using System.Text;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Import;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Intake.Import;

/// <summary>
/// Every figure after an import against figures counted from the file's own lines with arithmetic that shares nothing with
/// the program's: New York's clock changes by their rule, working days by the published table.
/// </summary>
public sealed class ImportFiguresTests : IAsyncDisposable
{
    private const string Format = "MM/dd/yyyy hh:mm:ss tt";

    private readonly TestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public async Task Figures_AfterAnImport_AreThoseThatTheFileItselfGives(int seed)
    {
        await _database.UseGridsAsync(GridSamples.Square("ny-1", "990101", -74.0, 40.7, "America/New_York"));
        var lines = Lines(new Random(seed), 1500);
        var mapping = ImportMapping.Documented with { TimeZone = "America/New_York", DateFormats = [Format], Source = "ny" };

        var imported = await _database.ImportAsync(string.Join('\n', lines), mapping);

        Assert.Equal((1500, 0, 0), imported.Counts);
        using var read = _database.Door.Open(Actor.System);
        read.BeginSnapshot();
        var (model, _) = new SituationLoader(read).Load(_database.Grids.Current.TimeZone);
        var now = TestDatabase.Start;
        new SituationLoader(read).LoadDays(model, model.Advance(now));
        var figures = model.Figures("990101").ToDictionary(figure => (figure.Key, figure.Period), figure => (figure.Numerator, figure.Denominator));
        var counted = new Counting([.. lines.Skip(1).Select(line => new Row(line.Split(',')))], now.UtcDateTime).All();
        Assert.Equal(65, counted.Count);
        Assert.Equal(counted.OrderBy(pair => pair.Key), figures.OrderBy(pair => pair.Key).Select(pair => KeyValuePair.Create(pair.Key, (pair.Value.Numerator, pair.Value.Denominator))));
        Assert.All(["open", "overdue"], key => Assert.True(counted[(key, "now")].Item1 > 0));
        Assert.All(["reported", "closed", "reworkRate", "extensionRate", "closureInTimeRate", "resolutionInTimeRate"], key => Assert.True(counted[(key, "month")].Item1 > 0, key));
        Assert.Empty(new SituationCheck(read, _database.Grids.Current, now).Differences());
        Assert.Empty(_database.Get<IIncidentIntegrity>().Differences(read));
    }

    // Reports of fourteen months, the newest just before now; steps may be missing anywhere, as in real records.
    private static List<string> Lines(Random random, int count)
    {
        var lines = new List<string> { "external_id,type,reported_at,lat,lon,accepted_at,reworked_at,extended_at,resolved_at,closed_at,rejected_at,close_by" };
        for (var id = 0; id < count; id++)
        {
            // Newer times are more frequent, so that today and yesterday have something as well.
            var age = Math.Pow(random.NextDouble(), 4) * 420 * 86400;
            var at = TestDatabase.Start.UtcDateTime.AddSeconds(-(long)age);
            var times = new List<DateTime>();
            for (var step = 0; step < 6; step++)
            {
                times.Add(at);
                at = at.AddSeconds((long)(-Math.Log(1 - random.NextDouble()) * 7200));
            }

            var rejected = random.Next(12) == 0;
            string Step(int index, int outOf) => !rejected && random.Next(outOf) != 0 && times[index] <= TestDatabase.Start.UtcDateTime ? Text(times[index]) : "";
            var place = string.Create(CultureInfo.InvariantCulture, $"{40.7 + (random.NextDouble() * 0.0399):F6},{-74 + (random.NextDouble() * 0.0399):F6}");
            var rework = random.Next(4) == 0 ? Step(2, 9) : "";
            var extension = random.Next(4) == 0 ? Step(3, 9) : "";
            lines.Add(string.Join(',', id.ToString(CultureInfo.InvariantCulture), "0401", Text(times[0]), place, Step(1, 4), rework, extension, Step(4, 3), Step(5, 3),
                rejected && times[1] <= TestDatabase.Start.UtcDateTime ? Text(times[1]) : "", random.Next(5) == 0 ? Text(times[0].AddHours(random.Next(1, 100))) : ""));
        }

        return lines;
    }

    private static string Text(DateTime utc) => NewYork.Local(NewYork.Unambiguous(utc)).ToString(Format, CultureInfo.InvariantCulture);

    // Daylight time from the second Sunday of March to the first of November, both at two o'clock of the clock that ends.
    private static class NewYork
    {
        public static int Hours(DateTime utc)
        {
            var (from, to) = (Sunday(utc.Year, 3, 2).AddHours(7), Sunday(utc.Year, 11, 1).AddHours(6));
            return utc >= from && utc < to ? -4 : -5;
        }

        public static DateTime Local(DateTime utc) => utc.AddHours(Hours(utc));

        public static DateTime Utc(DateTime local) => Hours(local.AddHours(4)) == -4 ? local.AddHours(4) : local.AddHours(5);

        // Whatever falls into the hour that comes twice is moved out of it: the file could not say which it means.
        public static DateTime Unambiguous(DateTime utc)
        {
            var change = Sunday(utc.Year, 11, 1).AddHours(6);
            return utc >= change.AddHours(-1) && utc < change.AddHours(1) ? change.AddHours(2) : utc;
        }

        private static DateTime Sunday(int year, int month, int which)
        {
            var first = new DateTime(year, month, 1);
            return first.AddDays(((7 - (int)first.DayOfWeek) % 7) + (7 * (which - 1)));
        }
    }

    private sealed class Row
    {
        public Row(string[] cells)
        {
            DateTime? At(int index) => cells[index].Length == 0 ? null : NewYork.Utc(DateTime.ParseExact(cells[index], Format, CultureInfo.InvariantCulture));
            (Reported, Accepted, Reworked, Extended, Resolved, Closed, Rejected) = (At(2)!.Value, At(5), At(6), At(7), At(8), At(9), At(10) is not null);
            var named = At(11);
            CloseBy = named ?? NewYork.Utc(NextWorkingDay(NewYork.Local(Reported).Date).AddDays(1)).AddMilliseconds(-1);
            ResolveBy = named < Reported.AddHours(2) ? named.Value : Reported.AddHours(2);
        }

        public DateTime Reported { get; }
        public DateTime? Accepted { get; }
        public DateTime? Reworked { get; }
        public DateTime? Extended { get; }
        public DateTime? Resolved { get; }
        public DateTime? Closed { get; }
        public bool Rejected { get; }
        public DateTime ResolveBy { get; }
        public DateTime CloseBy { get; }

        private static readonly Dictionary<string, string> Special = System.IO.File.ReadLines(Repository.File("data", "reference", "holidays-cn.csv")).Skip(1)
            .Select(line => line.Split(',')).GroupBy(cells => cells[0]).ToDictionary(day => day.Key, day => day.Last()[1]);

        private static DateTime NextWorkingDay(DateTime day)
        {
            do
            {
                day = day.AddDays(1);
            }
            while (Special.TryGetValue(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), out var kind) ? kind == "off" : day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);
            return day;
        }
    }

    private sealed class Counting(List<Row> rows, DateTime now)
    {
        public Dictionary<(string, string), (long, long?)> All()
        {
            var figures = new Dictionary<(string, string), (long, long?)>
            {
                [("open", "now")] = (rows.Count(IsOpen), null),
                [("overdue", "now")] = (rows.Count(row => IsOpen(row) && (row.Resolved is null ? row.ResolveBy : row.CloseBy) < now), null),
            };
            var today = NewYork.Local(now).Date;
            var (month, year) = (new DateTime(today.Year, today.Month, 1), new DateTime(today.Year, 1, 1));
            Add(figures, "today", today, null);
            Add(figures, "todayPrevious", today.AddDays(-1), today);
            Add(figures, "month", month, null);
            Add(figures, "monthPrevious", month.AddMonths(-1), month);
            Add(figures, "year", year, null);
            Add(figures, "yearPrevious", year.AddYears(-1), year);
            Add(figures, "all", null, null);
            return figures;
        }

        private static bool IsOpen(Row row) => row.Closed is null && !row.Rejected;

        // As far into the period before as now is into the present one, and not beyond its end.
        private void Add(Dictionary<(string, string), (long, long?)> figures, string period, DateTime? from, DateTime? next)
        {
            var start = from is null ? DateTime.MinValue : NewYork.Utc(from.Value);
            var end = now;
            if (next is not null)
            {
                end = start + (now - NewYork.Utc(next.Value));
                end = end < NewYork.Utc(next.Value) ? end : NewYork.Utc(next.Value).AddMilliseconds(-1);
            }

            bool In(DateTime? at) => at >= start && at <= end;
            var accepted = rows.Where(row => In(row.Accepted)).ToList();
            var close = rows.Where(row => !row.Rejected && In(row.CloseBy)).ToList();
            var resolve = rows.Where(row => !row.Rejected && In(row.ResolveBy)).ToList();
            figures[("reported", period)] = (rows.Count(row => In(row.Reported)), null);
            figures[("accepted", period)] = (accepted.Count, null);
            figures[("closed", period)] = (rows.Count(row => In(row.Closed)), null);
            figures[("completionRate", period)] = (accepted.Count(row => row.Closed <= end), accepted.Count);
            figures[("closureRate", period)] = (close.Count(row => row.Closed <= end), close.Count);
            figures[("closureInTimeRate", period)] = (close.Count(row => row.Closed <= row.CloseBy), close.Count);
            figures[("resolutionInTimeRate", period)] = (resolve.Count(row => row.Resolved <= row.ResolveBy), resolve.Count);
            figures[("reworkRate", period)] = (close.Count(row => row.Reworked <= end), close.Count);
            figures[("extensionRate", period)] = (close.Count(row => row.Extended <= end), close.Count);
        }
    }
}
