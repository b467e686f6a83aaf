using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Demo;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Demo.Domain.Campaigns;
using HongqiaoDashboard.Features.Demo.Live;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Features.Demo;

/// <summary>The demo on a data folder of its own, its rounds in the test's hand.</summary>
internal sealed class DemoHouse : IAsyncDisposable
{
    /// <summary>A Tuesday, 11:00 in the district, some hundred cases after the beginning.</summary>
    public static readonly DateTimeOffset Now = new(2018, 9, 18, 3, 0, 0, TimeSpan.Zero);

    private readonly PlatformHost _host;

    public DemoHouse(bool enabled = true, int seed = 7, double speed = 1, DateTimeOffset? now = null, Action<IServiceCollection>? configure = null)
    {
        Clock = new FakeTimeProvider(now ?? Now);
        _host = new PlatformHost(Clock, services =>
        {
            services.AddDemo();
            services.Configure<DemoOptions>(options => (options.Enabled, options.Seed, options.Speed) = (enabled, seed, speed));
            configure?.Invoke(services);
        });
    }

    public FakeTimeProvider Clock { get; }

    public DemoService Demo => Get<DemoService>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => _host.Get<T>();

    /// <summary>The cases of a seed.</summary>
    public DemoCases Cases(int seed) => new(
        seed, DemoStories.Read(ReferenceData.File("demo", "stories.json")), DemoCampaignFile.Read(ReferenceData.File("demo", "campaigns.json")), Get<IGridDirectory>(), Get<IIncidentCatalog>(), Get<ICalendarBook>());

    /// <summary>Every difference that <c>check</c> would tell.</summary>
    public List<string> Differences()
    {
        using var read = Get<IReadDoor>().Open(Actor.System);
        read.BeginSnapshot();
        return [.. new SituationCheck(read, Get<IGridDirectory>().Current, Clock.GetUtcNow()).Differences(), .. Get<IIncidentIntegrity>().Differences(read)];
    }

    /// <summary>The same folder after a restart of the server.</summary>
    public DemoService Again() => ActivatorUtilities.CreateInstance<DemoService>(Get<IServiceProvider>());

    /// <summary>One round of the demo: the first one takes and fills the folder.</summary>
    public Task RunAsync() => Demo.RunAsync(Cancellation);

    /// <summary>Lets time pass, with a round of the demo at each step of it.</summary>
    public async Task LiveAsync(TimeSpan time, TimeSpan step)
    {
        for (var end = Clock.GetUtcNow() + time; Clock.GetUtcNow() < end;)
        {
            Clock.Advance(step);
            await RunAsync();
        }
    }

    public Microsoft.Data.Sqlite.SqliteConnection Open() => _host.Open();

    public ValueTask DisposeAsync() => _host.DisposeAsync();
}
