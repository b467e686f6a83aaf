using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>
/// The whole program in this process, by its own entry point, with one more door in front of its own: a test says by a header who
/// calls. What the program itself makes of somebody is as it is.
/// </summary>
public sealed class RunningProgram : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hongqiao-test-");
    private WebApplicationFactory<Program>? _program;

    /// <summary>Its services.</summary>
    public IServiceProvider Services => Program.Services;

    /// <summary>All that it has mapped.</summary>
    public IReadOnlyList<RouteEndpoint> Endpoints =>
        [.. Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Distinct()];

    private WebApplicationFactory<Program> Program => _program!;

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        _program = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseEnvironment("Production").UseSetting("Data:Directory", _data.FullName).UseSetting("Data:MasterKey", PlatformHost.MasterKey)
            // The server of the tests knows no limit of a body, and would say so at each request.
            .UseSetting("Serilog:MinimumLevel:Default", "Warning").UseSetting("Serilog:MinimumLevel:Override:Microsoft.AspNetCore.Routing", "Error")
            .ConfigureTestServices(services => services.AddHeaderDoor()));
        // Starts it.
        _ = Services;
        return ValueTask.CompletedTask;
    }

    /// <summary>A client that follows no redirects.</summary>
    /// <param name="actor">Who calls; null for nobody.</param>
    public HttpClient ClientOf(Actor? actor)
    {
        var client = Program.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        if (actor is not null)
        {
            client.DefaultRequestHeaders.Add(HeaderDoor.Header, HeaderDoor.Write(actor));
        }

        return client;
    }

    /// <summary>A connection to a hub, not yet started.</summary>
    /// <param name="path">The hub.</param>
    /// <param name="actor">Who calls; null for nobody.</param>
    public HubConnection HubOf(string path, Actor? actor) => new HubConnectionBuilder()
        .WithUrl(new Uri(Program.Server.BaseAddress, path), options =>
        {
            options.HttpMessageHandlerFactory = _ => Program.Server.CreateHandler();
            options.Transports = Microsoft.AspNetCore.Http.Connections.HttpTransportType.LongPolling;
            if (actor is not null)
            {
                options.Headers.Add(HeaderDoor.Header, HeaderDoor.Write(actor));
            }
        })
        .Build();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Program.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }
}

/// <summary>Tests that share one <see cref="RunningProgram"/>; none of them stops it or needs an empty one.</summary>
[CollectionDefinition(Name)]
public sealed class ProgramCollection : ICollectionFixture<RunningProgram>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Program";
}
