using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>Every open case, the queue of due times, what is overdue and what falls due next where, and how many of each category.</summary>
internal sealed class OpenCases
{
    private readonly Dictionary<string, Case> _cases = [];
    private readonly PriorityQueue<(string Number, DateTimeOffset Due), DateTimeOffset> _queue = new();
    private readonly Dictionary<int, int> _open = [];
    private readonly Dictionary<int, SortedSet<Breach>> _overdue = [];
    private readonly Dictionary<int, SortedSet<Breach>> _coming = [];
    private readonly Dictionary<int, SortedDictionary<string, (int Open, int Overdue)>> _categories = [];

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

    /// <summary>Open cases of a scope whose promise still holds, the next to end first.</summary>
    /// <param name="scope">Number of the scope.</param>
    public IEnumerable<IncidentFacts> Coming(int scope) =>
        _coming.TryGetValue(scope, out var set) ? set.Reverse().Select(breach => breach.Facts) : [];

    /// <summary>Open and overdue cases of a scope by category, in the order of the codes; categories without any are left out.</summary>
    /// <param name="scope">Number of the scope.</param>
    public IEnumerable<(string Category, int Open, int Overdue)> Categories(int scope) =>
        _categories.TryGetValue(scope, out var counts) ? counts.Select(c => (c.Key, c.Value.Open, c.Value.Overdue)) : [];

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
            CountCategory(scope, facts.Category, 1, 0);
            touched.Add(scope);
        }

        if (item.IsOverdue)
        {
            Show(item, touched);
        }
        else if (facts.DueAt is { } due)
        {
            // One place in the queue for each due time, however often the case is moved: places go only when their time has come.
            if (known is null || known.IsOverdue || known.Facts.DueAt != due)
            {
                _queue.Enqueue((facts.Number, due), due);
            }

            Remember(_coming, item);
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
                Forget(_coming, item);
                Show(late, touched);
            }
        }
    }

    private void Show(Case item, HashSet<int> touched)
    {
        Remember(_overdue, item);
        foreach (var scope in item.Path)
        {
            CountCategory(scope, item.Facts.Category, 0, 1);
            touched.Add(scope);
        }
    }

    private void Uncount(Case item, HashSet<int> touched)
    {
        Forget(item.IsOverdue ? _overdue : _coming, item);
        foreach (var scope in item.Path)
        {
            _open[scope]--;
            CountCategory(scope, item.Facts.Category, -1, item.IsOverdue ? -1 : 0);
            touched.Add(scope);
        }
    }

    private void CountCategory(int scope, string category, int open, int overdue)
    {
        if (!_categories.TryGetValue(scope, out var counts))
        {
            _categories[scope] = counts = new SortedDictionary<string, (int, int)>(StringComparer.Ordinal);
        }

        var (was, wasOverdue) = counts.GetValueOrDefault(category);
        if (was + open == 0)
        {
            counts.Remove(category);
        }
        else
        {
            counts[category] = (was + open, wasOverdue + overdue);
        }
    }

    private static void Remember(Dictionary<int, SortedSet<Breach>> sets, Case item)
    {
        foreach (var scope in item.Path)
        {
            if (!sets.TryGetValue(scope, out var set))
            {
                sets[scope] = set = [];
            }

            set.Add(new Breach(item.Facts));
        }
    }

    private static void Forget(Dictionary<int, SortedSet<Breach>> sets, Case item)
    {
        foreach (var scope in item.Path)
        {
            if (sets.TryGetValue(scope, out var set))
            {
                set.Remove(new Breach(item.Facts));
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
