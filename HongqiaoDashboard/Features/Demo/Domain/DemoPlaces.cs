using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Demo.Domain;

/// <summary>Where cases happen in a month: some grids are hot spots for years, some communities for a month.</summary>
internal sealed class DemoPlaces
{
    private const int Tries = 16;
    private const int HotCommunities = 3;

    private readonly GridEdition _edition;
    private readonly List<GridUnit> _basics;
    private readonly Lottery _lottery;

    /// <summary>The places of a month.</summary>
    /// <param name="seed">Seed of the demo.</param>
    /// <param name="edition">Edition of the grids.</param>
    /// <param name="month">Months since the year 0.</param>
    public DemoPlaces(int seed, GridEdition edition, int month)
    {
        _edition = edition;
        _basics = [.. edition.Units.Where(unit => unit.Tier == GridTier.Basic)];
        var communities = edition.Units.Where(unit => unit.Tier == GridTier.Community).ToList();
        var chosen = StableRandom.Of(seed, "hot", month);
        var hot = Enumerable.Range(0, HotCommunities).Select(_ => chosen.Of(communities).Code).ToHashSet();
        _lottery = new Lottery(_basics.Select(unit => Heat(StableRandom.Of(seed, "grid", unit.Code).Unit()) * (hot.Contains(unit.ParentCode!) ? 5 : 1)));
    }

    /// <summary>A point and the name of its community.</summary>
    /// <param name="random">Decides.</param>
    public (GeoPoint Point, string Community) Draw(StableRandom random)
    {
        var grid = _basics[_lottery.Draw(random)];
        return (Within(random, grid), _edition.Find(grid.ParentCode)?.Name ?? grid.Name);
    }

    private static double Heat(double rank) => rank < 0.04 ? 9 : rank < 0.15 ? 3.5 : 0.3 + rank;

    // The contract tells which grid a point lies in, so points are tried; a bent grid may have none, and its centre will do.
    private GeoPoint Within(StableRandom random, GridUnit grid)
    {
        var reach = Math.Sqrt(grid.AreaSquareMetres) / 111_320 * 0.6;
        for (var i = 0; i < Tries; i++)
        {
            var point = new GeoPoint(
                Math.Round(grid.Centre.Latitude + (((2 * random.Unit()) - 1) * reach), 6), Math.Round(grid.Centre.Longitude + (((2 * random.Unit()) - 1) * reach), 6));
            if (_edition.Locate(point)?.Index == grid.Index)
            {
                return point;
            }
        }

        return grid.Centre;
    }
}
