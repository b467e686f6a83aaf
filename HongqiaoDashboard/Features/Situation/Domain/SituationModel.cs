using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>
/// The counted state of the district: fed with the log in order and with the clock, read as figures. Used by one thread.
/// </summary>
/// <param name="zone">The zone whose days and months count.</param>
internal sealed partial class SituationModel(TimeZoneInfo zone)
{
    private readonly DayCursor[] _cursors = [new(), new(), new(), new()];
    private readonly Dictionary<int, CaseStream> _streams = [];
    private readonly HashSet<int> _basicTallies = [];
    private readonly List<Mark> _marks = [];
    private readonly List<Mark> _gone = [];
    private Period[] _periods = [];

    /// <summary>Grid codes and their numbers.</summary>
    public ScopeTable Scopes { get; } = new();

    /// <summary>Counts by day.</summary>
    public DayTallies Tallies { get; } = new();

    /// <summary>Open cases.</summary>
    public OpenCases Open { get; } = new();

    /// <summary>Reports by hour.</summary>
    public HourCurve Hours { get; } = new(zone);

    /// <summary>Last entry of the log that is in.</summary>
    public long Seq { get; set; }

    /// <summary>The instant that the figures show.</summary>
    public DateTimeOffset Now { get; private set; }

    /// <summary>Scopes that changed since this was last cleared.</summary>
    public HashSet<int> Touched { get; } = [];

    /// <summary>Takes in an entry of the log.</summary>
    /// <param name="entry">The entry that follows <see cref="Seq"/>.</param>
    public void Apply(IncidentEvent entry)
    {
        Recount(entry, intoCursors: true);
        CountHours(entry);
        Open.Put(entry.After, Scopes.Path(entry.After.GridCode), Touched);
        foreach (var scope in Scopes.Path(entry.After.GridCode))
        {
            if (_streams.TryGetValue(scope, out var stream))
            {
                stream.Put(entry.After);
            }

            Touched.Add(scope);
        }

        Seq = entry.Seq;
    }

    /// <summary>Takes in an entry for the day counts only, as on the way from stored tallies to the present.</summary>
    /// <param name="entry">The entry that follows <see cref="Seq"/>.</param>
    public void ApplyTallies(IncidentEvent entry)
    {
        Recount(entry, intoCursors: false);
        Seq = entry.Seq;
    }

    /// <summary>Counts a case by its facts alone, as when tallies are made from the rows.</summary>
    /// <param name="facts">The case.</param>
    public void CountTallies(IncidentFacts facts)
    {
        _marks.Clear();
        Marks.Collect(facts, zone, _marks);
        Count(_marks, Scopes.Path(facts.GridCode), 1, intoCursors: false);
    }

    /// <summary>Moves the clock on.</summary>
    /// <param name="now">The instant, no earlier than the last.</param>
    /// <returns>Days that must be loaded into their cursors before figures are read.</returns>
    public IReadOnlyList<DayCursor> Advance(DateTimeOffset now)
    {
        Now = now;
        Open.Advance(now, Touched);
        _periods = Periods.At(now, zone);
        if (Hours.Advance(now))
        {
            Touched.UnionWith(Enumerable.Range(0, Scopes.Count));
        }

        List<DayCursor>? stale = null;
        foreach (var (cursor, period) in _cursors.Zip([_periods[0], _periods[1], _periods[3], _periods[5]]))
        {
            if (cursor.Day == period.CutoffDay)
            {
                cursor.Advance(period.Cutoff, Touched);
            }
            else
            {
                cursor.Reset(period.CutoffDay, period.Cutoff);
                (stale ??= []).Add(cursor);
            }
        }

        return stale ?? [];
    }

    /// <summary>The first and last instant of a cursor's day.</summary>
    /// <param name="cursor">A cursor that stands on a day.</param>
    public (DateTimeOffset From, DateTimeOffset Before) Bounds(DayCursor cursor) =>
        (zone.StartOf(cursor.Day!.Value), zone.StartOf(cursor.Day.Value.AddDays(1)));

    /// <summary>Loads a case into a day's cursor.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <param name="facts">A case that may have something on that day.</param>
    public void Load(DayCursor cursor, IncidentFacts facts)
    {
        var (from, before) = Bounds(cursor);
        var path = Scopes.Path(facts.GridCode);
        _marks.Clear();
        Marks.Collect(facts, zone, _marks);
        foreach (var mark in _marks.Where(mark => mark.At >= from && mark.At < before))
        {
            cursor.Add(path, mark, 1, Touched);
        }
    }

