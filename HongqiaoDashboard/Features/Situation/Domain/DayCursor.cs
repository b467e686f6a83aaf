namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>
/// Counts one local day up to a moving instant, for every scope. Marks after that instant wait, ordered by time, so that
/// what changes by time alone is right with no event at all.
/// </summary>
internal sealed class DayCursor
{
    private readonly PriorityQueue<Waiting, DateTimeOffset> _waiting = new();
    private readonly Dictionary<int, int[]> _rows = [];

    /// <summary>The day, or null before the first load.</summary>
    public DateOnly? Day { get; private set; }

    /// <summary>Marks up to and with this instant are counted.</summary>
    public DateTimeOffset Cutoff { get; private set; }

    /// <summary>Begins a day.</summary>
    /// <param name="day">The local day.</param>
    /// <param name="cutoff">Where the cursor stands.</param>
    public void Reset(DateOnly day, DateTimeOffset cutoff)
    {
        _waiting.Clear();
        // A busy day's room is not kept for all the quiet ones after it.
        _waiting.TrimExcess();
        _rows.Clear();
        Day = day;
        Cutoff = cutoff;
    }

    /// <summary>Takes a mark of this day.</summary>
    /// <param name="path">Numbers of the grid and all above it.</param>
    /// <param name="mark">The mark.</param>
    /// <param name="amount">One, or minus one to take it back.</param>
    /// <param name="touched">Receives the scopes whose row changed now.</param>
    public void Add(int[] path, Mark mark, int amount, HashSet<int> touched)
    {
        if (mark.At <= Cutoff)
        {
            Count(path, mark.Slot, amount, touched);
        }
        else
        {
            _waiting.Enqueue(new Waiting(path, mark.Slot, amount), mark.At);
        }
    }

    /// <summary>Moves the cursor on; it never goes back within a day.</summary>
    /// <param name="cutoff">Where it shall stand.</param>
    /// <param name="touched">Receives the scopes whose row changed.</param>
    public void Advance(DateTimeOffset cutoff, HashSet<int> touched)
    {
        if (cutoff <= Cutoff)
        {
            return;
        }

        Cutoff = cutoff;
        while (_waiting.TryPeek(out var next, out var at) && at <= cutoff)
        {
            _waiting.Dequeue();
            Count(next.Path, next.Slot, next.Amount, touched);
        }
    }

    /// <summary>Adds this day's counts so far to a row.</summary>
    /// <param name="scope">Number of the scope.</param>
    /// <param name="sum">A row of <see cref="Metric.Width"/> slots that is added to.</param>
    public void Sum(int scope, Span<long> sum)
    {
        if (_rows.TryGetValue(scope, out var row))
        {
            for (var slot = 0; slot < Metric.Width; slot++)
            {
                sum[slot] += row[slot];
            }
        }
    }

    /// <summary>One slot of this day so far.</summary>
    /// <param name="scope">Number of the scope.</param>
    /// <param name="slot">Slot of <see cref="Metric"/>.</param>
    public int Read(int scope, int slot) => _rows.TryGetValue(scope, out var row) ? row[slot] : 0;

    private void Count(int[] path, int slot, int amount, HashSet<int> touched)
    {
        foreach (var scope in path)
        {
            if (!_rows.TryGetValue(scope, out var row))
            {
                _rows[scope] = row = new int[Metric.Width];
            }

            row[slot] += amount;
            touched.Add(scope);
        }
    }

    private readonly record struct Waiting(int[] Path, int Slot, int Amount);
}
