using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;

namespace HongqiaoDashboard.Features.Incidents.Contracts;

/// <summary>
/// A slot on the list of cases: who shows figures says which cases a figure counts. The list knows nothing of how they
/// are counted.
/// </summary>
public interface ICaseSelection
{
    /// <summary>The cases behind a figure.</summary>
    /// <param name="kpi">Key of the figure.</param>
    /// <param name="period">Name of its period.</param>
    /// <param name="part"><c>numerator</c> or <c>denominator</c>; null for the usual one.</param>
    /// <param name="now">The instant at which the figure is meant.</param>
    /// <param name="selection">The cases.</param>
    /// <returns>False for a figure, period or part that does not exist.</returns>
    bool TrySelect(string kpi, string period, string? part, DateTimeOffset now, [NotNullWhen(true)] out CaseSelection? selection);
}

/// <summary>The cases behind a figure, or behind one side of a rate.</summary>
/// <param name="Title">What they are, in the language of the current user.</param>
/// <param name="Cases">Which; plain comparisons of columns that the database can answer.</param>
public sealed record CaseSelection(string Title, Expression<Func<Incident, bool>> Cases)
{
    /// <summary>For the denominator of a rate: which of them are in the numerator as well. The list marks the others.</summary>
    public Expression<Func<Incident, bool>>? Counted { get; init; }
    /// <summary>Word for a case that <see cref="Counted"/> leaves out.</summary>
    public string? MissLabel { get; init; }
    /// <summary>Which of <see cref="Parts"/> this is; null for a count.</summary>
    public string? Part { get; init; }
    /// <summary>The sides of a rate, key and label; empty for a count.</summary>
    public IReadOnlyList<(string Key, string Label)> Parts { get; init; } = [];
}
