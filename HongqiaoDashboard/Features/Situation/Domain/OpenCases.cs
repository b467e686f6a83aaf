using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>Every open case, the queue of due times, and what is overdue where.</summary>
internal sealed class OpenCases
{
    private readonly Dictionary<string, Case> _cases = [];
    private readonly PriorityQueue<(string Number, DateTimeOffset Due), DateTimeOffset> _queue = new();
    private readonly Dictionary<int, int> _open = [];
    private readonly Dictionary<int, SortedSet<Breach>> _overdue = [];

    /// <summary>Promises that end before this instant are broken.</summary>
    public DateTimeOffset Now { get; private set; } = DateTimeOffset.MinValue;

    /// <summary>Open cases of a scope.</summary>
    /// <param name="scope">Number of the scope.</param>
    public int Count(int scope) => _open.GetValueOrDefault(scope);

    /// <summary>Overdue cases of a scope.</summary>
    /// <param name="scope">Number of the scope.</param>
    public int OverdueCount(int scope) => _overdue.TryGetValue(scope, out var set) ? set.Count : 0;

    /// <summary>Overdue cases of a scope, the latest broken promise first.</summary>
    /// <param name="scope">Number of the scope.</param>
    public IEnumerable<IncidentFacts> Overdue(int scope) =>
        _overdue.TryGetValue(scope, out var set) ? set.Select(breach => breach.Facts) : [];

    /// <summary>Puts a case as it stands now in the place of what was known of it.</summary>
    /// <param name="facts">The case.</param>
    /// <param name="path">Numbers of its grid and all above.</param>
    /// <param name="touched">Receives the scopes whose counts or lists changed.</param>
    public void Put(IncidentFacts facts, int[] path, HashSet<int> touched)
    {
        if (_cases.Remove(facts.Number, out var known))
        {
            Uncount(known, touched);
        }

        if (!facts.State.IsOpen())
        {
            return;
        }

        var item = new Case(facts, path, facts.DueAt < Now);
        _cases[facts.Number] = item;
        foreach (var scope in path)
        {
            _open[scope] = _open.GetValueOrDefault(scope) + 1;
            touched.Add(scope);
        }

        if (item.IsOverdue)
        {
            Show(item, touched);
        }
        else if (facts.DueAt is { } due)
        {
            _queue.Enqueue((facts.Number, due), due);
        }
    }

    /// <summary>Moves the clock on and breaks the promises that it passes.</summary>
    /// <param name="now">The instant.</param>
    /// <param name="touched">Receives the scopes whose counts or lists changed.</param>
    public void Advance(DateTimeOffset now, HashSet<int> touched)
    {
        Now = now;
        while (_queue.TryPeek(out var next, out var due) && due < now)
        {
            _queue.Dequeue();
            // What was moved, met or closed since it was queued is not in the queue's terms any more.
            if (_cases.TryGetValue(next.Number, out var item) && !item.IsOverdue && item.Facts.DueAt == next.Due)
            {
                var late = item with { IsOverdue = true };
                _cases[next.Number] = late;
                Show(late, touched);
            }
        }
    }

    private void Show(Case item, HashSet<int> touched)
    {
        var breach = new Breach(item.Facts);
        foreach (var scope in item.Path)
        {
            if (!_overdue.TryGetValue(scope, out var set))
            {
                _overdue[scope] = set = [];
            }

            set.Add(breach);
            touched.Add(scope);
        }
    }

    private void Uncount(Case item, HashSet<int> touched)
    {
        var breach = new Breach(item.Facts);
        foreach (var scope in item.Path)
        {
            _open[scope]--;
            touched.Add(scope);
            if (item.IsOverdue)
            {
                _overdue[scope].Remove(breach);
            }
        }
    }

    private sealed record Case(IncidentFacts Facts, int[] Path, bool IsOverdue);

    private readonly record struct Breach(IncidentFacts Facts) : IComparable<Breach>
    {
        public int CompareTo(Breach other) =>
            Nullable.Compare(other.Facts.DueAt, Facts.DueAt) is var order and not 0
                ? order
                : string.CompareOrdinal(other.Facts.Number, Facts.Number);
    }
}
