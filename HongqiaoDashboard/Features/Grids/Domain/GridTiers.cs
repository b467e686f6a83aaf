using HongqiaoDashboard.Features.Grids.Contracts;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>What the codes of the tiers look like. Lengths and prefixes come from the national rule for grid codes.</summary>
internal static class GridTiers
{
    public static IReadOnlyList<GridTier> All { get; } = Enum.GetValues<GridTier>();

    /// <summary>The tier's name in files and addresses.</summary>
    public static string Slug(this GridTier tier) => tier switch
    {
        GridTier.District => "district",
        GridTier.Street => "street",
        GridTier.Community => "community",
        _ => "basic",
    };

    public static int CodeLength(this GridTier tier) => 6 + (3 * (int)tier);

    /// <summary>Null for anything that is not a tier's name, exactly as <see cref="Slug"/> writes it.</summary>
    public static GridTier? Parse(string? slug)
    {
        foreach (var tier in All)
        {
            if (tier.Slug() == slug)
            {
                return tier;
            }
        }

        return null;
    }
}
