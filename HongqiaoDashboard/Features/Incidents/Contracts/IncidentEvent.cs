namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>One entry of the append-only log. Whoever wants to know what happened reads it after a <see cref="Seq"/>.</summary>
public sealed class IncidentEvent
{
    /// <summary>Position in the log: gapless, in commit order, across all processes.</summary>
    public required long Seq { get; init; }
    /// <summary>Key of the case.</summary>
    public required long IncidentId { get; init; }
    /// <summary>What happened.</summary>
    public required IncidentEventKind Kind { get; init; }
    /// <summary>When it happened; for imported history the time that the file names.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Identity of who did it.</summary>
    public required string ActorId { get; init; }
    /// <summary>Name of who did it, as it was then.</summary>
    public required string ActorName { get; init; }
    /// <summary>State before; null for the first entry.</summary>
    public IncidentState? From { get; init; }
    /// <summary>State after.</summary>
    public required IncidentState To { get; init; }
    /// <summary>What the move named: department, result, reason and the like.</summary>
    public required IncidentEventDetail Detail { get; init; }
    /// <summary>Facts before; null for the first entry.</summary>
    public IncidentFacts? Before { get; init; }
    /// <summary>Facts after.</summary>
    public required IncidentFacts After { get; init; }
}

/// <summary>What a move named. Only the members that the kind uses are set.</summary>
public sealed record IncidentEventDetail
{
    /// <summary>Department that is told to come.</summary>
    public string? Department { get; init; }
    /// <summary>Reason, result or remark, in the mover's words.</summary>
    public string? Text { get; init; }
    /// <summary>Number of the case that this one was merged into.</summary>
    public string? MergedInto { get; init; }
    /// <summary>Corrected type.</summary>
    public string? Type { get; init; }
    /// <summary>Corrected category.</summary>
    public string? Category { get; init; }
    /// <summary>Corrected severity.</summary>
    public IncidentSeverity? Severity { get; init; }
    /// <summary>Promised time that holds from now on.</summary>
    public DateTimeOffset? ResolveBy { get; init; }
    /// <summary>Promised time that holds from now on.</summary>
    public DateTimeOffset? CloseBy { get; init; }
    /// <summary>Who approved it, as the mover names them.</summary>
    public string? ApprovedBy { get; init; }
    /// <summary>When a suspension ends at the latest; or the promised time that an extension names.</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>Grid that the case is placed in from now on.</summary>
    public string? GridCode { get; init; }
    /// <summary>Policy that the promised times come from.</summary>
    public string? Policy { get; init; }
    /// <summary>How the promised times are counted from now on; null when that did not change.</summary>
    public CaseClock? Clock { get; init; }
    /// <summary>Photographs that came with the move, by the hash of their content.</summary>
    public IReadOnlyList<string>? Photos { get; init; }
    /// <summary>Identity of an update that another program sent, as that program names it.</summary>
    public string? UpdateId { get; init; }
    /// <summary>Status that another program named in its update, in its own terms.</summary>
    public string? UpdateStatus { get; init; }
    /// <summary>Address of a photograph elsewhere that another program named; kept as text and never fetched.</summary>
    public string? MediaUrl { get; init; }
}
