using System.Buffers.Binary;

namespace HongqiaoDashboard.Features.Situation.Domain;

/// <summary>
/// Counter rows by scope and local day. A change costs the same however long the history is, and reading a period costs
/// by its days and months, not by its cases. Marks of the future stand on their days; readers sum days that are over.
/// </summary>
internal sealed class DayTallies
{
    private readonly Dictionary<int, SortedList<int, Month>> _scopes = [];
    private readonly HashSet<(int Scope, int Month)> _changed = [];

    /// <summary>Number of a month, for keys and order.</summary>
    /// <param name="day">A day of it.</param>
    public static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    /// <summary>Adds to one slot.</summary>
    /// <param name="scope">Number of the scope.</param>
    /// <param name="day">Local day.</param>
    /// <param name="slot">Slot of <see cref="Metric"/>.</param>
    /// <param name="amount">Usually one or minus one.</param>
    public void Add(int scope, DateOnly day, int slot, int amount)
    {
        var month = MonthOf(day);
        Get(scope, month).Add(day.Day, slot, amount);
        _changed.Add((scope, month));
    }

    /// <summary>Sums whole days into a row.</summary>
    /// <param name="scope">Number of the scope.</param>
    /// <param name="from">First day.</param>
    /// <param name="before">Day after the last one.</param>
    /// <param name="sum">A row of <see cref="Metric.Width"/> slots that is added to.</param>
    public void Sum(int scope, DateOnly from, DateOnly before, Span<long> sum)
    {
        if (!_scopes.TryGetValue(scope, out var months))
        {
            return;
        }

        foreach (var (number, month) in months)
        {
            var first = new DateOnly(number / 12, (number % 12) + 1, 1);
            if (first >= before)
            {
                break;
            }

            month.Sum(first, from, before, sum);
        }
    }

    /// <summary>Forgets a scope, to load it anew.</summary>
    /// <param name="scope">Number of the scope.</param>
    public void Clear(int scope) => _scopes.Remove(scope);

    /// <summary>Scopes and months that changed since the last call, with their stored form.</summary>
    /// <param name="wanted">Which scopes are stored at all.</param>
    public List<(int Scope, int Month, byte[] Counts)> TakeChanged(Func<int, bool> wanted)
    {
        var changed = _changed.Where(key => wanted(key.Scope)).Select(key => (key.Scope, key.Month, Get(key.Scope, key.Month).Write())).ToList();
        _changed.Clear();
        return changed;
    }

    /// <summary>Marks what <see cref="TakeChanged"/> gave as not stored after all.</summary>
    /// <param name="taken">What was given.</param>
    public void PutBack(IEnumerable<(int Scope, int Month, byte[] Counts)> taken) => _changed.UnionWith(taken.Select(t => (t.Scope, t.Month)));

    /// <summary>Puts a stored month in place.</summary>
    /// <param name="scope">Number of the scope.</param>
    /// <param name="month">Number of the month.</param>
    /// <param name="counts">Its stored form.</param>
    public void Restore(int scope, int month, byte[] counts) => Get(scope, month).Restore(counts);

    private Month Get(int scope, int month)
    {
        if (!_scopes.TryGetValue(scope, out var months))
        {
            _scopes[scope] = months = [];
        }

        if (!months.TryGetValue(month, out var found))
        {
            months[month] = found = new Month();
        }

        return found;
    }

    /// <summary>
    /// A month of one scope: a row a day where there is something, and their total. A stored one is taken apart when it is first
    /// asked for: at the start that is the district's and a few of the streets', out of thousands.
    /// </summary>
    private sealed class Month
    {
        private const int RowLength = 1 + (Metric.Width * sizeof(int));

        private byte[]? _stored;
        private int[]?[]? _days;
        private long[]? _total;

        private int[]?[] Days => Open()._days!;

        private long[] Total => Open()._total!;

        public void Add(int dayOfMonth, int slot, int amount)
        {
            (Days[dayOfMonth - 1] ??= new int[Metric.Width])[slot] += amount;
            Total[slot] += amount;
        }

        public void Sum(DateOnly first, DateOnly from, DateOnly before, Span<long> sum)
        {
            var length = DateTime.DaysInMonth(first.Year, first.Month);
            var (low, high) = (Math.Max(0, from.DayNumber - first.DayNumber), Math.Min(length, before.DayNumber - first.DayNumber));
            if (low >= high)
            {
                return;
            }

            if (low == 0 && high == length)
            {
                for (var slot = 0; slot < Metric.Width; slot++)
                {
                    sum[slot] += Total[slot];
                }

                return;
            }

            for (var day = low; day < high; day++)
            {
                if (Days[day] is { } row)
                {
                    for (var slot = 0; slot < Metric.Width; slot++)
                    {
                        sum[slot] += row[slot];
                    }
                }
            }
        }

        // A byte for the day, then its row; little endian.
        public byte[] Write()
        {
            using var stream = new MemoryStream();
            using var writer = new BinaryWriter(stream);
            for (var day = 0; day < Days.Length; day++)
            {
                if (Days[day] is { } row && row.Any(count => count != 0))
                {
                    writer.Write((byte)day);
                    foreach (var count in row)
                    {
                        writer.Write(count);
                    }
                }
            }

            return stream.ToArray();
        }

        public void Restore(byte[] counts)
        {
            if (counts.Length % RowLength != 0)
            {
                throw new InvalidDataException("A stored month of tallies is cut off.");
            }

            (_stored, _days, _total) = (counts, null, null);
        }

        private Month Open()
        {
            if (_days is not null)
            {
                return this;
            }

            (_days, _total) = (new int[31][], new long[Metric.Width]);
            for (var rest = _stored.AsSpan(); rest.Length >= RowLength; rest = rest[RowLength..])
            {
                var row = _days[rest[0]] = new int[Metric.Width];
                for (var slot = 0; slot < Metric.Width; slot++)
                {
                    _total[slot] += row[slot] = BinaryPrimitives.ReadInt32LittleEndian(rest[(1 + (slot * sizeof(int)))..]);
                }
            }

            _stored = null;
            return this;
        }
    }
}
