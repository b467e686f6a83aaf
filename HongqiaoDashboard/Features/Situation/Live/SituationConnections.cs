using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>Knows every connection of the hub, so that sending is owned here and not awaited group by group.</summary>
internal sealed class SituationConnections(ILogger<DefaultHubLifetimeManager<SituationHub>> log, TimeProvider clock, IHostApplicationLifetime lifetime)
    : DefaultHubLifetimeManager<SituationHub>(log)
{
    private readonly ConcurrentDictionary<string, Outlet> _outlets = new();

    /// <summary>How many are connected.</summary>
    public int Count => _outlets.Count;

    /// <summary>The outlet of a connection.</summary>
    /// <param name="connectionId">Id of a live connection.</param>
    /// <exception cref="HubException">The connection has just gone.</exception>
    public Outlet Find(string connectionId) =>
        _outlets.TryGetValue(connectionId, out var outlet) ? outlet : throw new HubException("The connection is closing.");

    public override async Task OnConnectedAsync(HubConnectionContext connection)
    {
        await base.OnConnectedAsync(connection);
        _outlets[connection.ConnectionId] = new Outlet(connection, clock);
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Those that were there have been told already: one that comes now would hold the server up until it leaves by itself.
            connection.Abort();
        }
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (_outlets.TryRemove(connection.ConnectionId, out var outlet))
        {
            outlet.Dispose();
        }

        return base.OnDisconnectedAsync(connection);
    }
}
