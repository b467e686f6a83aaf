namespace HongqiaoDashboard.Features.Grids.Contracts;

/// <summary>The four tiers of the grids, from the whole to the smallest.</summary>
public enum GridTier
{
    /// <summary>区: the district, the root of an edition; its code has 6 digits.</summary>
    District,

    /// <summary>街道: a street of the district; 9 digits.</summary>
    Street,

    /// <summary>社区: a community of a street; 12 digits.</summary>
    Community,

    /// <summary>基础网格: the smallest grid, which a grid worker walks; 15 digits.</summary>
    Basic,
}
