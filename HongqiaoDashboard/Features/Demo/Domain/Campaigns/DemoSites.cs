using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Demo.Domain.Campaigns;

/// <summary>Where the made-up parcels and markets lie: each in a community of its own, as long as there are enough of them.</summary>
internal sealed class DemoSites
{
    private const double MetresADegree = 111_320;
    private const int Tries = 24;

    private readonly int _seed;
    private readonly GridEdition _edition;
    private readonly Func<string, string> _shorten;
    private readonly List<GridUnit> _communities;

    /// <summary>The sites of a seed.</summary>
    /// <param name="seed">Seed of the demo.</param>
    /// <param name="edition">Edition of the grids.</param>
    /// <param name="shorten">Cuts the name of a community short.</param>
    public DemoSites(int seed, GridEdition edition, Func<string, string> shorten)
    {
        (_seed, _edition, _shorten) = (seed, edition, shorten);
        _communities = [.. edition.Units.Where(unit => unit.Tier == GridTier.Community).OrderBy(unit => StableRandom.Of(seed, "site", unit.Code).Unit())];
    }

    /// <summary>The site of a number; the same for the same seed and edition.</summary>
    /// <param name="number">From 0, over all campaigns.</param>
    public DemoSite At(int number) => In(_communities[number % _communities.Count], number);

    /// <summary>A site in a street that is named, or in any when there is none of that name.</summary>
    /// <param name="street">Beginning of the street's name.</param>
    /// <param name="number">Its number.</param>
    public DemoSite AtStreet(string street, int number)
    {
        var code = _edition.Children(_edition.Root.Code).FirstOrDefault(unit => unit.Name.StartsWith(street, StringComparison.Ordinal))?.Code ?? "";
        return In(_communities.Where(unit => unit.Code.StartsWith(code, StringComparison.Ordinal)).OrderByDescending(unit => unit.AreaSquareMetres).First(), number);
    }

    /// <summary>A point near another one, within the district.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="centre">The other one.</param>
    /// <param name="metres">Not farther than this.</param>
    public GeoPoint Near(StableRandom random, GeoPoint centre, double metres)
    {
        for (var i = 0; i < Tries; i++)
        {
            var (x, y) = ((2 * random.Unit()) - 1, (2 * random.Unit()) - 1);
            var point = Move(centre, x * metres * 0.7, y * metres * 0.7);
            if (_edition.Locate(point) is not null)
            {
                return point;
            }
        }

        return centre;
    }

    /// <summary>A ring of five to seven corners around a point, of about an area.</summary>
    /// <param name="number">Number of the site, which decides.</param>
    /// <param name="centre">The point.</param>
    /// <param name="squareMetres">The area.</param>
    public IReadOnlyList<GeoPoint> Outline(int number, GeoPoint centre, double squareMetres)
    {
        var random = StableRandom.Of(_seed, "outline", number);
        var corners = Corners[random.Below(Corners.Length)];
        // The corners enclose about 2.6 of the square of their reach.
        var reach = Math.Sqrt(squareMetres / 2.6);
        return [.. corners.Select(corner => Move(centre, corner.X * reach * (0.85 + (0.3 * random.Unit())), corner.Y * reach * (0.85 + (0.3 * random.Unit()))))];
    }

    private static readonly (double X, double Y)[][] Corners =
    [
        [(-1, -0.7), (0.1, -0.95), (1.05, -0.6), (0.9, 0.75), (-0.85, 0.8)],
        [(-0.9, -0.85), (0.6, -0.9), (1, -0.1), (0.85, 0.8), (-0.4, 0.95), (-1.05, 0.3)],
        [(-1.1, -0.55), (-0.3, -0.9), (0.8, -0.8), (1.1, 0), (0.7, 0.75), (-0.2, 0.9), (-0.95, 0.6)],
    ];

    private DemoSite In(GridUnit community, int number)
    {
        var basics = _edition.Children(community.Code);
        var random = StableRandom.Of(_seed, "sited", number);
        // A small grid would let a parcel stand over its edges; the larger half of them will do.
        var grid = random.Of([.. basics.OrderByDescending(unit => unit.AreaSquareMetres).Take(Math.Max(1, basics.Length / 2))]);
        return new DemoSite(_shorten(community.Name), grid.Code, grid.Centre);
    }

    private static GeoPoint Move(GeoPoint from, double east, double north) => new(
        Math.Round(from.Latitude + (north / MetresADegree), 6),
        // Plain arithmetic only, as everywhere in the demo: the cosine by the first terms of its series.
        Math.Round(from.Longitude + (east / (MetresADegree * Cosine(from.Latitude))), 6));

    private static double Cosine(double degrees)
    {
        var x = degrees * 0.017453292519943295;
        var square = x * x;
        return 1 - (square / 2 * (1 - (square / 12 * (1 - (square / 30 * (1 - (square / 56)))))));
    }
}

/// <summary>Where something lies.</summary>
/// <param name="Name">Name of its community, cut short.</param>
/// <param name="GridCode">Code of its basic grid.</param>
/// <param name="Point">A point in it.</param>
internal sealed record DemoSite(string Name, string GridCode, GeoPoint Point);
