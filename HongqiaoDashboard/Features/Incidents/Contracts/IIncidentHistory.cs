using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>A dated step of a case in another system's records.</summary>
/// <param name="Kind">What happened: one of the seven steps, rejection, rework, suspension, resumption or extension.</param>
/// <param name="At">When.</param>
/// <param name="Until">When a suspension was to end, or the promised time that an extension named; null when the records do not say.</param>
/// <param name="Text">Reason, result or remark of this step; null when the records do not say.</param>
/// <param name="ApprovedBy">Who approved it; null when the records do not say.</param>
public readonly record struct HistoricStep(
    IncidentEventKind Kind, DateTimeOffset At, DateTimeOffset? Until = null, string? Text = null, string? ApprovedBy = null);

/// <summary>A case as another system's records tell it.</summary>
public sealed record HistoricCase
{
    /// <summary>Identity in that system, <c>source:id</c>. The same again is the same case.</summary>
    public required string ExternalId { get; init; }
    /// <summary>Way in.</summary>
    public string Source { get; init; } = "import";
    /// <summary>Type code; one that has ended will do.</summary>
    public required string Type { get; init; }
    /// <summary>Severity; null for that of the type.</summary>
    public IncidentSeverity? Severity { get; init; }
    /// <summary>Where, WGS-84.</summary>
    public required GeoPoint Point { get; init; }
    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
    /// <summary>Where, in words.</summary>
    public string? Address { get; init; }
    /// <summary>The reporter's words, at most 4,000 characters.</summary>
    public string Description { get; init; } = "";
    /// <summary>Address of a photograph elsewhere; never fetched.</summary>
    public string? MediaUrl { get; init; }
    /// <summary>Answers to the type's questions, a JSON object; null without any.</summary>
    public string? Attributes { get; init; }
    /// <summary>Code of the department that had it last; one that has ended will do.</summary>
    public string? Department { get; init; }
    /// <summary>
    /// Result or reason, kept with the step that resolved, rejected or closed the case, unless that has a text of its own;
    /// without such a step it is left out.
    /// </summary>
    public string? Result { get; init; }
    /// <summary>Promised: resolved by, where the records name it; null for the promise of the policy in force.</summary>
    public DateTimeOffset? ResolveBy { get; init; }
    /// <summary>Promised: closed by, where the records name it; null for the promise of the policy in force.</summary>
    public DateTimeOffset? CloseBy { get; init; }
    /// <summary>The steps after the report, in any order. What is not named did not happen: nothing is made up.</summary>
    public IReadOnlyList<HistoricStep> Steps { get; init; } = [];
}

/// <summary>Why a historic case cannot be taken in.</summary>
/// <param name="Refusal">
/// <c>ExternalIdBad</c>, <c>UnknownType</c>, <c>UnknownDepartment</c>, <c>PointOutside</c>, <c>TextTooLong</c>, <c>ReportInFuture</c>,
/// <c>StepInFuture</c>, <c>StepBeforeReport</c>, <c>StepsOutOfOrder</c>, <c>StepAfterEnd</c>, <c>StepWhileSuspended</c>,
/// <c>NotSuspended</c>, <c>DueBeforeReport</c>, <c>DueOutOfOrder</c>.
/// </param>
/// <param name="Step">The step that it is about; null for none.</param>
public sealed record HistoricFault(Refusal Refusal, IncidentEventKind? Step = null);

/// <summary>A historic case that was judged and can be stored.</summary>
public sealed class HistoricDraft
{
    internal HistoricDraft(HistoricCase source, Incident begun, IncidentEventDetail report, IReadOnlyList<HistoricEntry> entries, Grids.Contracts.GridEdition edition) =>
        (Source, Begun, Report, Entries, Edition) = (source, begun, report, entries, edition);

    /// <summary>What it was made from.</summary>
    public HistoricCase Source { get; }

    /// <summary>The case as it was right after the report, before it has a number.</summary>
    internal Incident Begun { get; }

    /// <summary>What the first entry says.</summary>
    internal IncidentEventDetail Report { get; }

    /// <summary>What happened after the report, in order.</summary>
    internal IReadOnlyList<HistoricEntry> Entries { get; }

    /// <summary>The edition of the grids that was in force when it was judged.</summary>
    internal Grids.Contracts.GridEdition Edition { get; }
}

/// <summary>An entry that a historic case brings to the log.</summary>
internal readonly record struct HistoricEntry(IncidentEventKind Kind, DateTimeOffset At, IncidentEventDetail Detail);

/// <summary>
/// Takes in cases from before this platform, or from another system. Their entries stand in the log at the times that
/// the records name, their places in the log in the order of writing.
/// </summary>
public interface IIncidentHistory
{
    /// <summary>Judges a case: places it, dates it and counts its promises. Stores nothing, and is quick.</summary>
    /// <param name="historic">The case.</param>
    /// <param name="draft">What can be stored; null when refused.</param>
    /// <returns>Why not, or null.</returns>
    /// <remarks>
    /// A case that is over is placed in the edition of the grids of its day of report, an open one in the edition in force.
    /// Promises are counted by the policy and the calendar in force, unless the records name due times: these then stand in
    /// the clock as an extension at the start, which is not counted as one.
    /// </remarks>
    HistoricFault? Judge(HistoricCase historic, out HistoricDraft? draft);

    /// <summary>Which of some identities are cases already.</summary>
    /// <param name="externalIds">Identities, <c>source:id</c>.</param>
    IReadOnlySet<string> Known(IReadOnlyCollection<string> externalIds);

    /// <summary>
    /// Stores cases in one transaction, at most a few hundred, so that others wait little. What is there already is left as
    /// it is: the same again, also by two programs at once, makes no second case.
    /// </summary>
    /// <param name="drafts">What <see cref="Judge"/> made.</param>
    /// <param name="actor">Who brings them, as the log shall name them.</param>
    /// <param name="cancellation">Withdraws them while they still wait.</param>
    /// <returns>For each, whether it is a new case; false for one that was known.</returns>
    /// <exception cref="Platform.Persistence.StorageUnavailableException">Nothing of them was stored; try again later.</exception>
    Task<IReadOnlyList<bool>> StoreAsync(IReadOnlyList<HistoricDraft> drafts, Actor actor, CancellationToken cancellation = default);
}
