using System.Text.Json;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;

namespace HongqiaoDashboard.Bench;

/// <summary>Two pictures of the district that differ in one cell of twenty, fed in turn as new ones.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
internal sealed record Pictures(SituationSnapshot First, SituationSnapshot Second)
{
    // As long as every version that follows, so that all deltas have the same size.
    private const long FirstVersion = 1_000_000;
    private const int OneOf = 20;

    /// <summary>Makes the second picture from a first one.</summary>
    /// <param name="first">A picture.</param>
    public static Pictures From(SituationSnapshot first) => new(first with { Version = FirstVersion }, first with
    {
        Version = FirstVersion + 1,
        Heat = [.. first.Heat.Select((cell, i) => i % OneOf == 0 ? cell with { Open = cell.Open + 1, Today = cell.Today + 1 } : cell)],
    });

    /// <summary>The picture that is fed as the n-th.</summary>
    /// <param name="n">Which, from 0.</param>
    /// <param name="epoch">Epoch of the server.</param>
    public SituationSnapshot At(int n, string epoch) => (n % 2 == 0 ? First : Second) with { Epoch = epoch, Version = FirstVersion + n, AsOf = First.AsOf.AddMilliseconds(250.0 * n) };

    /// <summary>Writes both for other processes.</summary>
    /// <param name="file">Where.</param>
    public void Save(string file) => File.WriteAllBytes(file, JsonSerializer.SerializeToUtf8Bytes(this, SituationWire.Json));

    /// <summary>Reads what another process has written.</summary>
    /// <param name="file">Where.</param>
    public static Pictures Load(string file) => JsonSerializer.Deserialize<Pictures>(File.ReadAllBytes(file), SituationWire.Json)!;
}
