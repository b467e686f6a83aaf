using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Identity;

/// <summary>How many connections one identity may hold at a time; section <c>Access:Connections</c>.</summary>
public sealed class ConnectionOptions
{
    /// <summary>Circuits and hub connections of one account, key or wall; more are refused with 429. At least 1.</summary>
    public int MostPerIdentity { get; set; } = 64;
}

/// <summary>
/// Every circuit and hub connection that is open now, by who opened it. A connection says who it is only once, when it is opened;
/// whoever takes an identity away therefore ends what is open under it, here.
/// </summary>
/// <param name="options">Limits.</param>
public sealed class LiveConnections(IOptions<ConnectionOptions> options)
{
    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);

    /// <summary>Told with the identity that has been ended, after its connections were cut. Handlers must be quick and not throw.</summary>
    public event Action<string>? Ended;

    /// <summary>Enters a connection.</summary>
    /// <param name="identity">Who opened it: <see cref="Actor.Id"/>.</param>
    /// <param name="cut">Cuts it; may be called from any thread, once.</param>
    /// <returns>To be disposed of when the connection has gone; null when this identity has as many as it may.</returns>
    public IDisposable? TryOpen(string identity, Action cut)
    {
        while (true)
        {
            var held = _held.GetOrAdd(identity, static _ => new Held());
            lock (held)
            {
                // Emptied and taken out between the two lines above.
                if (held.Gone)
                {
                    continue;
                }

                if (held.Cuts.Count >= options.Value.MostPerIdentity)
                {
                    return null;
                }

                var entry = new Entry(this, identity, held, cut);
                held.Cuts.Add(entry);
                return entry;
            }
        }
    }

    /// <summary>Open connections of an identity.</summary>
    /// <param name="identity">An <see cref="Actor.Id"/>.</param>
    public int CountOf(string identity)
    {
        if (!_held.TryGetValue(identity, out var held))
        {
            return 0;
        }

        lock (held)
        {
            return held.Cuts.Count;
        }
    }

    /// <summary>Cuts every connection of an identity, and tells its circuits that nobody is signed in any more.</summary>
    /// <param name="identity">An <see cref="Actor.Id"/>.</param>
    public void End(string identity)
    {
        Entry[] open = [];
        if (_held.TryGetValue(identity, out var held))
        {
            lock (held)
            {
                open = [.. held.Cuts];
            }
        }

        // Outside the lock: a cut may end a connection at once, which leaves by the same lock.
        foreach (var entry in open)
        {
            entry.Cut();
        }

        Ended?.Invoke(identity);
    }

    private sealed class Held
    {
        public HashSet<Entry> Cuts { get; } = [];

        public bool Gone { get; set; }
    }

    private sealed class Entry(LiveConnections owner, string identity, Held held, Action cut) : IDisposable
    {
        private readonly Lock _cutting = new();
        private bool _over;

        // Never behind its end: by then the server may have given what it would cut to somebody else's request.
        public void Cut()
        {
            lock (_cutting)
            {
                if (!_over)
                {
                    _over = true;
                    cut();
                }
            }
        }

        public void Dispose()
        {
            lock (_cutting)
            {
                _over = true;
            }

            lock (held)
            {
                held.Cuts.Remove(this);
                if (held.Cuts.Count == 0 && !held.Gone)
                {
                    held.Gone = true;
                    owner._held.TryRemove(KeyValuePair.Create(identity, held));
                }
            }
        }
    }
}
