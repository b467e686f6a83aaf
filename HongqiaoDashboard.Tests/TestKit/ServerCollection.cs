namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>
/// Tests of the real program that share one, or that look at its timing. They run one after another and after all others, so
/// that what they see is the program's and not the neighbours'. Tests that start programs of their own, and wait for nothing
/// but their end or their answer, need not stand here.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class ServerCollection : ICollectionFixture<SharedServer>
{
    /// <summary>Name of the collection.</summary>
    public const string Name = "Servers";
}

/// <summary>One running program for all tests that neither stop it nor need an empty one.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    private AppServer? _server;

    /// <summary>The server.</summary>
    public AppServer Server => _server!;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync() => _server = await AppServer.StartAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}
