using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.Features.Grids;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>The case desk on a migrated database in a folder of its own, with a clock that tests turn. Nothing is started.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly GeoPoint[] Places = [.. GridSamples.Shipped.Units.Where(unit => unit.Tier == GridTier.Basic).Select(unit => unit.Centre)];

    private readonly PlatformHost _host;

    public TestDatabase() : this(null) { }

    /// <summary>Composes, migrates, opens.</summary>
    /// <param name="configure">Last word on the services.</param>
    internal TestDatabase(Action<IServiceCollection>? configure) => _host = new PlatformHost(Clock, configure);

    /// <summary>Works everything.</summary>
    public static Actor Operator { get; } = new("operator-1", "张敏", Roles.DistrictOperator, null);

    /// <summary>A Monday, 10:00 in the district.</summary>
    public static DateTimeOffset Start { get; } = new(2024, 5, 6, 2, 0, 0, TimeSpan.Zero);

    /// <summary>The services' clock; it starts at <see cref="Start"/>.</summary>
    public FakeTimeProvider Clock { get; } = new(Start);

    public IIncidentDesk Desk => Get<IIncidentDesk>();

    public IIncidentReader Reader => Get<IIncidentReader>();

    public IIncidentCatalog Catalog => Get<IIncidentCatalog>();

    public IGridDirectory Grids => Get<IGridDirectory>();

    public IReadDoor Door => Get<IReadDoor>();

    /// <summary>Data folder.</summary>
    public string DataDirectory => _host.DataDirectory;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A service.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    public T Get<T>() where T : notnull => _host.Get<T>();

    /// <summary>Reports a case.</summary>
    /// <param name="place">Which basic grid of the shipped edition, at its centre; any number.</param>
    /// <param name="type">Type code.</param>
    /// <param name="description">The reporter's words.</param>
    /// <param name="address">Where, in words.</param>
    public async Task<Incident> ReportAsync(int place = 0, string type = "0401", string description = "", string? address = null) =>
        (await Desk.ReportAsync(
            new ReportIncident { Type = type, Point = Places[place % Places.Length], Description = description, Address = address, Source = "desk" },
            Operator, Cancellation)).Incident;

    /// <summary>Moves a case as it was last seen.</summary>
    public Task<Incident> MoveAsync(Incident incident, IncidentMove move, Actor? actor = null) =>
        Desk.MoveAsync(incident.Number, incident.Version, move, actor ?? Operator, Cancellation);

    /// <summary>Makes a move with all that it needs.</summary>
    public async Task<Incident> MoveAsync(Incident incident, Kind kind) => await MoveAsync(incident, await FilledAsync(incident, kind));

    /// <summary>Makes moves one after another, each with all that it needs.</summary>
    public async Task<Incident> MoveAsync(Incident incident, params Kind[] kinds)
    {
        foreach (var kind in kinds)
        {
            incident = await MoveAsync(incident, kind);
        }

        return incident;
    }

    /// <summary>A new case, brought to a state by the shortest way.</summary>
    public async Task<Incident> BringToAsync(IncidentState state) => await MoveAsync(await ReportAsync(), state switch
    {
        IncidentState.Reported => [],
        IncidentState.Rejected => [Kind.Rejected],
        IncidentState.Merged => [Kind.Merged],
        IncidentState.Accepted => [Kind.Accepted],
        IncidentState.Suspended => [Kind.Accepted, Kind.Suspended],
        IncidentState.Dispatched => [Kind.Accepted, Kind.Dispatched],
        IncidentState.CheckedIn => [Kind.Accepted, Kind.Dispatched, Kind.CheckedIn],
        IncidentState.Handling => [Kind.Accepted, Kind.HandlingStarted],
        IncidentState.Resolved => [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved],
        IncidentState.Verified => [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified],
        IncidentState.Closed => [Kind.Accepted, Kind.HandlingStarted, Kind.Resolved, Kind.Verified, Kind.Closed],
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "No way leads there."),
    });

    /// <summary>A move with all that it needs; merging gets a new case to merge into.</summary>
    public async Task<IncidentMove> FilledAsync(Incident incident, Kind kind) => new IncidentMove(kind)
    {
        Text = $"{kind} text",
        ApprovedBy = "李主任",
        Department = kind == Kind.Dispatched ? Catalog.Departments[0].Code : null,
        MergeInto = kind == Kind.Merged ? (await ReportAsync()).Number : null,
        Until = kind switch
        {
            Kind.Suspended => Clock.GetUtcNow().AddDays(3),
            Kind.Extended => (incident.ResolvedAt is null ? incident.ResolveBy : incident.CloseBy).AddHours(5),
            _ => null,
        },
    };

    /// <summary>The row as it is stored.</summary>
    public async Task<Incident> RowAsync(string number) =>
        await Reader.FindAsync(number, Actor.System, Cancellation) ?? throw new InvalidOperationException($"{number} has no row.");

    /// <summary>The entries of a case.</summary>
    public Task<IReadOnlyList<IncidentEvent>> LogAsync(string number) => Reader.TimelineAsync(number, Actor.System, Cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
