using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>The leading measure day by day, without gaps, from the start (or the first entry before it) to the day that is shown.</summary>
internal sealed class CampaignCurve
{
    private readonly long[] _amounts;
    private readonly long[] _done;

    /// <summary>Adds the days up.</summary>
    /// <param name="start">First day of the campaign.</param>
    /// <param name="amounts">What was done on which day; days after <paramref name="day"/> do not count.</param>
    /// <param name="day">The day that is shown.</param>
    public CampaignCurve(DateOnly start, IReadOnlyDictionary<DateOnly, long> amounts, DateOnly day)
    {
        First = amounts.Where(pair => pair.Value != 0).Select(pair => pair.Key).Append(start).Min();
        Count = Math.Max(0, day.DayNumber - First.DayNumber + 1);
        (_amounts, _done) = (new long[Count], new long[Count]);
        foreach (var (on, amount) in amounts)
        {
            if (on.DayNumber - First.DayNumber is >= 0 and var at && at < Count)
            {
                _amounts[at] = amount;
            }
        }

        var done = 0L;
        for (var i = 0; i < Count; i++)
        {
            _done[i] = done += _amounts[i];
        }
    }

    /// <summary>The first day.</summary>
    public DateOnly First { get; }

    /// <summary>How many days, the one that is shown among them.</summary>
    public int Count { get; }

    /// <summary>How many days are over: all but the one that is shown, on which entries are still to come.</summary>
    public int Over => Math.Max(0, Count - 1);

    /// <summary>Done on each day.</summary>
    public ReadOnlySpan<long> Amounts => _amounts;

    /// <summary>Done by the end of the day before a place; the place behind the last day asks for all of it.</summary>
    /// <param name="place">From 0.</param>
    public long DoneBefore(int place) => place <= 0 ? 0 : _done[place - 1];

    /// <summary>The first place at whose end an amount is done; the count of the days when it is not.</summary>
    /// <param name="amount">The amount.</param>
    public int PlaceOf(long amount)
    {
        // Corrections keep amounts from being negative, so what is done never falls.
        var place = Array.BinarySearch(_done, amount);
        if (place < 0)
        {
            return ~place;
        }

        while (place > 0 && _done[place - 1] == amount)
        {
            place--;
        }

        return place;
    }

    /// <summary>Mean a day over days that are over; days before the first one are none and do not count.</summary>
    /// <param name="days">How many days.</param>
    /// <param name="until">How many of the newest to leave out.</param>
    public double Mean(int days, int until = 0)
    {
        var to = Over - until;
        var from = Math.Max(0, to - days);
        return to <= from ? 0 : (double)(DoneBefore(to) - DoneBefore(from)) / (to - from);
    }

    /// <summary>The days for a picture.</summary>
    /// <param name="plan">What is wanted.</param>
    public CampaignDay[] Days(CampaignPlan plan)
    {
        var days = new CampaignDay[Count];
        for (var i = 0; i < Count; i++)
        {
            var day = First.AddDays(i);
            days[i] = new CampaignDay(day, _amounts[i], _done[i], plan.At(day));
        }

        return days;
    }
}
