namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>A report as it comes in, already placed and dated; whatever the way in.</summary>
public sealed record ReportIncident
{
    /// <summary>Type code; must be in force.</summary>
    public required string Type { get; init; }
    /// <summary>Where, WGS-84.</summary>
    public required Kernel.GeoPoint Point { get; init; }
    /// <summary>Where, in words.</summary>
    public string? Address { get; init; }
    /// <summary>The reporter's words, at most 4,000 characters.</summary>
    public string Description { get; init; } = "";
    /// <summary>Address of a photograph elsewhere; never fetched.</summary>
    public string? MediaUrl { get; init; }
    /// <summary>Answers to the type's questions, as a JSON object; null without any.</summary>
    public string? Attributes { get; init; }
    /// <summary>Way in: <c>open311</c>, <c>desk</c>, <c>import</c>, <c>app</c>.</summary>
    public required string Source { get; init; }
    /// <summary>Fingerprint of who brought it.</summary>
    public string? Reporter { get; init; }
    /// <summary>The same key again answers with the same case.</summary>
    public string? IdempotencyKey { get; init; }
    /// <summary>For how long <see cref="IdempotencyKey"/> counts; null for ever.</summary>
    public TimeSpan? IdempotencyWindow { get; init; }
    /// <summary>How to reach the reporter; encrypted at rest, in no log.</summary>
    public ReporterContact? Contact { get; init; }
    /// <summary>
    /// What the way in stores beside the case, in the same transaction: called with the session and the answer, also when
    /// the same report was taken in before. Quick, and nothing but the session is touched; what it throws undoes the report.
    /// </summary>
    public Action<Platform.Persistence.WriteSession, ReportReceipt>? Beside { get; init; }
}

/// <summary>How to reach a reporter.</summary>
/// <param name="FirstName">Given name.</param>
/// <param name="LastName">Family name.</param>
/// <param name="Phone">Phone number.</param>
/// <param name="Email">E-mail address.</param>
public sealed record ReporterContact(string? FirstName, string? LastName, string? Phone, string? Email);

/// <summary>A move of a case by somebody.</summary>
/// <param name="Kind">The move.</param>
public sealed record IncidentMove(IncidentEventKind Kind)
{
    /// <summary>Department; needed to dispatch.</summary>
    public string? Department { get; init; }
    /// <summary>Reason, result or remark; needed to reject, resolve, rework, suspend, extend, reopen and to note.</summary>
    public string? Text { get; init; }
    /// <summary>Number of the other case; needed to merge.</summary>
    public string? MergeInto { get; init; }
    /// <summary>Corrected type, on accepting.</summary>
    public string? Type { get; init; }
    /// <summary>Corrected severity, on accepting.</summary>
    public IncidentSeverity? Severity { get; init; }
    /// <summary>New promised time for the next unmet promise (to extend), or the end (to suspend).</summary>
    public DateTimeOffset? Until { get; init; }
    /// <summary>Who approved it; needed to suspend and to extend.</summary>
    public string? ApprovedBy { get; init; }
    /// <summary>Hashes of photographs that were taken in before; some types need them to resolve.</summary>
    public IReadOnlyList<string> Photos { get; init; } = [];
    /// <summary>Identity of the update by which another program moves, as that program names it.</summary>
    public string? UpdateId { get; init; }
    /// <summary>Status that the program named in its update, in its own terms.</summary>
    public string? UpdateStatus { get; init; }
    /// <summary>Address of a photograph elsewhere; never fetched.</summary>
    public string? MediaUrl { get; init; }
}

/// <summary>Answer to a report.</summary>
/// <param name="Incident">The case.</param>
/// <param name="IsNew">False when the same report was taken in before.</param>
public sealed record ReportReceipt(Incident Incident, bool IsNew);

/// <summary>
/// Where cases are reported and moved. Each call is one transaction, and its answer comes after the commit has reached
/// the disk.
/// </summary>
public interface IIncidentDesk
{
    /// <summary>Takes in a report.</summary>
    /// <param name="report">What is reported.</param>
    /// <param name="actor">Who brings it.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <returns>The new case, or the one that the same report made before.</returns>
    /// <exception cref="Kernel.RefusedException"><c>PointOutside</c>, <c>UnknownType</c>, <c>DescriptionTooLong</c>.</exception>
    /// <exception cref="Platform.Persistence.StorageUnavailableException">Nothing was stored; try again later.</exception>
    Task<ReportReceipt> ReportAsync(ReportIncident report, Platform.Identity.Actor actor, CancellationToken cancellation = default);

    /// <summary>Moves a case.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="version">The version that the mover saw.</param>
    /// <param name="move">The move.</param>
    /// <param name="actor">Who moves.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <returns>The case after the move.</returns>
    /// <exception cref="Kernel.RefusedException"><c>NotFound</c>, <c>MovedMeanwhile</c>, <c>MoveNotAllowed</c> and what the move itself lacks.</exception>
    /// <exception cref="Platform.Persistence.StorageUnavailableException">Nothing was stored; try again later.</exception>
    Task<Incident> MoveAsync(string number, int version, IncidentMove move, Platform.Identity.Actor actor, CancellationToken cancellation = default);

    /// <summary>Moves a case as it stands when its turn comes, for programs that have seen no version of it.</summary>
    /// <param name="number">Its number.</param>
    /// <param name="choose">
    /// Names the move, or null to leave the case as it is; called in the transaction with the session and the case. Quick,
    /// and nothing but the session is touched; what it stores belongs to the move, and what it throws undoes it.
    /// </param>
    /// <param name="actor">Who moves.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <returns>The case after the move.</returns>
    /// <exception cref="Kernel.RefusedException"><c>NotFound</c>, <c>MoveNotAllowed</c> and what the move itself lacks.</exception>
    /// <exception cref="Platform.Persistence.StorageUnavailableException">Nothing was stored; try again later.</exception>
    Task<Incident> MoveAsync(
        string number, Func<Platform.Persistence.WriteSession, Incident, IncidentMove?> choose, Platform.Identity.Actor actor, CancellationToken cancellation = default);

    /// <summary>The moves that a case allows now, in the order in which they are usually made.</summary>
    /// <param name="incident">The case.</param>
    IReadOnlyList<IncidentEventKind> LegalMoves(Incident incident);
}

/// <summary>Tells that the log has grown. It carries no data: a lost signal costs a poll, never an entry.</summary>
public interface IIncidentLogSignal
{
    /// <summary>Completes when something was committed since the last call completed, or when the time is up.</summary>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    Task WaitAsync(TimeSpan timeout, CancellationToken cancellation);
}
