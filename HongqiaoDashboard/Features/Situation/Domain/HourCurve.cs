using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>
/// Reports by hour of today and of the same weekday in the weeks before. Five days are kept, whatever the length of the
/// history: they are loaded from the rows when a day begins, and an entry of the log then costs one addition a tier.
/// </summary>
/// <param name="zone">The zone whose days and hours count.</param>
internal sealed class HourCurve(TimeZoneInfo zone)
{
    /// <summary>How many weeks back the usual day looks.</summary>
    public const int Weeks = 4;

    private readonly Dictionary<DateOnly, Dictionary<int, int[]>> _days = [];
    private readonly HashSet<DateOnly> _missing = [];
    private DateOnly? _today;
    private int _hour;

    /// <summary>Days that must be loaded before the curve is read.</summary>
    public IReadOnlyCollection<DateOnly> Missing => _missing;

    /// <summary>The local days that count for a day: itself, and the same weekday before.</summary>
    /// <param name="today">The day.</param>
    public static IEnumerable<DateOnly> DaysOf(DateOnly today) => Enumerable.Range(0, Weeks + 1).Select(week => today.AddDays(-7 * week));

    /// <summary>Moves the clock on.</summary>
    /// <param name="now">The instant.</param>
    /// <returns>Whether another hour has begun, which changes the curve of every scope.</returns>
    public bool Advance(DateTimeOffset now)
    {
        var (today, hour) = (zone.DayOf(now), zone.At(now).Hour);
        if (_today == today && _hour == hour)
        {
            return false;
        }

        _hour = hour;
        if (_today != today)
        {
            _today = today;
            _days.Clear();
            _missing.Clear();
            foreach (var day in DaysOf(today))
            {
                _days[day] = [];
                _missing.Add(day);
            }
        }

        return true;
    }

    /// <summary>Loads a day that was missing.</summary>
    /// <param name="day">The day.</param>
    /// <param name="reports">Path of the grid, and instant, of every report of that day.</param>
    public void Load(DateOnly day, IEnumerable<(int[] Path, DateTimeOffset At)> reports)
    {
        foreach (var (path, at) in reports)
        {
            Add(path, at, 1);
        }

        _missing.Remove(day);
    }

    /// <summary>Counts a report, if its day matters.</summary>
    /// <param name="path">Numbers of the grid and all above it.</param>
    /// <param name="at">When it was reported.</param>
    /// <param name="amount">One, or minus one to take it back.</param>
    public void Add(int[] path, DateTimeOffset at, int amount)
    {
        if (!_days.TryGetValue(zone.DayOf(at), out var rows))
        {
            return;
        }

        var hour = zone.At(at).Hour;
        foreach (var scope in path)
        {
            if (!rows.TryGetValue(scope, out var row))
            {
                rows[scope] = row = new int[24];
            }

            row[hour] += amount;
        }
    }

    /// <summary>The curve of a scope.</summary>
    /// <param name="scope">Number of the scope.</param>
    /// <param name="whole">Number of the district: a day on which nobody there reported anything lies before the records.</param>
    public SituationHours Read(int scope, int whole)
    {
        if (_today is not { } today)
        {
            return SituationHours.None;
        }

        var recorded = DaysOf(today).Skip(1).Where(day => _days[day].TryGetValue(whole, out var row) && row.Any(count => count > 0)).ToArray();
        var usual = new double[24];
        foreach (var day in recorded)
        {
            if (_days[day].TryGetValue(scope, out var row))
            {
                for (var hour = 0; hour < usual.Length; hour++)
                {
                    usual[hour] += (double)row[hour] / recorded.Length;
                }
            }
        }

        return new SituationHours(today, _hour, _days[today].TryGetValue(scope, out var own) ? [.. own] : new int[24], usual, recorded.Length);
    }
}
