namespace HongqiaoDashboard.Features.Grids.Contracts;

/// <summary>
/// A slot on the page of the grids: a feature that counts something by grid (open cases, grid workers) registers one of these
/// as a service and is shown there. The grids know nothing of who fills it.
/// </summary>
public interface IGridFact
{
    /// <summary>Stable name, lower case with dots, for example <c>incidents.open</c>; no two facts share one.</summary>
    string Key { get; }

    /// <summary>What is counted, in the language of the current user.</summary>
    string Label { get; }

    /// <summary>Place among the facts: lower comes first, the key decides between equals.</summary>
    int Order => 0;

    /// <summary>Counts by grid code, for grids of every tier; a code that is missing counts zero. A parent's count need not be the sum of its children's.</summary>
    /// <param name="edition">The edition that is shown.</param>
    /// <param name="scopeCode">Only grids at or below this code may be told about; null for all.</param>
    /// <param name="cancellation">Set when the page has gone.</param>
    ValueTask<IReadOnlyDictionary<string, long>> CountAsync(GridEdition edition, string? scopeCode, CancellationToken cancellation);
}
