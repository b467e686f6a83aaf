using System.Collections.Immutable;
using HongqiaoDashboard.Features.Grids.Contracts;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.Index.Strtree;
using NetTopologySuite.Operation.OverlayNG;
using NetTopologySuite.Operation.Valid;

namespace HongqiaoDashboard.Features.Grids.Domain;

/// <summary>
/// Finds everything that is wrong with how the grids of a draft fit together: codes, tree, and that every tier covers the
/// one above without overlap or gap. Knows no district and no count.
/// </summary>
/// <remarks>
/// Coordinates of six decimals move a border by up to a decimetre on each side. So a sliver between two borders is let pass
/// while it is not wider than <see cref="SliverWidth"/> on average; as an area: half its border's length times that width,
/// and never less than <see cref="LeastSquareMetres"/>. Faults state the area and the tolerance of the piece in m².
/// </remarks>
internal static class GridEditionValidator
{
    /// <summary>Metres.</summary>
    public const double SliverWidth = 0.2;

    public const double LeastSquareMetres = 1;

    /// <summary>All faults of an edition in itself, in the order of the file's grids.</summary>
    public static ImmutableArray<GridFault> Validate(GridDraft draft)
    {
        var faults = ImmutableArray.CreateBuilder<GridFault>();
        CheckCodes(draft, faults);
        CheckTree(draft, faults);
        var sound = CheckShapes(draft, faults);
        CheckCoverage(draft, sound, faults);
        return faults.ToImmutable();
    }

    private static void CheckCodes(GridDraft draft, ImmutableArray<GridFault>.Builder faults)
    {
        foreach (var same in draft.Units.Where(u => u.Code is not null).GroupBy(u => u.Code).Where(g => g.Count() > 1))
        {
            faults.Add(new GridFault(GridFaultKind.CodeDuplicate, same.Key, same.Count()));
        }

        foreach (var unit in draft.Units)
        {
            if (unit.Code is not { } code)
            {
                continue;
            }

            if (!code.All(char.IsAsciiDigit))
            {
                faults.Add(new GridFault(GridFaultKind.CodeNotDigits, code));
            }
            else if (unit.Tier is { } tier && code.Length != tier.CodeLength())
            {
                faults.Add(new GridFault(GridFaultKind.CodeLength, code, tier.CodeLength(), code.Length));
            }
        }
    }

    private static void CheckTree(GridDraft draft, ImmutableArray<GridFault>.Builder faults)
    {
        var districts = draft.Units.Count(u => u.Tier == GridTier.District);
        if (districts != 1)
        {
            faults.Add(districts == 0
                ? new GridFault(GridFaultKind.DistrictMissing, null)
                : new GridFault(GridFaultKind.DistrictSeveral, null, districts));
        }

        var byCode = draft.Units.Where(u => u.Code is not null).ToLookup(u => u.Code);
        var parents = draft.Units.Select(u => u.Parent).ToHashSet();
        foreach (var unit in draft.Units)
        {
            CheckParent(unit, byCode, faults);
            if (unit is { Code: not null, Tier: not null and not GridTier.Basic } && !parents.Contains(unit.Code))
            {
                faults.Add(new GridFault(GridFaultKind.ChildrenMissing, unit.Code));
            }
        }
    }

    private static void CheckParent(GridDraftUnit unit, ILookup<string?, GridDraftUnit> byCode, ImmutableArray<GridFault>.Builder faults)
    {
        if (unit.Tier is not { } tier)
        {
            return;
        }

        if (unit.Parent is null || tier == GridTier.District)
        {
            if (unit.Parent is null != (tier == GridTier.District))
            {
                faults.Add(unit.Parent is null
                    ? new GridFault(GridFaultKind.ParentMissing, unit.Label)
                    : new GridFault(GridFaultKind.ParentUnexpected, unit.Label, unit.Parent));
            }

            return;
        }

        if (!byCode.Contains(unit.Parent))
        {
            faults.Add(new GridFault(GridFaultKind.ParentUnknown, unit.Label, unit.Parent));
        }
        else if (byCode[unit.Parent].First().Tier is { } above && above != tier - 1)
        {
            faults.Add(new GridFault(GridFaultKind.ParentTier, unit.Label, unit.Parent, above));
        }

        if (unit.Code is not null && !unit.Code.StartsWith(unit.Parent, StringComparison.Ordinal))
        {
            faults.Add(new GridFault(GridFaultKind.ParentPrefix, unit.Label, unit.Parent));
        }
    }

