using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Demo.Domain;

/// <summary>
/// The life of a made-up case, from accepting to closing, as it goes when nobody interferes. Most are done in time; some are
/// late, some sent back, suspended or extended, and a few drag on for weeks.
/// </summary>
internal sealed class DemoLife
{
    private const double Rejected = 0.025;
    private const double Dragged = 0.005;
    private const double LateWork = 0.025;
    private const double LateClosing = 0.022;
    private const double Reworked = 0.032;

    // Minutes.
    private static readonly Spread Accept = new(1, 2, 4, 7, 12, 28);
    private static readonly Spread Dispatch = new(1, 2, 4, 7, 12, 24);
    private static readonly Spread Travel = new(4, 8, 13, 18, 26, 40);
    private static readonly Spread Work = new(5, 11, 18, 26, 38, 55);
    private static readonly Spread LongWork = new(90, 150, 240, 420, 900);
    private static readonly Spread Check = new(8, 20, 45, 100, 240, 600);
    private static readonly Spread Close = new(5, 30, 120, 360, 720, 1100);
    private static readonly Spread MajorAccept = new(4, 9, 18, 35, 80);
    private static readonly Spread MajorTravel = new(25, 45, 80, 150, 300);

    // Working days, and days.
    private static readonly Spread MajorWork = new(0.2, 0.9, 1.7, 2.4, 3.1, 3.7);
    private static readonly Spread LateDays = new(1, 1.5, 2.5, 4, 8);
    private static readonly Spread DraggedDays = new(9, 16, 28, 50, 110);
    private static readonly Spread SuspendedDays = new(2, 6, 14, 35, 90);

    private readonly StableRandom _random;
    private readonly DemoStories _stories;
    private readonly IPromiseClock _calendar;
    private readonly TimeZoneInfo _zone;
    private readonly string _type;
    private readonly bool _isMajor;
    private readonly List<HistoricStep> _steps = [];
    private DateTimeOffset _at;

    private DemoLife(StableRandom random, DemoStories stories, IPromiseClock calendar, TimeZoneInfo zone, string type, bool isMajor, DateTimeOffset reportedAt) =>
        (_random, _stories, _calendar, _zone, _type, _isMajor, _at) = (random, stories, calendar, zone, type, isMajor, reportedAt);

    /// <summary>The steps after the report, in order.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="stories">What is said.</param>
    /// <param name="calendar">Working days.</param>
    /// <param name="zone">The district's zone.</param>
    /// <param name="type">Type code.</param>
    /// <param name="severity">Severity.</param>
    /// <param name="reportedAt">When it was reported.</param>
    public static IReadOnlyList<HistoricStep> Of(
        StableRandom random, DemoStories stories, IPromiseClock calendar, TimeZoneInfo zone, string type, IncidentSeverity severity, DateTimeOffset reportedAt)
    {
        var life = new DemoLife(random, stories, calendar, zone, type, severity == IncidentSeverity.Major, reportedAt);
        life.Live();
        return life._steps;
    }

    private void Live()
    {
        Later(_isMajor ? MajorAccept : Accept);
        if (_random.Chance(Rejected))
        {
            Step(Kind.Rejected, _stories.Rejection(_random));
            return;
        }

        Step(Kind.Accepted);
        Later(Dispatch);
        Step(Kind.Dispatched);
        Later(_isMajor ? MajorTravel : Travel);
        if (_isMajor)
        {
            InOfficeHours();
        }

        Step(Kind.CheckedIn);
        if (_isMajor || _random.Chance(0.35))
        {
            _at = _at.AddMinutes(1 + _random.Below(6));
            Step(Kind.HandlingStarted);
        }

        Handle();
        Step(Kind.Resolved, _stories.Result(_random, _type));
        Later(Check);
        InOfficeHours();
        if (_random.Chance(Reworked))
        {
            Step(Kind.Reworked, _stories.Rework(_random));
            Later(LongWork);
            InOfficeHours();
            Step(Kind.Resolved, _stories.Result(_random, _type));
            Later(Check);
            InOfficeHours();
        }

        Step(Kind.Verified);
        Later(Close);
        if (_random.Chance(LateClosing))
        {
            _at = _at.AddDays(LateDays.Draw(_random));
        }

        InOfficeHours();
        Step(Kind.Closed);
    }

    private void Handle()
    {
        if (_random.Chance(_isMajor ? 0.06 : 0.016))
        {
            _at = _at.AddMinutes(3 + _random.Below(25));
            var until = EndOfWork(_at.AddDays(SuspendedDays.Draw(_random)));
            Step(Kind.Suspended, _stories.Suspension(_random), until);
            // Some go on before the date that was approved.
            _at = _random.Chance(0.6) ? until : EndOfWork(_at + ((until - _at) * (0.4 + (0.5 * _random.Unit())))).AddHours(-4);
            Step(Kind.Resumed);
        }

        if (_random.Chance(_isMajor ? 0.09 : 0.012))
        {
            _at = _at.AddMinutes(3 + _random.Below(20));
            Step(Kind.Extended, _stories.Extension(_random), _isMajor ? EndOfWork(_at.AddDays(8)) : _at.AddHours(4 + (4 * _random.Below(6))));
            Later(LongWork);
        }

        if (_random.Chance(Dragged))
        {
            _at = _at.AddDays(DraggedDays.Draw(_random));
        }
        else if (_isMajor)
        {
            WorkDays(MajorWork.Draw(_random) + (_random.Chance(2 * LateWork) ? LateDays.Draw(_random) : 0));
        }
        else
        {
            Later(_random.Chance(LateWork) ? LongWork : Work);
            return;
        }

        InOfficeHours();
    }

    private void Step(Kind kind, string? text = null, DateTimeOffset? until = null) =>
        _steps.Add(new HistoricStep(kind, _at, until, text, kind is Kind.Suspended or Kind.Extended ? _stories.Approver(_random) : null));

    // In whole seconds, so that no rounding of the storage matters.
    private void Later(Spread minutes) => _at = _at.AddSeconds(Math.Round(60 * minutes.Draw(_random)));

    private void WorkDays(double days)
    {
        for (; days > 0; days--)
        {
            _at = _at.AddDays(Math.Min(1, days));
            while (!_calendar.IsWorkingDay(Day(_at)))
            {
                _at = _at.AddDays(1);
            }
        }
    }

    // What comes at night is done in the morning. Whole seconds again, after parts of days.
    private void InOfficeHours()
    {
        _at = DateTimeOffset.FromUnixTimeSeconds(_at.ToUnixTimeSeconds());
        var hour = TimeZoneInfo.ConvertTime(_at, _zone).Hour;
        if (hour is < 8 or >= 20)
        {
            _at = Start(hour < 8 ? Day(_at) : Day(_at).AddDays(1)).AddHours(8).AddSeconds(_random.Below(5400));
        }
    }

    private DateTimeOffset EndOfWork(DateTimeOffset at) => Start(Day(at)).AddHours(18);

    private DateOnly Day(DateTimeOffset at) => Kernel.LocalTime.DayOf(_zone, at);

    private DateTimeOffset Start(DateOnly day) => Kernel.LocalTime.StartOf(_zone, day).ToUniversalTime();
}
