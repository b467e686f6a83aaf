using System.Collections.Concurrent;
using System.Net;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>
/// Slows guessing down. Attempts on one account come one after another, so that a hundred at once do not all pass before the first
/// wrong one is counted; and an address has only so many wrong ones in a while, whichever accounts it tries.
/// </summary>
internal sealed class SignInGate(TimeProvider clock)
{
    /// <summary>Wrong attempts of one address within <see cref="Window"/>.</summary>
    public const int MostOfAnAddress = 30;

    /// <summary>The while that is meant.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private const int Lanes = 64;

    // More addresses than a district has networks; beyond it the oldest are let go.
    private const int MostAddresses = 10_000;

    private readonly SemaphoreSlim[] _lanes = [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1, 1))];
    private readonly ConcurrentDictionary<IPAddress, Wrong> _wrong = new();

    /// <summary>Takes the turn of an account's attempts.</summary>
    /// <param name="account">What was typed; two accounts may share a turn.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>To be disposed of after the attempt.</returns>
    public async Task<IDisposable> EnterAsync(string account, CancellationToken cancellation)
    {
        var lane = _lanes[(uint)StringComparer.OrdinalIgnoreCase.GetHashCode(account) % Lanes];
        await lane.WaitAsync(cancellation);
        return new Turn(lane);
    }

    /// <summary>Whether an address has had too many wrong attempts.</summary>
    /// <param name="address">Where an attempt comes from; null counts as one address.</param>
    public bool IsShut(IPAddress? address) =>
        _wrong.TryGetValue(KeyOf(address), out var wrong) && wrong.Count >= MostOfAnAddress && clock.GetUtcNow() - wrong.Since < Window;

    /// <summary>Counts a wrong attempt.</summary>
    /// <param name="address">Where it came from.</param>
    public void CountWrong(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        _wrong.AddOrUpdate(
            KeyOf(address), _ => new Wrong(1, now), (_, wrong) => now - wrong.Since < Window ? wrong with { Count = wrong.Count + 1 } : new Wrong(1, now));
        if (_wrong.Count > MostAddresses)
        {
            foreach (var (key, _) in _wrong.OrderBy(entry => entry.Value.Since).Take(MostAddresses / 2).ToList())
            {
                _wrong.TryRemove(key, out _);
            }
        }
    }

    // A household has a whole /64 of the new addresses.
    private static IPAddress KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return IPAddress.None;
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(Math.Min(8, bytes.Length)).Clear();
        return new IPAddress(bytes);
    }

    private sealed record Wrong(int Count, DateTimeOffset Since);

    private sealed class Turn(SemaphoreSlim lane) : IDisposable
    {
        public void Dispose() => lane.Release();
    }
}
