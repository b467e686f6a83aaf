using HongqiaoDashboard.Features.Calendar.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>
/// How the promised times of a case came about: all that is needed to count them again, or to explain them. It holds the
/// promises themselves, so that a policy which changes later changes nothing of what this case was promised.
/// </summary>
public sealed record CaseClock
{
    /// <summary>When the clock began: the report, or the reopening.</summary>
    public required DateTimeOffset Start { get; init; }
    /// <summary>Promised until it is resolved.</summary>
    public required Promise Resolve { get; init; }
    /// <summary>Promised until it is closed.</summary>
    public required Promise Close { get; init; }
    /// <summary>Edition of the calendar by which it is counted.</summary>
    public required string Calendar { get; init; }
    /// <summary>When the clock stood still, in order; the one that goes on now is not among them.</summary>
    public IReadOnlyList<TimeInterval> Pauses { get; init; } = [];
    /// <summary>Extensions, in order.</summary>
    public IReadOnlyList<CaseExtension> Extensions { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(CaseClock? other) => other is not null
        && (Start, Resolve, Close, Calendar) == (other.Start, other.Resolve, other.Close, other.Calendar)
        && Pauses.SequenceEqual(other.Pauses) && Extensions.SequenceEqual(other.Extensions);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Start, Resolve, Close, Calendar, Pauses.Count, Extensions.Count);
}

/// <summary>An extension: promised times that somebody named.</summary>
/// <param name="At">When it was given.</param>
/// <param name="ResolveBy">Resolved by, from then on.</param>
/// <param name="CloseBy">Closed by, from then on.</param>
public sealed record CaseExtension(DateTimeOffset At, DateTimeOffset ResolveBy, DateTimeOffset CloseBy);
