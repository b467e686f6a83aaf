namespace HongqiaoDashboard.Features.Calendar.Domain;

/// <summary>What an edition of the calendar says; the form in which it is stored and administered.</summary>
/// <param name="Hours">Working hours of a working day, in order and apart from each other.</param>
/// <param name="Years">Years of which anything is known.</param>
public sealed record CalendarDocument(IReadOnlyList<WorkingPeriod> Hours, IReadOnlyList<CalendarYear> Years)
{
    /// <summary>8:00 to 12:00 and 14:00 to 18:00.</summary>
    public static IReadOnlyList<WorkingPeriod> UsualHours { get; } = [new(new(8, 0), new(12, 0)), new(new(14, 0), new(18, 0))];
}

/// <summary>A span of working hours.</summary>
/// <param name="From">It begins.</param>
/// <param name="To">It ends; midnight for the end of the day.</param>
public sealed record WorkingPeriod(TimeOnly From, TimeOnly To);

/// <summary>A year's schedule.</summary>
/// <param name="Year">The year.</param>
/// <param name="Days">Days that are not what their weekday says, in order.</param>
public sealed record CalendarYear(int Year, IReadOnlyList<SpecialDay> Days)
{
    /// <summary>Whether the schedule is somebody's expectation and has not been published yet.</summary>
    public bool IsProvisional { get; init; }
}

/// <summary>A day that is not what its weekday says.</summary>
/// <param name="Date">The day.</param>
/// <param name="IsWorked">A weekend day that is worked (调休); otherwise a public holiday.</param>
/// <param name="Name">Name of the holiday.</param>
public sealed record SpecialDay(DateOnly Date, bool IsWorked, string Name);
