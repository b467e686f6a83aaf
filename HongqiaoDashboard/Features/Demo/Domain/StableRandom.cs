namespace HongqiaoDashboard.Features.Demo.Domain;

/// <summary>
/// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014). The framework's own generators do
/// not promise the same numbers in its next version; demo data of a seed must stay what it is.
/// </summary>
internal sealed class StableRandom
{
    private ulong _state;

    private StableRandom(ulong state) => _state = state;

    /// <summary>The generator of a subject: of any two different keys, the numbers have nothing to do with each other.</summary>
    /// <param name="seed">Seed of the demo.</param>
    /// <param name="purpose">What it decides.</param>
    /// <param name="key">About what.</param>
    public static StableRandom Of(int seed, string purpose, long key) => new(Mix(Mix(Hash(purpose) ^ (uint)seed) ^ (ulong)key));

    /// <inheritdoc cref="Of(int, string, long)"/>
    public static StableRandom Of(int seed, string purpose, string key) => Of(seed, purpose, (long)Hash(key));

    /// <summary>From 0, below 1.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1ul << 53));

    /// <summary>From 0, below a number.</summary>
    /// <param name="count">The number, at least 1.</param>
    public int Below(int count) => (int)Math.BigMul(Next(), (ulong)count, out _);

    /// <summary>Whether something happens.</summary>
    /// <param name="probability">How likely it is.</param>
    public bool Chance(double probability) => Unit() < probability;

    /// <summary>One of some things.</summary>
    /// <typeparam name="T">What they are.</typeparam>
    /// <param name="things">At least one.</param>
    public T Of<T>(IReadOnlyList<T> things) => things[Below(things.Count)];

    private ulong Next() => Mix(_state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    // FNV-1a; string.GetHashCode differs from run to run.
    private static ulong Hash(string text) => text.Aggregate(0xCBF29CE484222325, (hash, c) => (hash ^ c) * 0x100000001B3);
}

/// <summary>
/// How something is spread, told by equally distant quantiles from the least to the most. Between them it is even, so nothing
/// but plain arithmetic decides, which every machine does alike.
/// </summary>
/// <param name="quantiles">At least two, ascending.</param>
internal sealed class Spread(params double[] quantiles)
{
    /// <summary>A value.</summary>
    /// <param name="random">Decides.</param>
    public double Draw(StableRandom random)
    {
        var place = random.Unit() * (quantiles.Length - 1);
        var below = (int)place;
        return quantiles[below] + ((place - below) * (quantiles[below + 1] - quantiles[below]));
    }
}

/// <summary>Things of different weights.</summary>
/// <param name="weights">Their weights, not all zero.</param>
internal sealed class Lottery(IEnumerable<double> weights)
{
    private readonly double[] _sums = Sum(weights);

    /// <summary>Place of a thing.</summary>
    /// <param name="random">Decides.</param>
    public int Draw(StableRandom random)
    {
        var found = Array.BinarySearch(_sums, random.Unit() * _sums[^1]);
        // At a sum exactly, the thing after it is meant.
        return Math.Min(found < 0 ? ~found : found + 1, _sums.Length - 1);
    }

    private static double[] Sum(IEnumerable<double> weights)
    {
        var sum = 0.0;
        return [.. weights.Select(weight => sum += weight)];
    }
}