    private static HashSet<GridDraftUnit> CheckShapes(GridDraft draft, ImmutableArray<GridFault>.Builder faults)
    {
        var sound = new HashSet<GridDraftUnit>(ReferenceEqualityComparer.Instance);
        foreach (var unit in draft.Units)
        {
            if (unit.Shape is null)
            {
                continue;
            }

            var error = new IsValidOp(unit.Shape).ValidationError;
            if (error is not null)
            {
                faults.Add(new GridFault(GridFaultKind.GeometryInvalid, unit.Label, error.ErrorType, error.Coordinate?.Y ?? 0, error.Coordinate?.X ?? 0));
            }
            else
            {
                sound.Add(unit);
            }
        }

        return sound;
    }

    // Only families that are whole: a missing child would show once more as a gap, which says nothing new.
    private static void CheckCoverage(GridDraft draft, HashSet<GridDraftUnit> sound, ImmutableArray<GridFault>.Builder faults)
    {
        var children = draft.Units.Where(u => u.Parent is not null).ToLookup(u => u.Parent);
        foreach (var parent in draft.Units.Where(sound.Contains))
        {
            var family = children[parent.Code].ToList();
            if (family.Count > 0 && family.TrueForAll(sound.Contains))
            {
                CheckFamily(parent, family, faults);
            }
        }
    }

    private static void CheckFamily(GridDraftUnit parent, List<GridDraftUnit> family, ImmutableArray<GridFault>.Builder faults)
    {
        var shapes = family.Select(u => u.Shape!).ToArray();
        var isExact = CoverageValidator.IsValid(shapes);
        if (isExact && NetTopologySuite.Coverage.CoverageUnion.Union(shapes).EqualsTopologically(parent.Shape!))
        {
            return;
        }

        if (!isExact)
        {
            CheckOverlaps(family, faults);
        }

        foreach (var child in family)
        {
            if (Excess(Subtract(child.Shape!, parent.Shape!)) is { } beyond)
            {
                faults.Add(new GridFault(GridFaultKind.Protrusion, child.Label, [parent.Label, .. beyond]));
            }
        }

        var union = OverlayNGRobust.Union(shapes[0].Factory.BuildGeometry(shapes));
        if (Excess(Subtract(parent.Shape!, union)) is { } uncovered)
        {
            faults.Add(new GridFault(GridFaultKind.Gap, parent.Label, uncovered));
        }
    }

    private static void CheckOverlaps(List<GridDraftUnit> family, ImmutableArray<GridFault>.Builder faults)
    {
        var tree = new STRtree<int>();
        for (var i = 0; i < family.Count; i++)
        {
            tree.Insert(family[i].Shape!.EnvelopeInternal, i);
        }

        for (var i = 0; i < family.Count; i++)
        {
            foreach (var j in tree.Query(family[i].Shape!.EnvelopeInternal).Where(j => j > i).Order())
            {
                if (Excess(OverlayNGRobust.Overlay(family[i].Shape!, family[j].Shape!, NetTopologySuite.Operation.Overlay.SpatialFunction.Intersection)) is { } common)
                {
                    faults.Add(new GridFault(GridFaultKind.Overlap, family[i].Label, [family[j].Label, .. common]));
                }
            }
        }
    }

    private static Geometry Subtract(Geometry from, Geometry what) =>
        OverlayNGRobust.Overlay(from, what, NetTopologySuite.Operation.Overlay.SpatialFunction.Difference);

    // Area and tolerance of the pieces that are no mere slivers, and a point in the largest; null when there are none.
    private static object[]? Excess(Geometry rest)
    {
        double area = 0, tolerance = 0, most = 0;
        Point? place = null;
        for (var i = 0; i < rest.NumGeometries; i++)
        {
            var piece = rest.GetGeometryN(i);
            if (piece is not Polygon { IsEmpty: false })
            {
                continue;
            }

            var size = Ellipsoid.Area(piece);
            var allowed = Math.Max(LeastSquareMetres, Ellipsoid.Length(piece) / 2 * SliverWidth);
            if (size > allowed)
            {
                area += size;
                tolerance += allowed;
                (most, place) = size > most ? (size, piece.InteriorPoint) : (most, place);
            }
        }

        return place is null ? null : [area, tolerance, place.Y, place.X];
    }
}
