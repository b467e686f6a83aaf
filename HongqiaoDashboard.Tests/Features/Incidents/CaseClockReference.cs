using HongqiaoDashboard.Features.Calendar.Contracts;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>
/// A promise counted minute by minute, as somebody with a stopwatch would: every minute that counts takes one from what is
/// left, and the promise ends when nothing is left. Knows the calendar by which days it is told are worked, and nothing of
/// intervals.
/// </summary>
internal sealed class CaseClockReference(Promise promise, DateTimeOffset start, Func<DateOnly, bool> isWorked)
{
    private static readonly TimeSpan Zone = TimeSpan.FromHours(8);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private Promise _promise = promise;
    private DateTimeOffset _start = start;
    private DateTimeOffset _now = start;
    private long _left = Whole(promise);

    /// <summary>When nothing was left; null while something is.</summary>
    public DateTimeOffset? Ended { get; private set; }

    /// <summary>Countable minutes until the end that were not counted, because the clock stood still.</summary>
    public long Stopped { get; private set; }

    /// <summary>Lets time pass.</summary>
    /// <param name="until">Whole minute.</param>
    /// <param name="running">Whether the clock runs at an instant.</param>
    public void Pass(DateTimeOffset until, Func<DateTimeOffset, bool> running)
    {
        for (; _now < until; _now += Minute)
        {
            if (Ended is null && Counts(_now))
            {
                if (!running(_now))
                {
                    Stopped++;
                }
                else if (--_left == 0)
                {
                    Ended = _now + Minute;
                }
            }
        }
    }

    /// <summary>Another promise for the same case, from the same start; before any pause.</summary>
    public void Correct(Promise promise)
    {
        var now = _now;
        (_promise, _now, _left, Ended) = (promise, _start, Whole(promise), null);
        Pass(now, _ => true);
    }

    /// <summary>Somebody named the end.</summary>
    /// <param name="end">The instant after the last one that keeps the promise.</param>
    public void Name(DateTimeOffset end)
    {
        if (end <= _now)
        {
            Ended = end;
            return;
        }

        (_left, Ended) = (0, null);
        for (var at = _now; at < end; at += Minute)
        {
            _left += Counts(at) ? 1 : 0;
        }
    }

    /// <summary>A new promise.</summary>
    public void Renew(Promise promise) => (_promise, _start, _left, Ended, Stopped) = (promise, _now, Whole(promise), null, 0);

    /// <summary>When it ends if nothing stops the clock any more.</summary>
    public DateTimeOffset End()
    {
        while (Ended is null)
        {
            Pass(_now + TimeSpan.FromDays(1), _ => true);
        }

        return Ended.Value;
    }

    private static long Whole(Promise promise) => promise.Amount * (promise.Unit == PromiseUnit.WorkingDays ? 1440L : 60L);

    private bool Counts(DateTimeOffset at)
    {
        var local = at.ToOffset(Zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        return _promise.Unit switch
        {
            PromiseUnit.ClockHours => true,
            PromiseUnit.WorkingDays => isWorked(day) && day > DateOnly.FromDateTime(_start.ToOffset(Zone).DateTime),
            _ => isWorked(day) && local.Hour is (>= 8 and < 12) or (>= 14 and < 18),
        };
    }
}