    /// <summary>Loads the reports of a day that the curve of the hours misses.</summary>
    /// <param name="day">The local day.</param>
    /// <param name="reportsWithin">Gives grid code and instant of every report in a span.</param>
    public void LoadHours(DateOnly day, Func<DateTimeOffset, DateTimeOffset, IEnumerable<(string GridCode, DateTimeOffset At)>> reportsWithin) =>
        Hours.Load(day, reportsWithin(zone.StartOf(day), zone.StartOf(day.AddDays(1))).Select(report => (Scopes.Path(report.GridCode), report.At)));

    /// <summary>Whether a scope's stream must be loaded before it is shown.</summary>
    /// <param name="code">Grid code.</param>
    public bool NeedsStream(string code) => !_streams.ContainsKey(Scopes.Id(code));

    /// <summary>Puts a scope's newest cases in place.</summary>
    /// <param name="code">Grid code.</param>
    /// <param name="newest">Its newest cases.</param>
    public void LoadStream(string code, IEnumerable<IncidentFacts> newest)
    {
        var stream = _streams[Scopes.Id(code)] = new CaseStream();
        foreach (var facts in newest)
        {
            stream.Put(facts);
        }
    }

    /// <summary>Whether a basic grid's day counts must be loaded before it is shown: they are kept for the tiers above only.</summary>
    /// <param name="code">Grid code.</param>
    public bool NeedsTallies(string code) => ScopeTable.IsBasic(code) && !_basicTallies.Contains(Scopes.Id(code));

    /// <summary>Counts all cases of a basic grid by day and keeps counting.</summary>
    /// <param name="code">Grid code.</param>
    /// <param name="all">All its cases.</param>
    public void LoadTallies(string code, IEnumerable<IncidentFacts> all)
    {
        var scope = Scopes.Id(code);
        Tallies.Clear(scope);
        _basicTallies.Add(scope);
        foreach (var facts in all)
        {
            _marks.Clear();
            Marks.Collect(facts, zone, _marks);
            foreach (var mark in _marks)
            {
                Tallies.Add(scope, zone.DayOf(mark.At), mark.Slot, 1);
            }
        }
    }

    /// <summary>Forgets what is kept only for a scope that somebody watches.</summary>
    /// <param name="code">Grid code.</param>
    public void Release(string code)
    {
        var scope = Scopes.Id(code);
        _streams.Remove(scope);
        if (_basicTallies.Remove(scope))
        {
            Tallies.Clear(scope);
        }
    }

    private void CountHours(IncidentEvent entry)
    {
        if (entry.Before is { } before)
        {
            if (before.ReportedAt == entry.After.ReportedAt && before.GridCode == entry.After.GridCode)
            {
                return;
            }

            Hours.Add(Scopes.Path(before.GridCode), before.ReportedAt, -1);
        }

        Hours.Add(Scopes.Path(entry.After.GridCode), entry.After.ReportedAt, 1);
    }

    // Most marks of a case stay what they were: only the difference is counted.
    private void Recount(IncidentEvent entry, bool intoCursors)
    {
        _gone.Clear();
        _marks.Clear();
        Marks.Collect(entry.After, zone, _marks);
        if (entry.Before is { } before)
        {
            Marks.Collect(before, zone, _gone);
            if (before.GridCode == entry.After.GridCode)
            {
                _gone.RemoveAll(_marks.Remove);
            }

            Count(_gone, Scopes.Path(before.GridCode), -1, intoCursors);
        }

        Count(_marks, Scopes.Path(entry.After.GridCode), 1, intoCursors);
    }

    private void Count(List<Mark> marks, int[] path, int amount, bool intoCursors)
    {
        foreach (var mark in marks)
        {
            var day = zone.DayOf(mark.At);
            foreach (var scope in path)
            {
                if (!ScopeTable.IsBasic(Scopes.Code(scope)) || _basicTallies.Contains(scope))
                {
                    Tallies.Add(scope, day, mark.Slot, amount);
                }
            }

            if (!intoCursors)
            {
                continue;
            }

            foreach (var cursor in _cursors)
            {
                if (cursor.Day == day)
                {
                    cursor.Add(path, mark, amount, Touched);
                }
            }
        }
    }
}
