namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>
/// Slots of a counter row. A plain metric is counted on the day of one instant. A paired metric has an anchor that says
/// which period a case belongs to, and a second instant by which something must have happened; whether both fall into the
/// same period depends on the length of the period, so each has four slots: day, month, year, all.
/// </summary>
internal static class Metric
{
    public const int Reported = 0;
    public const int Accepted = 1;
    public const int DueResolve = 2;
    public const int ResolvedInTime = 3;
    public const int DueClose = 4;
    public const int ClosedInTime = 5;
    public const int Closed = 6;
    public const int ClosedOfAccepted = 7;
    public const int ClosedOfDue = 11;
    public const int ReworkedOfDue = 15;
    public const int ExtendedOfDue = 19;

    /// <summary>Slots in a counter row.</summary>
    public const int Width = 23;

    /// <summary>Part of the key under which tallies are stored; a change of any rule below makes a new one.</summary>
    public const string Version = "tallies@1";
}

/// <summary>Length of a period, in the order of a paired metric's slots.</summary>
internal enum PeriodLength
{
    Day = 0,
    Month = 1,
    Year = 2,
    All = 3,
}
