using System.Collections.Concurrent;
using System.Net;

namespace HongqiaoDashboard.Features.Access.Accounts.Web;

/// <summary>
/// Slows guessing down. Attempts on one account, and attempts from one address, come one after another, so that a hundred at once do
/// not all pass before the first wrong one is counted; and an address has only so many wrong ones in a while, whichever accounts it tries.
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

    // Always in this order, so that no two attempts wait for each other.
    private readonly SemaphoreSlim[] _accounts = Places();
    private readonly SemaphoreSlim[] _addresses = Places();
    private readonly ConcurrentDictionary<IPAddress, Wrong> _wrong = new();

    /// <summary>How many addresses are remembered.</summary>
    public int Count => _wrong.Count;

    /// <summary>Takes the turn of an attempt.</summary>
    /// <param name="account">Normalised user name that was typed; two accounts may share a turn.</param>
    /// <param name="address">Where it comes from; two addresses may share a turn.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>To be disposed of after the attempt, and after it was counted; null when the address has had too many wrong ones.</returns>
    public async Task<IDisposable?> TryEnterAsync(string account, IPAddress? address, CancellationToken cancellation)
    {
        if (IsShut(address))
        {
            return null;
        }

        var turn = new Turn(_accounts[(uint)StringComparer.Ordinal.GetHashCode(account) % Lanes], _addresses[(uint)KeyOf(address).GetHashCode() % Lanes]);
        await turn.TakeAsync(cancellation);
        if (!IsShut(address))
        {
            return turn;
        }

        turn.Dispose();
        return null;
    }

    /// <summary>Whether an address has had too many wrong attempts.</summary>
    /// <param name="address">Where an attempt comes from; null counts as one address.</param>
    public bool IsShut(IPAddress? address) =>
        _wrong.TryGetValue(KeyOf(address), out var wrong) && wrong.At.Length >= MostOfAnAddress && clock.GetUtcNow() - wrong.At[0] < Window;

    /// <summary>Counts a wrong attempt.</summary>
    /// <param name="address">Where it came from.</param>
    public void CountWrong(IPAddress? address)
    {
        var now = clock.GetUtcNow();
        _wrong.AddOrUpdate(KeyOf(address), _ => new Wrong([now]), (_, wrong) => new Wrong([.. wrong.At.TakeLast(MostOfAnAddress - 1), now]));
        if (_wrong.Count > MostAddresses)
        {
            foreach (var (key, _) in _wrong.OrderBy(entry => entry.Value.At[^1]).Take(MostAddresses / 2).ToList())
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

    private static SemaphoreSlim[] Places() => [.. Enumerable.Range(0, Lanes).Select(_ => new SemaphoreSlim(1, 1))];

    // The last wrong ones, oldest first: a while that slides, so that none of any length has more of them.
    private sealed record Wrong(DateTimeOffset[] At);

    private sealed class Turn(SemaphoreSlim account, SemaphoreSlim address) : IDisposable
    {
        public async Task TakeAsync(CancellationToken cancellation)
        {
            await account.WaitAsync(cancellation);
            try
            {
                await address.WaitAsync(cancellation);
            }
            catch
            {
                account.Release();
                throw;
            }
        }

        public void Dispose()
        {
            address.Release();
            account.Release();
        }
    }
}
