using System.Collections.Concurrent;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>When a display was last seen, and with what.</summary>
/// <param name="At">When.</param>
/// <param name="Board">The board on it; null when it shows none.</param>
/// <param name="Version">The program that its page came from.</param>
/// <param name="Address">Where it calls from.</param>
internal sealed record WallSighting(DateTimeOffset At, string? Board, string? Version, string Address);

/// <summary>What displays say of themselves every few seconds: kept in memory, and written once a minute at most.</summary>
internal sealed class WallSightings(IWriteLane lane, TimeProvider clock)
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<long, WallSighting> _seen = new();
    private readonly ConcurrentDictionary<long, WallSighting> _written = new();

    /// <summary>Raised when a display was seen, on any thread. Handlers return at once and do not throw.</summary>
    public event Action? Changed;

    /// <summary>When a display was last seen by this process; null when it was not.</summary>
    public WallSighting? Of(long id) => _seen.GetValueOrDefault(id);

    /// <summary>A display in force says what it shows.</summary>
    public void Note(long id, string? board, string? version, string address)
    {
        var sighting = new WallSighting(clock.GetUtcNow(), board, version, address);
        _seen[id] = sighting;
        var before = _written.GetValueOrDefault(id);
        if (before is null ? _written.TryAdd(id, sighting) : sighting.At - before.At >= WriteEvery && _written.TryUpdate(id, sighting, before))
        {
            _ = WriteAsync(id, sighting);
        }

        Changed?.Invoke();
    }

    private async Task WriteAsync(long id, WallSighting sighting)
    {
        try
        {
            await lane.WriteAsync(session => session.Context.Set<WallDevice>().Where(wall => wall.Id == id).ExecuteUpdate(set => set
                .SetProperty(wall => wall.SeenAt, sighting.At)
                .SetProperty(wall => wall.SeenBoard, sighting.Board)
                .SetProperty(wall => wall.SeenVersion, sighting.Version)
                .SetProperty(wall => wall.SeenAddress, sighting.Address)));
        }
        catch (StorageUnavailableException)
        {
            // The lane has said so; the next sighting is written.
            _written.TryRemove(id, out _);
        }
    }
}
