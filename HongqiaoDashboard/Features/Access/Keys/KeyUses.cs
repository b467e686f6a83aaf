using System.Collections.Concurrent;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>Writes when a key was last used: once a minute at most, beside the request, which does not wait for it.</summary>
internal sealed class KeyUses(IWriteLane lane, TimeProvider clock)
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _written = new(StringComparer.Ordinal);

    /// <summary>A key in force was used now.</summary>
    /// <param name="id">The key.</param>
    public void Note(string id)
    {
        var now = clock.GetUtcNow();
        var last = _written.GetOrAdd(id, DateTimeOffset.MinValue);
        if (now - last >= WriteEvery && _written.TryUpdate(id, now, last))
        {
            _ = WriteAsync(id, now);
        }
    }

    private async Task WriteAsync(string id, DateTimeOffset at)
    {
        try
        {
            await lane.WriteAsync(session => session.Context.Set<AccessKey>().Where(key => key.Id == id)
                .ExecuteUpdate(set => set.SetProperty(key => key.LastUsedAt, at)));
        }
        catch (StorageUnavailableException)
        {
            // The lane has said so. A use that is not written is no reason to refuse it.
            _written.TryRemove(id, out _);
        }
    }
}
