using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Soak;

/// <summary>
/// Reports cases and moves each to its end by the desk that everybody uses, while the clock runs ahead. As many are closed as
/// are reported, so that what is open stays bounded.
/// </summary>
internal sealed class Feeder(IIncidentDesk desk, IIncidentCatalog catalog, IGridDirectory grids, AheadClock clock, double updatesADay)
{
    // What waits together shares a transaction, and this is the longest that the lane makes.
    private const int Batch = 256;
    private const int StagesOfCase = 8;

    private static readonly Kind[] Path = [Kind.Accepted, Kind.Dispatched, Kind.CheckedIn, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed];

    private readonly Random _random = new(1);
    private readonly IncidentType[] _types = [.. catalog.Categories.SelectMany(category => category.Types).Where(type => type.PhotosToResolve == 0)];
    private readonly GeoPoint[] _places = [.. grids.Current.Units.Where(unit => unit.Tier == GridTier.Basic).Select(unit => unit.Centre)];
    private readonly PriorityQueue<Open, DateTimeOffset> _open = new();

    /// <summary>Log entries written so far.</summary>
    public long Updates { get; private set; }

    /// <summary>Cases under way.</summary>
    public int OpenCases => _open.Count;

    /// <summary>Writes so many log entries, and lets the time pass that they take.</summary>
    /// <param name="updates">How many.</param>
    public async Task FeedAsync(int updates)
    {
        for (var rest = updates; rest > 0; rest -= Batch)
        {
            var size = Math.Min(rest, Batch);
            clock.Pass(TimeSpan.FromDays(size / updatesADay));
            var now = clock.GetUtcNow();
            var due = new List<Open>();
            // Each step reports its share of new cases, and more where too few moves are due.
            while (due.Count < size - (size / StagesOfCase) && _open.TryPeek(out _, out var at) && at <= now)
            {
                due.Add(_open.Dequeue());
            }

            var moving = due.ConvertAll(MoveAsync);
            var reporting = Enumerable.Range(0, size - due.Count).Select(_ => ReportAsync()).ToList();
            foreach (var open in (await Task.WhenAll(moving.Concat(reporting))).Where(open => open.Stage < Path.Length))
            {
                _open.Enqueue(open, now + Pause(open));
            }

            Updates += size;
        }
    }

    // Steps follow within hours; one case in thirty is slow, so that promises are broken, shown and kept after all.
    private TimeSpan Pause(Open open) => TimeSpan.FromMinutes(5 + (_random.NextDouble() * (open.IsSlow ? 3000 : 90)));

    private async Task<Open> ReportAsync()
    {
        var type = _types[_random.Next(_types.Length)];
        var report = new ReportIncident
        {
            Type = type.Code, Point = _places[_random.Next(_places.Length)], Source = "soak", Address = $"丁字沽三号路{_random.Next(1, 400)}号",
            Description = $"门口有问题，编号{_random.Next(100_000)}，请尽快处理",
        };
        var isSlow = _random.Next(30) == 0;
        var receipt = await desk.ReportAsync(report, Actor.System);
        return new Open(receipt.Incident.Number, type.Department, 0, isSlow);
    }

    private async Task<Open> MoveAsync(Open open)
    {
        var kind = Path[open.Stage];
        var move = new IncidentMove(kind) { Department = kind == Kind.Dispatched ? open.Department : null, Text = kind == Kind.Resolved ? "已处理" : null };
        await desk.MoveAsync(open.Number, open.Stage + 1, move, Actor.System);
        return open with { Stage = open.Stage + 1 };
    }

    private sealed record Open(string Number, string Department, int Stage, bool IsSlow);
}
