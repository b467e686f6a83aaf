namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>Order of a list of cases.</summary>
public enum IncidentOrder
{
    /// <summary>By the time of report.</summary>
    Reported,
    /// <summary>By the next promised time; cases without one come last whichever the direction.</summary>
    Due,
    /// <summary>By the last move.</summary>
    Updated,
}

/// <summary>What a list of cases shows. Every member narrows; an unset one does not.</summary>
public sealed record IncidentQuery
{
    /// <summary>Largest page.</summary>
    public const int LongestPage = 100;

    /// <summary>
    /// Most cases that a list counts and leafs through; who wants what lies behind them narrows the list or turns its order.
    /// What stands behind a figure is counted and shown to the end.
    /// </summary>
    public const int Reach = 10_000;

    /// <summary>Any of these states; empty for all.</summary>
    public IReadOnlyList<IncidentState> States { get; init; } = [];
    /// <summary>Only cases that still want something of somebody.</summary>
    public bool OpenOnly { get; init; }
    /// <summary>Only open cases whose next promised time has passed.</summary>
    public bool OverdueOnly { get; init; }
    /// <summary>Category code.</summary>
    public string? Category { get; init; }
    /// <summary>Type code.</summary>
    public string? Type { get; init; }
    /// <summary>Severity.</summary>
    public IncidentSeverity? Severity { get; init; }
    /// <summary>A grid code of any tier, or the beginning of one.</summary>
    public string? GridCode { get; init; }
    /// <summary>Department code.</summary>
    public string? Department { get; init; }
    /// <summary>First local day of report.</summary>
    public DateOnly? ReportedFrom { get; init; }
    /// <summary>Last local day of report.</summary>
    public DateOnly? ReportedTo { get; init; }
    /// <summary>The beginning of a case number, or words that all stand somewhere in description and address.</summary>
    public string? Text { get; init; }
    /// <summary>The cases behind a figure.</summary>
    public CaseSelection? Selection { get; init; }
    /// <summary>Order.</summary>
    public IncidentOrder Order { get; init; }
    /// <summary>Whether the latest comes first.</summary>
    public bool Descending { get; init; } = true;
    /// <summary>Page, from 1. A page behind the last one gives the last one.</summary>
    public int Page { get; init; } = 1;
    /// <summary>Cases on a page, 1 to <see cref="LongestPage"/>.</summary>
    public int PageSize { get; init; } = 25;
}

/// <summary>A page of a list.</summary>
/// <param name="Items">Its cases.</param>
/// <param name="Total">Cases that the list has; at least that many if it is not exact.</param>
/// <param name="Page">Which page it is, from 1.</param>
/// <param name="PageCount">Number of pages that can be opened, at least 1.</param>
/// <param name="AsOf">The instant by which overdue was judged.</param>
public sealed record IncidentPage(IReadOnlyList<IncidentListItem> Items, int Total, int Page, int PageCount, DateTimeOffset AsOf)
{
    /// <summary>Whether there are exactly <see cref="Total"/> cases, not more.</summary>
    public bool IsTotalExact { get; init; } = true;

    /// <summary>Whether a text was looked for while older cases are still being taken into the index of texts.</summary>
    public bool IsTextIncomplete { get; init; }
}

/// <summary>A case in a list: phone and identity numbers in its texts are masked.</summary>
public sealed record IncidentListItem
{
    /// <summary>Number.</summary>
    public required string Number { get; init; }
    /// <summary>Counts the moves; whoever moves the case names the version that they saw.</summary>
    public required int Version { get; init; }
    /// <summary>State.</summary>
    public required IncidentState State { get; init; }
    /// <summary>Category code.</summary>
    public required string Category { get; init; }
    /// <summary>Type code.</summary>
    public required string Type { get; init; }
    /// <summary>Severity.</summary>
    public required IncidentSeverity Severity { get; init; }
    /// <summary>Grid code.</summary>
    public required string GridCode { get; init; }
    /// <summary>Department code.</summary>
    public string? Department { get; init; }
    /// <summary>Beginning of the reporter's words, masked.</summary>
    public required string Summary { get; init; }
    /// <summary>Where it is, in words, masked.</summary>
    public string? Address { get; init; }
    /// <summary>When it was reported.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
    /// <summary>When it was closed.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
    /// <summary>The next promised time; null when none is left or the clock stands still.</summary>
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>When it last moved.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }
    /// <summary>Whether the list is the denominator of a rate and this case is missing in its numerator.</summary>
    public bool Misses { get; init; }
}
