using HongqiaoDashboard.Features.Grids.Contracts;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>Finds grids by what a person types.</summary>
internal static class GridSearch
{
    /// <summary>
    /// Grids whose code begins with the text or whose name contains all of its words, larger tiers first, then in the order
    /// of the codes.
    /// </summary>
    /// <param name="edition">Where to look.</param>
    /// <param name="text">Part of a name, or the beginning of a code.</param>
    /// <param name="limit">How many to return at most.</param>
    public static IReadOnlyList<GridUnit> Search(this GridEdition edition, string? text, int limit)
    {
        var words = (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? []
            : [.. edition.Units.Where(unit => Matches(unit, words)).OrderBy(unit => unit.Tier).ThenBy(unit => unit.Index).Take(limit)];
    }

    private static bool Matches(GridUnit unit, string[] words) =>
        (words.Length == 1 && unit.Code.StartsWith(words[0], StringComparison.Ordinal))
        || words.All(word => unit.Name.Contains(word, StringComparison.OrdinalIgnoreCase));
}
