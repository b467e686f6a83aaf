namespace HongqiaoDashboard.Features.Calendar.Contracts;

/// <summary>A span of time, the beginning in it and the end not.</summary>
/// <param name="From">First instant.</param>
/// <param name="To">First instant after it.</param>
public readonly record struct TimeInterval(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>How long it is.</summary>
    public TimeSpan Length => To - From;
}

/// <summary>When a promise falls due, and what was counted until then.</summary>
/// <param name="Due">The last instant at which the promise is kept, UTC.</param>
/// <param name="Counted">
/// What was counted, in order, without overlaps; the last one ends with <paramref name="Due"/>. Together they are as long as
/// the promise; of a promise in working days the last millisecond, which is the due time itself, is not in them.
/// </param>
public sealed record DueTime(DateTimeOffset Due, IReadOnlyList<TimeInterval> Counted);
