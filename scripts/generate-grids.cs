#:package NetTopologySuite
#:property GenerateDocumentationFile=true

// Draws the schematic grids of the district: streets from anchors, communities in each street, basic grids
// in each community, every tier covering the one above exactly. Reads data/reference, writes one edition file:
//
//     dotnet run scripts/generate-grids.cs
//
// The same input gives the same bytes on every run and machine: fixed iteration counts, a generator of its own,
// arithmetic that IEEE 754 fixes (no trigonometry after the scale), no clock, and no order taken from a hash.

using System.Globalization;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Algorithm;
using NetTopologySuite.Coverage;
using NetTopologySuite.Geometries;
using NetTopologySuite.Noding;
using NetTopologySuite.Noding.Snapround;
using NetTopologySuite.Operation.Polygonize;

const int BasicGrids = 1035;
const string EditionId = "120106-2018";

var root = Path.GetFullPath(Path.Combine((string)AppContext.GetData("EntryPointFileDirectoryPath")!, ".."));
var reference = Path.Combine(root, "data", "reference");
var target = Path.Combine(root, "data", "grids", EditionId + ".geojson");

var divisions = File.ReadAllLines(Path.Combine(reference, "divisions.csv")).Skip(1)
    .Where(line => line.Length > 0)
    .Select(line => line.Split(','))
    .Select(f => new Division(f[0], f[1], f[2], f[3]))
    .OrderBy(d => d.Code, StringComparer.Ordinal)
    .ToList();
var district = divisions.Single(d => d.Level == "district");
var streetDivisions = divisions.Where(d => d.Level == "street").ToList();
var anchors = File.ReadAllLines(Path.Combine(reference, "street-anchors.csv")).Skip(1)
    .Where(line => line.Length > 0)
    .Select(line => line.Split(','))
    .ToDictionary(f => f[0], f => new Coordinate(Parse(f[2]), Parse(f[3])));
var outline = ReadOutline(Path.Combine(reference, "district-outline.geojson"));
var plane = Plane.At(outline.EnvelopeInternal);

// Top down: where every cell lies.
var communitiesOf = streetDivisions.ToDictionary(
    s => s.Code, s => divisions.Where(d => d.Level == "community" && d.Parent == s.Code).ToList());
var streetSites = Sites.ForStreets(plane, outline, streetDivisions.Select(s => (anchors[s.Code], communitiesOf[s.Code].Count)).ToList());
var streets = Partition.Divide(plane, outline, streetSites);
var communities = new List<(Division Division, Polygon Area)>();
foreach (var (division, street) in streetDivisions.Zip(streets))
{
    Check(street.Contains(new Point(anchors[division.Code])), $"the anchor of {division.Code} lies outside its street");
    var members = communitiesOf[division.Code];
    var sites = Sites.Relax(plane, street, members.Count, Seed(division.Code), evenAreas: 0.5);
    communities.AddRange(members.Zip(Partition.InReadingOrder(plane, Partition.Divide(plane, street, sites))));
}

var shares = Share(BasicGrids, communities.Select(c => plane.Area(c.Area)).ToList());
var basics = new List<(string Code, string Name, Polygon Area)>();
foreach (var ((division, area), count) in communities.Zip(shares))
{
    var sites = Sites.Relax(plane, area, count, Seed(division.Code), evenAreas: 1);
    var serial = 0;
    foreach (var cell in Partition.InReadingOrder(plane, Partition.Divide(plane, area, sites)))
    {
        serial++;
        var code = division.Code + serial.ToString("000", CultureInfo.InvariantCulture);
        basics.Add((code, $"{ShortName(division.Name)}第{serial.ToString(CultureInfo.InvariantCulture)}网格", cell));
    }
}

// Bottom up: one planar graph for all the basic grids, then unions, so that a parent has the very vertices of its children.
var cells = Partition.OnOneGraph(basics.Select(b => b.Area).ToList(), basics.Select(b => b.Code[..12]).ToList());
var units = basics.Zip(cells, (b, cell) => new Unit(b.Code, b.Name, "basic", b.Code[..12], cell)).ToList();
units.AddRange(Upward(units.Where(u => u.Tier == "basic"), "community", communities.Select(c => c.Division)));
units.AddRange(Upward(units.Where(u => u.Tier == "community"), "street", streetDivisions));
units.AddRange(Upward(units.Where(u => u.Tier == "street"), "district", [district with { Parent = "" }]));
units.Sort((a, b) => string.CompareOrdinal(a.Code, b.Code));

