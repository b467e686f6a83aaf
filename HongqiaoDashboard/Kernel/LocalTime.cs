namespace HongqiaoDashboard.Kernel;

/// <summary>Days and their edges in a named time zone: storage is UTC, days and months are local.</summary>
public static class LocalTime
{
    /// <summary>The local calendar day that an instant falls on.</summary>
    /// <param name="zone">The zone whose days are meant.</param>
    /// <param name="instant">Any instant.</param>
    public static DateOnly DayOf(this TimeZoneInfo zone, DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The first instant of a local day, also where a clock change skips midnight.</summary>
    /// <param name="zone">The zone whose days are meant.</param>
    /// <param name="day">The local day.</param>
    public static DateTimeOffset StartOf(this TimeZoneInfo zone, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        // Of an ambiguous midnight the earlier instant is the day's start, and that is the one with the larger offset.
        var offset = zone.IsAmbiguousTime(midnight) ? zone.GetAmbiguousTimeOffsets(midnight).Max() : zone.GetUtcOffset(midnight);
        return new DateTimeOffset(midnight, offset);
    }

    /// <summary>The same instant with the zone's offset, for showing and for wire formats.</summary>
    /// <param name="zone">The zone whose wall clock is meant.</param>
    /// <param name="instant">Any instant.</param>
    public static DateTimeOffset At(this TimeZoneInfo zone, DateTimeOffset instant) => TimeZoneInfo.ConvertTime(instant, zone);
}
