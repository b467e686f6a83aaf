namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>A case as it stands: the fold of its log entries, beside what the reporter said.</summary>
public sealed record Incident
{
    /// <summary>Key inside the database.</summary>
    public required long Id { get; init; }
    /// <summary>Number that people use, <c>HQyyyyMMdd-NNNNNN</c>, the day local to the district.</summary>
    public required string Number { get; init; }
    /// <summary>Counts the moves; whoever moves a case names the version that they saw.</summary>
    public required int Version { get; init; }
    /// <summary>State.</summary>
    public required IncidentState State { get; init; }
    /// <summary>Category code.</summary>
    public required string Category { get; init; }
    /// <summary>Type code.</summary>
    public required string Type { get; init; }
    /// <summary>Severity.</summary>
    public required IncidentSeverity Severity { get; init; }
    /// <summary>Basic grid's code.</summary>
    public required string GridCode { get; init; }
    /// <summary>Degrees north, WGS-84.</summary>
    public required double Latitude { get; init; }
    /// <summary>Degrees east, WGS-84.</summary>
    public required double Longitude { get; init; }
    /// <summary>Where it is, in words.</summary>
    public string? Address { get; init; }
    /// <summary>The reporter's words. Never on a wall, in the hub or before anonymous readers.</summary>
    public required string Description { get; init; }
    /// <summary>Address of a photograph elsewhere; kept as text and never fetched.</summary>
    public string? MediaUrl { get; init; }
    /// <summary>Answers to the type's own questions, a JSON object of code to values; null without any.</summary>
    public string? Attributes { get; init; }
    /// <summary>Way in: <c>open311</c>, <c>desk</c>, <c>import</c>, <c>app</c>.</summary>
    public required string Source { get; init; }
    /// <summary>Who brought it: the fingerprint of a key or an account; null for nobody known.</summary>
    public string? Reporter { get; init; }
    /// <summary>Makes a repeated report the same case; null when the reporter gave nothing to tell by.</summary>
    public string? IdempotencyKey { get; init; }
    /// <summary>Identity in the system that it was imported from, <c>source:id</c>; no two cases share one.</summary>
    public string? ExternalId { get; init; }
    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
    /// <summary>立案.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
    /// <summary>派遣.</summary>
    public DateTimeOffset? DispatchedAt { get; init; }
    /// <summary>签到.</summary>
    public DateTimeOffset? CheckedInAt { get; init; }
    /// <summary>处置 begun.</summary>
    public DateTimeOffset? HandlingAt { get; init; }
    /// <summary>处理反馈, the last.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }
    /// <summary>核查 passed.</summary>
    public DateTimeOffset? VerifiedAt { get; init; }
    /// <summary>结案.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
    /// <summary>Promised: resolved by.</summary>
    public required DateTimeOffset ResolveBy { get; init; }
    /// <summary>Promised: closed by.</summary>
    public required DateTimeOffset CloseBy { get; init; }
    /// <summary>The next promised time that is not met; null when none is left or the clock stands still.</summary>
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>Policy that the promised times come from, id and version.</summary>
    public required string Policy { get; init; }
    /// <summary>How the promised times are counted; null for a case that is older than this record of it.</summary>
    public CaseClock? Clock { get; init; }
    /// <summary>Since when the clock stands still.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }
    /// <summary>When the clock runs again at the latest.</summary>
    public DateTimeOffset? SuspendedUntil { get; init; }
    /// <summary>State to go back to when the clock runs again.</summary>
    public IncidentState? SuspendedFrom { get; init; }
    /// <summary>First rework.</summary>
    public DateTimeOffset? ReworkedAt { get; init; }
    /// <summary>First extension.</summary>
    public DateTimeOffset? ExtendedAt { get; init; }
    /// <summary>How often it was sent back.</summary>
    public int Reworks { get; init; }
    /// <summary>How often it was extended.</summary>
    public int Extensions { get; init; }
    /// <summary>How often it was reopened.</summary>
    public int Reopenings { get; init; }
    /// <summary>Department that has it.</summary>
    public string? Department { get; init; }
    /// <summary>Number of the case that it was merged into.</summary>
    public string? MergedInto { get; init; }
    /// <summary>Last result or reason, for the reporter.</summary>
    public string? StatusNotes { get; init; }
    /// <summary>When it last moved.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>Log position of its last entry.</summary>
    public required long LastSeq { get; init; }

    /// <summary>The countable part.</summary>
    public IncidentFacts ToFacts() => new()
    {
        Number = Number, State = State, GridCode = GridCode, Category = Category, Type = Type, Severity = Severity,
        Latitude = Latitude, Longitude = Longitude, ReportedAt = ReportedAt, AcceptedAt = AcceptedAt, ResolvedAt = ResolvedAt,
        ClosedAt = ClosedAt, ResolveBy = ResolveBy, CloseBy = CloseBy, SuspendedAt = SuspendedAt, ReworkedAt = ReworkedAt,
        ExtendedAt = ExtendedAt, Department = Department,
    };
}