Validate(units);
Directory.CreateDirectory(Path.GetDirectoryName(target)!);
File.WriteAllText(target, Write(units), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
Report(units);
return 0;

static double Parse(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

static ulong Seed(string code) => ulong.Parse(code, CultureInfo.InvariantCulture);

static string ShortName(string community) =>
    community.EndsWith("居委会", StringComparison.Ordinal) ? community[..^"居委会".Length] : community;

static void Check(bool holds, string fault)
{
    if (!holds)
    {
        throw new InvalidOperationException(fault);
    }
}

static Polygon ReadOutline(string path)
{
    using var document = JsonDocument.Parse(File.ReadAllText(path));
    var rings = document.RootElement.GetProperty("features")[0].GetProperty("geometry").GetProperty("coordinates");
    Check(rings.GetArrayLength() == 1, "the outline has holes");
    var ring = rings[0].EnumerateArray()
        .Select(p => Partition.Snap(new Coordinate(p[0].GetDouble(), p[1].GetDouble())))
        .ToArray();
    var polygon = new Polygon(new LinearRing(ring));
    Check(polygon.IsValid, "the outline is not a simple polygon");
    return polygon;
}

// Largest remainder: every share is the whole part of its quota and at least one; what is left goes to the largest fractions.
static int[] Share(int seats, List<double> sizes)
{
    var total = sizes.Sum();
    var quotas = sizes.Select(size => seats * size / total).ToArray();
    var shares = quotas.Select(quota => Math.Max(1, (int)quota)).ToArray();
    while (shares.Sum() != seats)
    {
        var missing = shares.Sum() < seats;
        var next = Enumerable.Range(0, shares.Length)
            .Where(i => missing || shares[i] > 1)
            .OrderByDescending(i => missing ? quotas[i] - shares[i] : shares[i] - quotas[i])
            .ThenBy(i => i)
            .First();
        shares[next] += missing ? 1 : -1;
    }

    return shares;
}

static List<Unit> Upward(IEnumerable<Unit> children, string tier, IEnumerable<Division> parents)
{
    var byParent = children.ToLookup(c => c.Parent);
    return parents.Select(parent =>
    {
        var union = CoverageUnion.Union(byParent[parent.Code].Select(c => (Geometry)c.Area).ToArray());
        Check(union is Polygon { NumInteriorRings: 0 }, $"{parent.Code} is not one simple polygon");
        return new Unit(parent.Code, parent.Name, tier, parent.Parent, (Polygon)union);
    }).ToList();
}

void Validate(List<Unit> units)
{
    Check(units.Select(u => u.Code).Distinct().Count() == units.Count, "a code stands twice");
    foreach (var unit in units)
    {
        Check(unit.Area is { IsValid: true, NumInteriorRings: 0 }, $"{unit.Code} is not one simple polygon");
        Check(unit.Area.Coordinates.All(c => c.Equals2D(Partition.Snap(c))), $"{unit.Code} is off the grid");
    }

    foreach (var unit in units.Where(u => u.Tier == "basic"))
    {
        // A circle has 1, a square 0.79; a cell with a hair or a thin neck falls far below.
        var (area, border) = (plane.Area(unit.Area), plane.Length(unit.Area.Shell));
        Check(4 * Math.PI * area / (border * border) > 0.5, $"{unit.Code} is badly shaped");
    }

    foreach (var tier in units.GroupBy(u => u.Tier))
    {
        var coverage = tier.Select(u => (Geometry)u.Area).ToArray();
        // One metre of gap width: a sliver between two grids would be thinner.
        Check(CoverageValidator.Validate(coverage, 1e-5).All(fault => fault is null), $"the tier {tier.Key} is no coverage");
    }

    var byCode = units.ToDictionary(u => u.Code);
    foreach (var family in units.Where(u => u.Parent.Length > 0).GroupBy(u => u.Parent))
    {
        var parent = byCode[family.Key].Area;
        // Not through the coverage union that made the parent: a plain overlay must come to the same area and find nothing outside.
        var union = NetTopologySuite.Operation.Union.UnaryUnionOp.Union(family.Select(u => (Geometry)u.Area).ToList());
        Check(union.EqualsTopologically(parent), $"the children of {family.Key} do not make it up");
        var vertices = family.SelectMany(u => u.Area.Coordinates).ToHashSet();
        Check(parent.Coordinates.All(vertices.Contains), $"{family.Key} has a vertex that no child has");
    }
}

string Write(List<Unit> units)
{
    var text = new StringBuilder();
    text.Append("{\"type\":\"FeatureCollection\",\n\"edition\":{\"id\":\"").Append(EditionId)
        .Append("\",\"name\":\"").Append(district.Name).Append("网格（示意）\",\"nameEn\":\"Hongqiao District grids (schematic)\",")
        .Append("\"effectiveFrom\":\"2018-01-01\",\"timeZone\":\"Asia/Shanghai\",\"schematic\":true,")
        .Append("\"source\":\"scripts/generate-grids.cs，由 data/reference 生成；示意边界，非测绘成果\"},\n\"features\":[\n");
    for (var i = 0; i < units.Count; i++)
    {
        var unit = units[i];
        text.Append("{\"type\":\"Feature\",\"properties\":{\"code\":\"").Append(unit.Code).Append("\",\"name\":\"").Append(unit.Name)
            .Append("\",\"tier\":\"").Append(unit.Tier).Append("\",\"parent\":")
            .Append(unit.Parent.Length == 0 ? "null" : $"\"{unit.Parent}\"")
            .Append("},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
        text.AppendJoin(',', Ring(unit.Area).Select(c => string.Create(CultureInfo.InvariantCulture, $"[{c.X:0.######},{c.Y:0.######}]")));
        text.Append("]]}}").Append(i < units.Count - 1 ? ",\n" : "\n");
    }

    return text.Append("]}\n").ToString();
}

// From the least vertex, anticlockwise (RFC 7946).
static Coordinate[] Ring(Polygon polygon)
{
    var open = polygon.Shell.Coordinates[..^1];
    if (!Orientation.IsCCW(polygon.Shell.Coordinates))
    {
        Array.Reverse(open);
    }

    var start = Array.IndexOf(open, open.Min());
    return [.. open[start..], .. open[..start], open[start]];
}

void Report(List<Unit> units)
{
    foreach (var tier in units.GroupBy(u => u.Tier))
    {
        var areas = tier.Select(u => plane.Area(u.Area)).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{tier.Key,-10} {areas.Count,5}  m²: least {areas[0]:0}, median {areas[areas.Count / 2]:0}, most {areas[^1]:0}"));
    }
}

internal sealed record Division(string Level, string Code, string Name, string Parent);

internal sealed record Unit(string Code, string Name, string Tier, string Parent, Polygon Area);

/// <summary>A point on the plane, in metres.</summary>
internal readonly record struct Spot(double X, double Y)
{
    public double SquareTo(Spot other) => ((X - other.X) * (X - other.X)) + ((Y - other.Y) * (Y - other.Y));
}

/// <summary>A seed of a power diagram: the cell is where <c>distance² - Weight</c> is least.</summary>
internal readonly record struct Site(Spot At, double Weight);

/// <summary>Degrees to metres on a plane that touches the middle of the district; true to a few parts in 10,000 here.</summary>
internal sealed record Plane(double Longitude, double Latitude, double MetresPerLongitude, double MetresPerLatitude)
{
    public static Plane At(Envelope bounds)
    {
        var latitude = bounds.Centre.Y;
        const double perDegree = 6371008.8 * Math.PI / 180;
        // Rounded, so that a last bit which differs between machines does not count.
        return new(bounds.Centre.X, latitude, Math.Round(perDegree * Math.Cos(latitude * Math.PI / 180), 3), Math.Round(perDegree, 3));
    }

    public Spot Metres(Coordinate c) => new((c.X - Longitude) * MetresPerLongitude, (c.Y - Latitude) * MetresPerLatitude);

    public Coordinate Degrees(Spot s) => new((s.X / MetresPerLongitude) + Longitude, (s.Y / MetresPerLatitude) + Latitude);

    public double Area(Geometry g) => g.Area * MetresPerLongitude * MetresPerLatitude;

    public double Length(LineString line)
    {
        var spots = line.Coordinates.Select(Metres).ToList();
        return spots.Skip(1).Zip(spots, (a, b) => Math.Sqrt(a.SquareTo(b))).Sum();
    }

    public List<Spot> Ring(Polygon polygon) => polygon.Shell.Coordinates[..^1].Select(Metres).ToList();
}

/// <summary>SplitMix64 (Steele, Lea and Flood 2014): small, and the same on every machine and runtime.</summary>
internal sealed class Generator(ulong seed)
{
    private ulong _state = seed;

    public double NextUnit()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return ((z ^ (z >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}

/// <summary>Where the seeds of the cells lie and what they weigh.</summary>
internal static class Sites
{
    private const int LloydRounds = 120;
    private const int WeightRounds = 240;

    /// <summary>
    /// Streets: the anchors draw the first picture, then each seed walks towards the middle of its cell while the weights
    /// pull the areas towards the number of communities. No step is taken that would leave an anchor near or over a border.
    /// </summary>
    public static Site[] ForStreets(Plane plane, Polygon outline, List<(Coordinate Anchor, int Communities)> streets)
    {
        var ring = plane.Ring(outline);
        var anchors = streets.Select(s => plane.Metres(s.Anchor)).ToArray();
        var sites = anchors.Select(a => new Site(a, 0)).ToArray();
        var natural = Areas(ring, sites);
        var total = natural.Sum();
        var communities = streets.Sum(s => s.Communities);
        var wanted = streets.Select((s, i) => (0.5 * total * s.Communities / communities) + (0.5 * natural[i])).ToArray();
        for (var round = 0; round < WeightRounds; round++)
        {
            var next = Step(ring, sites, wanted, walk: 0.05, push: 0.1);
            for (var i = 0; i < sites.Length; i++)
            {
                // Each street on its own: one that is hemmed in does not stop the others.
                var trial = (Site[])sites.Clone();
                trial[i] = next[i];
                if (KeepsAnchors(anchors, trial))
                {
                    sites = trial;
                }
            }
        }

        return sites;
    }

    /// <summary>
    /// <paramref name="count"/> seeds in <paramref name="area"/>: Lloyd's rounds to the centroids, then rounds that also move
    /// the weights until the areas are alike (<paramref name="evenAreas"/> 1) or only nearer to each other (below 1).
    /// </summary>
    public static Site[] Relax(Plane plane, Polygon area, int count, ulong seed, double evenAreas)
    {
        var ring = plane.Ring(area);
        var sites = Scatter(ring, count, seed);
        for (var round = 0; round < LloydRounds; round++)
        {
            sites = Step(ring, sites, wanted: null, walk: 1, push: 0);
        }

        var natural = Areas(ring, sites);
        var mean = natural.Sum() / count;
        var wanted = natural.Select(a => (evenAreas * mean) + ((1 - evenAreas) * a)).ToArray();
        for (var round = 0; round < WeightRounds; round++)
        {
            sites = Step(ring, sites, wanted, walk: 0.5, push: 0.25);
        }

        return sites;
    }

    /// <summary>The convex cell of site <paramref name="i"/> within a ring; of a ring that is not convex the area and centroid are still true.</summary>
    public static List<Spot> Cell(List<Spot> ring, Site[] sites, int i)
    {
        var cell = ring;
        for (var j = 0; j < sites.Length && cell.Count > 0; j++)
        {
            if (j != i)
            {
                cell = Clip(cell, sites[i], sites[j]);
            }
        }

        return cell;
    }

    public static int Owner(Site[] sites, Spot at)
    {
        var best = 0;
        for (var i = 1; i < sites.Length; i++)
        {
            if (at.SquareTo(sites[i].At) - sites[i].Weight < at.SquareTo(sites[best].At) - sites[best].Weight)
            {
                best = i;
            }
        }

        return best;
    }

    private static bool KeepsAnchors(Spot[] anchors, Site[] sites)
    {
        const double margin = 120; // metres from an anchor to the border of its street
        for (var i = 0; i < anchors.Length; i++)
        {
            for (var j = 0; j < anchors.Length; j++)
            {
                if (i != j)
                {
                    var apart = Math.Sqrt(sites[i].At.SquareTo(sites[j].At));
                    var toBorder = (anchors[i].SquareTo(sites[j].At) - sites[j].Weight - anchors[i].SquareTo(sites[i].At) + sites[i].Weight) / (2 * apart);
                    if (toBorder < margin)
                    {
                        return false;
                    }
                }
            }
        }

        return true;
    }

    private static double[] Areas(List<Spot> ring, Site[] sites) =>
        Enumerable.Range(0, sites.Length).Select(i => Measure(Cell(ring, sites, i)).Area).ToArray();

    private static Site[] Step(List<Spot> ring, Site[] sites, double[]? wanted, double walk, double push)
    {
        var next = new Site[sites.Length];
        for (var i = 0; i < sites.Length; i++)
        {
            var (area, centre) = Measure(Cell(ring, sites, i));
            var at = sites[i].At;
            var weight = sites[i].Weight + (wanted is null ? 0 : push * (wanted[i] - area));
            next[i] = area <= 0
                ? new(at, weight)
                : new(new(at.X + (walk * (centre.X - at.X)), at.Y + (walk * (centre.Y - at.Y))), weight);
        }

        return next;
    }

    private static Site[] Scatter(List<Spot> ring, int count, ulong seed)
    {
        var generator = new Generator(seed);
        var (left, right) = (ring.Min(s => s.X), ring.Max(s => s.X));
        var (bottom, top) = (ring.Min(s => s.Y), ring.Max(s => s.Y));
        var spots = new List<Site>();
        while (spots.Count < count)
        {
            var spot = new Spot(left + (generator.NextUnit() * (right - left)), bottom + (generator.NextUnit() * (top - bottom)));
            if (Inside(ring, spot))
            {
                spots.Add(new(spot, 0));
            }
        }

        return [.. spots];
    }

    private static bool Inside(List<Spot> ring, Spot s)
    {
        var inside = false;
        for (int i = 0, j = ring.Count - 1; i < ring.Count; j = i++)
        {
            var (a, b) = (ring[i], ring[j]);
            if ((a.Y > s.Y) != (b.Y > s.Y) && s.X < ((b.X - a.X) * (s.Y - a.Y) / (b.Y - a.Y)) + a.X)
            {
                inside = !inside;
            }
        }

        return inside;
    }

    // Sutherland and Hodgman: keep what is nearer, in power distance, to the own site than to the other.
    private static List<Spot> Clip(List<Spot> ring, Site own, Site other)
    {
        var (nx, ny) = (2 * (other.At.X - own.At.X), 2 * (other.At.Y - own.At.Y));
        var limit = (other.At.X * other.At.X) + (other.At.Y * other.At.Y) - other.Weight
            - (own.At.X * own.At.X) - (own.At.Y * own.At.Y) + own.Weight;
        var kept = new List<Spot>(ring.Count + 2);
        var before = ring[^1];
        var sideBefore = (nx * before.X) + (ny * before.Y) - limit;
        foreach (var spot in ring)
        {
            var side = (nx * spot.X) + (ny * spot.Y) - limit;
            if ((side < 0 && sideBefore > 0) || (side > 0 && sideBefore < 0))
            {
                var t = sideBefore / (sideBefore - side);
                kept.Add(new(before.X + (t * (spot.X - before.X)), before.Y + (t * (spot.Y - before.Y))));
            }

            if (side <= 0)
            {
                kept.Add(spot);
            }

            (before, sideBefore) = (spot, side);
        }

        return kept;
    }

    private static (double Area, Spot Centre) Measure(List<Spot> ring)
    {
        double twice = 0, x = 0, y = 0;
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            var cross = (a.X * b.Y) - (b.X * a.Y);
            twice += cross;
            x += (a.X + b.X) * cross;
            y += (a.Y + b.Y) * cross;
        }

        return twice == 0 ? (0, default) : (Math.Abs(twice) / 2, new(x / (3 * twice), y / (3 * twice)));
    }
}

/// <summary>From seeds to polygons, in the end on a grid of one millionth of a degree (0.1 m).</summary>
internal static class Partition
{
    private static readonly PrecisionModel Grid = new(1e6);

    // On the way down far finer than the grid of the result: points rounded at one tier and again at the next can come to
    // lie beside the border that they belong to, and the last noding would leave a hair of a face between the two.
    private static readonly PrecisionModel Fine = new(1e10);

    public static Coordinate Snap(Coordinate c) => new(Grid.MakePrecise(c.X), Grid.MakePrecise(c.Y));

    /// <summary>The cells of <paramref name="sites"/> within <paramref name="area"/>, in the order of the sites, each one polygon.</summary>
    public static List<Polygon> Divide(Plane plane, Polygon area, Site[] sites)
    {
        // The whole cell, far beyond the area, cut to it by the overlay: that is right where the area is not convex too.
        List<Spot> everywhere = [new(-1e6, -1e6), new(1e6, -1e6), new(1e6, 1e6), new(-1e6, 1e6)];
        var pieces = new List<Geometry>();
        for (var i = 0; i < sites.Length; i++)
        {
            var ring = Sites.Cell(everywhere, sites, i).Select(plane.Degrees).ToList();
            pieces.Add(area.Intersection(new Polygon(new LinearRing([.. ring, ring[0]]))));
        }

        var faces = Faces(pieces, Fine);
        var owners = faces.Select(f => Sites.Owner(sites, plane.Metres(f.InteriorPoint.Coordinate))).ToArray();
        return Assemble(faces, owners, sites.Length, family: null);
    }

    /// <summary>All cells noded against each other, so that neighbours share every vertex of their common border.</summary>
    public static List<Polygon> OnOneGraph(List<Polygon> cells, List<string> families)
    {
        var faces = Faces([.. cells], Grid);
        var owners = faces.Select(face =>
        {
            var inner = face.InteriorPoint;
            // Noding moves a border by less than one step of the grid; a face that slips through lies at its nearest cell.
            return Enumerable.Range(0, cells.Count)
                .Where(i => cells[i].EnvelopeInternal.Distance(inner.EnvelopeInternal) < 1e-4)
                .MinBy(i => cells[i].Distance(inner));
        }).ToArray();
        return Assemble(faces, owners, cells.Count, families);
    }

    /// <summary>North-west first, south-east last.</summary>
    public static List<Polygon> InReadingOrder(Plane plane, List<Polygon> cells) =>
        [.. cells.OrderBy(cell => plane.Metres(cell.Centroid.Coordinate) is var c ? c.X - c.Y : 0)];

    private static List<Polygon> Faces(List<Geometry> pieces, PrecisionModel grid)
    {
        var strings = pieces
            .SelectMany(NetTopologySuite.Geometries.Utilities.LinearComponentExtracter.GetLines)
            .Select(line => (ISegmentString)new NodedSegmentString(line.Coordinates, null))
            .ToList();
        var noder = new SnapRoundingNoder(grid);
        noder.ComputeNodes(strings);

        // Each edge once: two neighbours bring the same one.
        var edges = new SortedDictionary<(Coordinate, Coordinate), LineString>();
        foreach (var part in noder.GetNodedSubstrings())
        {
            for (var i = 1; i < part.Coordinates.Length; i++)
            {
                var (a, b) = (part.Coordinates[i - 1], part.Coordinates[i]);
                if (a.CompareTo(b) > 0)
                {
                    (a, b) = (b, a);
                }

                edges[(a, b)] = new LineString([a, b]);
            }
        }

        var polygonizer = new Polygonizer();
        polygonizer.Add(edges.Values.Cast<Geometry>().ToList());
        return polygonizer.GetPolygons().Cast<Polygon>().OrderBy(p => p.InteriorPoint.Coordinate).ToList();
    }

    // A cell that a bay of the outline cuts in two gives the smaller part to the neighbour with the longest common border.
    private static List<Polygon> Assemble(List<Polygon> faces, int[] owners, int count, List<string>? family)
    {
        for (var round = 0; round < 20; round++)
        {
            var wholes = Enumerable.Range(0, count)
                .Select(i => CoverageUnion.Union(faces.Where((_, f) => owners[f] == i).Select(f => (Geometry)f).ToArray()))
                .ToArray();
            if (wholes.All(w => w is Polygon))
            {
                return [.. wholes.Cast<Polygon>()];
            }

            foreach (var i in Enumerable.Range(0, count).Where(i => wholes[i] is not Polygon))
            {
                var parts = Enumerable.Range(0, wholes[i].NumGeometries).Select(wholes[i].GetGeometryN).OrderByDescending(p => p.Area).Skip(1);
                foreach (var part in parts)
                {
                    var heir = Enumerable.Range(0, count)
                        .Where(j => j != i && part.EnvelopeInternal.Intersects(wholes[j].EnvelopeInternal))
                        .Select(j => (Index: j, Border: part.Boundary.Intersection(wholes[j].Boundary).Length))
                        .Where(h => h.Border > 0)
                        .OrderByDescending(h => family is not null && family[h.Index] == family[i])
                        .ThenByDescending(h => h.Border)
                        .First().Index;
                    for (var f = 0; f < faces.Count; f++)
                    {
                        if (owners[f] == i && part.Contains(faces[f].InteriorPoint))
                        {
                            owners[f] = heir;
                        }
                    }
                }
            }
        }

        throw new InvalidOperationException("a cell stays in several parts");
    }
}
