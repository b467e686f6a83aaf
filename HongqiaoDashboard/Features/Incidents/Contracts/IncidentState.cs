namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>Where a case stands in the field's seven steps. The numbers are stored; never renumber them.</summary>
public enum IncidentState
{
    /// <summary>上报: taken in, nobody has judged it yet.</summary>
    Reported = 1,
    /// <summary>立案: taken on as a case.</summary>
    Accepted = 2,
    /// <summary>派遣: a department has been told to come.</summary>
    Dispatched = 3,
    /// <summary>签到: the department is there.</summary>
    CheckedIn = 4,
    /// <summary>处置: work is going on.</summary>
    Handling = 5,
    /// <summary>处理反馈: the department says it is done.</summary>
    Resolved = 6,
    /// <summary>核查: somebody else has looked, and it is done.</summary>
    Verified = 7,
    /// <summary>结案: over.</summary>
    Closed = 8,
    /// <summary>不予受理: not taken on, with a reason.</summary>
    Rejected = 9,
    /// <summary>并案: it lives on in another case.</summary>
    Merged = 10,
    /// <summary>挂账: the clock stands still until it is resumed.</summary>
    Suspended = 11,
}

/// <summary>How much a case weighs; it decides the promised times.</summary>
public enum IncidentSeverity
{
    /// <summary>一般: resolved within 2 hours is promised.</summary>
    Ordinary = 1,
    /// <summary>重大: closed within 5 working days is promised.</summary>
    Major = 2,
}

/// <summary>What the log records. The numbers are stored; never renumber them.</summary>
public enum IncidentEventKind
{
    /// <summary>上报.</summary>
    Reported = 1,
    /// <summary>立案, perhaps with a corrected type or severity.</summary>
    Accepted = 2,
    /// <summary>不予受理.</summary>
    Rejected = 3,
    /// <summary>并案 into another case.</summary>
    Merged = 4,
    /// <summary>派遣 to a department.</summary>
    Dispatched = 5,
    /// <summary>签到 on the spot.</summary>
    CheckedIn = 6,
    /// <summary>处置 begins.</summary>
    HandlingStarted = 7,
    /// <summary>处理反馈 with the result.</summary>
    Resolved = 8,
    /// <summary>核查 passed.</summary>
    Verified = 9,
    /// <summary>返工: the check failed, back to handling.</summary>
    Reworked = 10,
    /// <summary>结案.</summary>
    Closed = 11,
    /// <summary>挂账: the clock stops.</summary>
    Suspended = 12,
    /// <summary>The clock runs again; promised times move by the pause.</summary>
    Resumed = 13,
    /// <summary>延期: the promised times move, and that is counted.</summary>
    Extended = 14,
    /// <summary>Reopened by a dissatisfied reporter under a new promise.</summary>
    Reopened = 15,
    /// <summary>A remark that changes nothing.</summary>
    Noted = 16,
    /// <summary>Placed in another grid by a new edition.</summary>
    Regridded = 17,
    /// <summary>Promised times counted anew by a corrected calendar.</summary>
    Recounted = 18,
    /// <summary>The reporter's contact was shown to somebody, who said why.</summary>
    ContactRevealed = 19,
}

/// <summary>Questions about states that more than one feature asks.</summary>
public static class IncidentStates
{
    /// <summary>Whether a case in this state still wants something of somebody.</summary>
    /// <param name="state">The state.</param>
    public static bool IsOpen(this IncidentState state) =>
        state is not (IncidentState.Closed or IncidentState.Rejected or IncidentState.Merged);
}
