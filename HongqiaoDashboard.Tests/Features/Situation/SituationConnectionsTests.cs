using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace HongqiaoDashboard.Tests.Features.Situation;

public sealed class SituationConnectionsTests
{
    [Fact]
    public async Task Connection_ThatComesWhileTheServerStops_IsLetGoAtOnce()
    {
        using var lifetime = new Lifetime();
        var connections = new SituationConnections(NullLogger<DefaultHubLifetimeManager<SituationHub>>.Instance, TimeProvider.System, lifetime);
        await using var before = new HubWire();
        await using var late = new HubWire();

        await connections.OnConnectedAsync(before.Connection);
        Assert.False(before.Connection.ConnectionAborted.IsCancellationRequested);
        lifetime.StopApplication();
        await connections.OnConnectedAsync(late.Connection);

        await late.AbortedAsync();
    }

    private sealed class Lifetime : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
