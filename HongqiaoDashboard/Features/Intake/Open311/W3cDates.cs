using System.Globalization;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>A date that a client sent.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The first instant after it: a day later, a second later, or one tick.</param>
internal readonly record struct W3cDate(DateTimeOffset From, DateTimeOffset Until);

/// <summary>Dates as the W3C note writes them: a day, or a day and time with an offset.</summary>
internal static partial class W3cDates
{
    /// <summary>An instant on the zone's wall clock, to the second.</summary>
    public static string Write(DateTimeOffset instant, TimeZoneInfo zone) =>
        zone.At(instant).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    /// <summary>Reads a date; a day is one of the zone's days, and a time needs its offset, which is never guessed.</summary>
    public static bool TryParse(string text, TimeZoneInfo zone, out W3cDate date)
    {
        date = default;
        var match = Pattern().Match(text);
        if (!match.Success
            || !DateOnly.TryParseExact(match.Groups["day"].ValueSpan, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        return match.Groups["time"].Success ? TryTime(match, day, out date) : TryDay(day, zone, out date);
    }

    /// <summary>Adds without leaving the years 1 to 9999.</summary>
    public static DateTimeOffset Plus(this DateTimeOffset instant, TimeSpan span)
    {
        var ticks = Int128.Clamp((Int128)instant.UtcTicks + span.Ticks, 0, DateTimeOffset.MaxValue.UtcTicks);
        return new DateTimeOffset((long)ticks, TimeSpan.Zero);
    }

    private static bool TryDay(DateOnly day, TimeZoneInfo zone, out W3cDate date)
    {
        // The first and the last day of the calendar may begin or end outside of it, seen from another zone.
        if (day == DateOnly.MinValue)
        {
            date = default;
            return false;
        }

        var from = zone.StartOf(day).ToUniversalTime();
        date = new W3cDate(from, day == DateOnly.MaxValue ? DateTimeOffset.MaxValue : zone.StartOf(day.AddDays(1)).ToUniversalTime());
        return true;
    }

    private static bool TryTime(Match match, DateOnly day, out W3cDate date)
    {
        date = default;
        var time = match.Groups["time"].Value;
        var sign = match.Groups["sign"].Value == "-" ? -1 : 1;
        var offset = TimeSpan.Zero;
        if (!TimeOnly.TryParseExact(time, time.Length == 5 ? "HH:mm" : "HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock)
            || (match.Groups["hours"].Success && !TryOffset(match, out offset)))
        {
            return false;
        }

        var fraction = match.Groups["fraction"].Value;
        var ticks = (Int128)day.DayNumber * TimeSpan.TicksPerDay + clock.Ticks + Fraction(fraction) - (sign * offset.Ticks);
        if (ticks < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
        {
            return false;
        }

        var from = new DateTimeOffset((long)ticks, TimeSpan.Zero);
        // What is shown is cut to the second, so a whole second means all of it.
        date = new W3cDate(from, from.Plus(fraction.Length > 0 ? TimeSpan.FromTicks(1) : TimeSpan.FromSeconds(1)));
        return true;
    }

    private static bool TryOffset(Match match, out TimeSpan offset)
    {
        var hours = int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture);
        var minutes = int.Parse(match.Groups["minutes"].ValueSpan, CultureInfo.InvariantCulture);
        offset = new TimeSpan(hours, minutes, 0);
        return hours <= 14 && minutes <= 59;
    }

    private static long Fraction(string digits) =>
        digits.Length == 0 ? 0 : long.Parse(digits.PadRight(7, '0').AsSpan(0, 7), CultureInfo.InvariantCulture);

    // A plus sign that was not escaped in a query arrives as a space.
    [GeneratedRegex(@"\A(?<day>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt](?<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(?:(?<=:[0-9]{2}:[0-9]{2})\.(?<fraction>[0-9]{1,9}))?(?:[Zz]|(?<sign>[+ -])(?<hours>[0-9]{2}):(?<minutes>[0-9]{2})))?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
