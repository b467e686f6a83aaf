using System.Collections.Concurrent;
using System.Collections.Immutable;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Listeners by case number; a number without listeners costs nothing.</summary>
internal sealed class IncidentChanges : IIncidentChanges
{
    private readonly ConcurrentDictionary<string, ImmutableArray<Action>> _listeners = new(StringComparer.Ordinal);

    /// <summary>How many listen, for the test that none survives its page.</summary>
    public int Count => _listeners.Values.Sum(listeners => listeners.Length);

    public IDisposable Subscribe(string number, Action changed)
    {
        // Wrapped, so that the same delegate given twice is two listeners.
        var listener = new Action(changed.Invoke);
        _listeners.AddOrUpdate(number, _ => [listener], (_, known) => known.Add(listener));
        return new Subscription(this, number, listener);
    }

    /// <summary>Calls those who listen to a case.</summary>
    /// <param name="number">Its number.</param>
    public void Raise(string number)
    {
        if (_listeners.TryGetValue(number, out var listeners))
        {
            foreach (var listener in listeners)
            {
                listener();
            }
        }
    }

    private void Remove(string number, Action listener)
    {
        while (_listeners.TryGetValue(number, out var known))
        {
            var left = known.Remove(listener);
            if (left.IsEmpty
                    ? ((ICollection<KeyValuePair<string, ImmutableArray<Action>>>)_listeners).Remove(new(number, known))
                    : _listeners.TryUpdate(number, left, known))
            {
                return;
            }
        }
    }

    private sealed class Subscription(IncidentChanges changes, string number, Action listener) : IDisposable
    {
        private bool _ended;

        public void Dispose()
        {
            if (!_ended)
            {
                _ended = true;
                changes.Remove(number, listener);
            }
        }
    }
}
