using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Grids.Contracts;

/// <summary>One grid of any tier, within one edition.</summary>
/// <param name="Index">Its place in the edition, 0 to n-1 without holes, in the order of the codes, so that a parent comes before its children.</param>
/// <param name="Code">Its code: 6, 9, 12 or 15 digits by tier, beginning with its parent's.</param>
/// <param name="Name">Its name as the edition's source has it.</param>
/// <param name="Tier">Its tier.</param>
/// <param name="ParentCode">Its parent's code; null for the district.</param>
/// <param name="AreaSquareMetres">Its area on the WGS-84 ellipsoid, in square metres.</param>
/// <param name="Centre">A point inside it: the centroid where that lies inside, otherwise another.</param>
public sealed record GridUnit(
    int Index,
    string Code,
    string Name,
    GridTier Tier,
    string? ParentCode,
    double AreaSquareMetres,
    GeoPoint Centre);
