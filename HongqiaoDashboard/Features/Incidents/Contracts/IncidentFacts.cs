using System.Text.Json.Serialization;

namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>
/// All of a case that is counted, shown on a wall or placed on a map, and nothing that a reporter said. Every log entry
/// carries these facts before and after it, so that a reader corrects the period and the grid that a change belongs to
/// without asking the rows.
/// </summary>
public sealed record IncidentFacts
{
    /// <summary>Case number, <c>HQyyyyMMdd-NNNNNN</c>.</summary>
    [JsonPropertyName("n")] public required string Number { get; init; }
    /// <summary>State.</summary>
    [JsonPropertyName("s")] public required IncidentState State { get; init; }
    /// <summary>Basic grid's code, as it was when the case was placed.</summary>
    [JsonPropertyName("g")] public required string GridCode { get; init; }
    /// <summary>Category code.</summary>
    [JsonPropertyName("c")] public required string Category { get; init; }
    /// <summary>Type code.</summary>
    [JsonPropertyName("t")] public required string Type { get; init; }
    /// <summary>Severity.</summary>
    [JsonPropertyName("v")] public required IncidentSeverity Severity { get; init; }
    /// <summary>Degrees north, WGS-84.</summary>
    [JsonPropertyName("y")] public required double Latitude { get; init; }
    /// <summary>Degrees east, WGS-84.</summary>
    [JsonPropertyName("x")] public required double Longitude { get; init; }
    /// <summary>When it was reported; the clock of both promises runs from here.</summary>
    [JsonPropertyName("r")] public required DateTimeOffset ReportedAt { get; init; }
    /// <summary>When it was taken on.</summary>
    [JsonPropertyName("a")] public DateTimeOffset? AcceptedAt { get; init; }
    /// <summary>When the department said done, for the last time.</summary>
    [JsonPropertyName("d")] public DateTimeOffset? ResolvedAt { get; init; }
    /// <summary>When it was closed.</summary>
    [JsonPropertyName("z")] public DateTimeOffset? ClosedAt { get; init; }
    /// <summary>Promised: resolved by.</summary>
    [JsonPropertyName("rb")] public required DateTimeOffset ResolveBy { get; init; }
    /// <summary>Promised: closed by.</summary>
    [JsonPropertyName("cb")] public required DateTimeOffset CloseBy { get; init; }
    /// <summary>Since when the clock stands still; null while it runs.</summary>
    [JsonPropertyName("su")] public DateTimeOffset? SuspendedAt { get; init; }
    /// <summary>First time it was sent back for rework.</summary>
    [JsonPropertyName("rw")] public DateTimeOffset? ReworkedAt { get; init; }
    /// <summary>First time it was given an extension.</summary>
    [JsonPropertyName("ex")] public DateTimeOffset? ExtendedAt { get; init; }
    /// <summary>Department that has it.</summary>
    [JsonPropertyName("dp")] public string? Department { get; init; }

    /// <summary>The next promised time that is not met; null when none is left or the clock stands still.</summary>
    [JsonIgnore]
    public DateTimeOffset? DueAt =>
        !State.IsOpen() || SuspendedAt is not null ? null : ResolvedAt is null ? ResolveBy : CloseBy;
}
