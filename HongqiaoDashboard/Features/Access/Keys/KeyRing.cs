using System.Threading.RateLimiting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>The keys in force, in memory.</summary>
internal sealed class KeyShelf(IReadDoor door, LiveConnections connections, TimeProvider clock, ILogger<KeyShelf> log)
    : SecretShelf<AccessKey>(door, connections, clock, log);

/// <summary>Answers for the stored keys, counts their requests and remembers that they were used.</summary>
internal sealed class KeyRing(KeyShelf shelf, KeyUses uses) : IKeyRing, IDisposable
{
    // A minute that begins with a key's first request. Limiters of keys that send nothing are let go of by themselves.
    private readonly PartitionedRateLimiter<AccessKey> _limits = PartitionedRateLimiter.Create<AccessKey, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key.Id, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = key.RatePerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0,
        }));

    public KeyAnswer? Present(string key)
    {
        if (!KeyText.CouldBe(key) || shelf.Find(key) is not { } row)
        {
            return null;
        }

        using var lease = _limits.AttemptAcquire(row);
        if (!lease.IsAcquired)
        {
            return new KeyAnswer(row.ToActor(), lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : TimeSpan.FromMinutes(1));
        }

        uses.Note(row.Id);
        return new KeyAnswer(row.ToActor());
    }

    public void Dispose() => _limits.Dispose();
}
