using HongqiaoDashboard.Features.Situation.Contracts;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>A figure of a period, as a rule over a counter row.</summary>
/// <param name="Key">Name on the wire.</param>
/// <param name="Formula">Id and version.</param>
/// <param name="Numerator">Slot counted.</param>
/// <param name="NumeratorIsPaired">Whether the slot depends on the length of the period.</param>
/// <param name="Denominator">Slot of how many; null for a count.</param>
internal sealed record KpiFormula(string Key, string Formula, int Numerator, bool NumeratorIsPaired, int? Denominator)
{
    /// <summary>Slot counted, for a period of a given length.</summary>
    /// <param name="length">Length of the period.</param>
    public int NumeratorSlot(PeriodLength length) => Numerator + (NumeratorIsPaired ? (int)length : 0);
}

/// <summary>The figures, their formulas and their versions.</summary>
internal static class KpiFormulas
{
    /// <summary>Unit of counts.</summary>
    public const string Cases = "cases";
    /// <summary>Unit of rates.</summary>
    public const string Percent = "%";

    /// <summary>Figures of a period. What each counts is told in the resource file under its formula's id.</summary>
    public static readonly KpiFormula[] All =
    [
        new("reported", "reported@1", Metric.Reported, false, null),
        new("accepted", "accepted@1", Metric.Accepted, false, null),
        new("closed", "closed@1", Metric.Closed, false, null),
        // 办结率 = closed / accepted
        new("completionRate", "completion-rate@1", Metric.ClosedOfAccepted, true, Metric.Accepted),
        // 结案率 = closed / due to be closed
        new("closureRate", "closure-rate@1", Metric.ClosedOfDue, true, Metric.DueClose),
        // 按期结案率 = closed in time / due to be closed
        new("closureInTimeRate", "closure-in-time-rate@1", Metric.ClosedInTime, false, Metric.DueClose),
        // 按期处置率 = resolved in time / due to be resolved
        new("resolutionInTimeRate", "resolution-in-time-rate@1", Metric.ResolvedInTime, false, Metric.DueResolve),
        // 返工率 = cases with rework / due to be closed
        new("reworkRate", "rework-rate@1", Metric.ReworkedOfDue, true, Metric.DueClose),
        // 延期率 = cases extended / due to be closed
        new("extensionRate", "extension-rate@1", Metric.ExtendedOfDue, true, Metric.DueClose),
    ];

    /// <summary>The figure of a row.</summary>
    /// <param name="formula">The rule.</param>
    /// <param name="period">Name of the period.</param>
    /// <param name="length">Length of the period.</param>
    /// <param name="row">Counter row of the period.</param>
    public static SituationKpi Figure(KpiFormula formula, string period, PeriodLength length, ReadOnlySpan<long> row)
    {
        var numerator = row[formula.NumeratorSlot(length)];
        return formula.Denominator is { } slot
            ? new SituationKpi(formula.Key, period, Rate(numerator, row[slot]), numerator, row[slot], Percent, formula.Formula)
            : new SituationKpi(formula.Key, period, numerator, numerator, null, Cases, formula.Formula);
    }

    /// <summary>
    /// A rate in per cent, cut to two decimals and never rounded up, so that 100 appears only when nothing is missing.
    /// </summary>
    /// <param name="numerator">What is counted.</param>
    /// <param name="denominator">Of how many.</param>
    /// <returns>Null for a zero denominator.</returns>
    public static double? Rate(long numerator, long denominator) =>
        denominator == 0 ? null : numerator * 10_000 / denominator / 100.0;
}
