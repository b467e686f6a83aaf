using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class RegriddingTests : IAsyncLifetime
{
    private readonly TwoEditions _grids = new();
    private readonly TestDatabase _database;
    private readonly Regridding _regridding;

    public RegriddingTests()
    {
        _database = new TestDatabase(services => services.AddSingleton<IGridDirectory>(_grids));
        _regridding = _database.Get<IEnumerable<IHostedService>>().OfType<Regridding>().Single();
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Regridding_UnderANewEdition_PlacesOpenCasesByTheirPointAndLeavesTheRest()
    {
        var (open, over) = (await ReportInBothAsync(), await ReportInBothAsync());
        over = await _database.MoveAsync(over, [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed]);
        var outside = await _database.ReportAsync(Outside());
        _grids.Replace();

        Assert.Equal(1, await _regridding.RunAsync(Cancellation));

        var placed = await _database.RowAsync(open.Number);
        Assert.Equal(_grids.Current.Locate(new GeoPoint(open.Latitude, open.Longitude))!.Code, placed.GridCode);
        Assert.NotEqual(open.GridCode, placed.GridCode);
        Assert.Equal((open.State, open.DueAt, open.Version + 1), (placed.State, placed.DueAt, placed.Version));
        var entry = (await _database.LogAsync(open.Number))[^1];
        Assert.Equal((Kind.Regridded, Actor.System.Id, placed.GridCode, open.GridCode), (entry.Kind, entry.ActorId, entry.Detail.GridCode, entry.Before!.GridCode));
        Assert.Equal(over, await _database.RowAsync(over.Number));
        Assert.Equal(outside, await _database.RowAsync(outside.Number));
    }

    [Fact]
    public async Task Regridding_DoneTwice_ChangesNothingTheSecondTime()
    {
        var open = await ReportInBothAsync();
        _grids.Replace();
        await _regridding.RunAsync(Cancellation);
        var placed = await _database.RowAsync(open.Number);

        Assert.Equal(0, await _regridding.RunAsync(Cancellation));

        Assert.Equal(placed, await _database.RowAsync(open.Number));
    }

    [Fact]
    public async Task Regridding_OfMoreThanAPage_PlacesAll()
    {
        var cases = new List<Incident>();
        for (var n = 0; n < 230; n++)
        {
            cases.Add(await ReportInBothAsync());
        }

        _grids.Replace();

        Assert.Equal(cases.Count, await _regridding.RunAsync(Cancellation));
    }

    [Fact]
    public async Task Regridding_RunningInTheBackground_FollowsEachNewEdition()
    {
        var open = await ReportInBothAsync();
        using var told = new SemaphoreSlim(0);
        using var subscription = _database.Get<IIncidentChanges>().Subscribe(open.Number, () => told.Release());
        await _regridding.StartAsync(Cancellation);

        _grids.Replace();

        Assert.True(await told.WaitAsync(SituationClient.Bound, Cancellation));
        Assert.NotEqual(open.GridCode, (await _database.RowAsync(open.Number)).GridCode);
        await _regridding.StopAsync(Cancellation);
        Assert.Equal(0, _grids.Listeners);
    }

    [Fact]
    public async Task OpenCases_OfAnEdition_AreCountedInEveryTier()
    {
        var open = await ReportInBothAsync();
        await _database.MoveAsync(await ReportInBothAsync(), [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed]);
        var fact = _database.Get<IEnumerable<IGridFact>>().Single(fact => fact.Key == "incidents.open");

        var counts = await fact.CountAsync(_grids.Current, null, Cancellation);
        Assert.Equal([(open.GridCode[..6], 1L), (open.GridCode[..9], 1L), (open.GridCode[..12], 1L), (open.GridCode, 1L)], counts.OrderBy(c => c.Key.Length).Select(c => (c.Key, c.Value)));

        var own = await fact.CountAsync(_grids.Current, open.GridCode[..12], Cancellation);
        Assert.Equal([open.GridCode[..12], open.GridCode], own.Keys.OrderBy(code => code.Length));
        Assert.Empty(await fact.CountAsync(_grids.Current, "120106999", Cancellation));

        // Another edition has other borders: its counts go by the points.
        var (other, point) = (TwoEditions.Square, new GeoPoint(open.Latitude, open.Longitude));
        var there = await fact.CountAsync(other, null, Cancellation);
        Assert.Equal(other.Path(other.Locate(point)!.Code).Select(unit => unit.Code), there.Keys.OrderBy(code => code.Length));
    }

    // The square of the second edition lies within the first one.
    private Task<Incident> ReportInBothAsync() => _database.ReportAsync(PlaceWhere(point => TwoEditions.Square.Locate(point) is not null));

    private static int Outside() => PlaceWhere(point => TwoEditions.Square.Locate(point) is null);

    private static int PlaceWhere(Func<GeoPoint, bool> condition) =>
        GridSamples.Shipped.Units.Where(unit => unit.Tier == GridTier.Basic).Select((unit, place) => (unit, place)).First(one => condition(one.unit.Centre)).place;

    private sealed class TwoEditions : IGridDirectory
    {
        private GridEdition _current = GridSamples.Shipped;

        public event Action? EditionsChanged;

        public static GridEdition Square { get; } = GridSamples.Sound(GridSamples.Square("square-1", "120106", west: 117.14, south: 39.16, side: 0.02));

        public GridEdition Current => _current;

        public IReadOnlyList<GridEdition> Editions => _current == Square ? [GridSamples.Shipped, Square] : [GridSamples.Shipped];

        public int Listeners => EditionsChanged?.GetInvocationList().Length ?? 0;

        public GridEdition At(DateOnly day) => _current;

        public void Replace()
        {
            _current = Square;
            EditionsChanged?.Invoke();
        }
    }
}
