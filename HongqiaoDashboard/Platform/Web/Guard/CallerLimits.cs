using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// Requests of one caller: of an identity, or of an address where nobody said who they are, so that wrong keys and passwords count
/// against where they come from. Health and static files are not counted.
/// </summary>
/// <param name="limits">How many.</param>
internal sealed class CallerLimits(IOptions<LimitOptions> limits) : IConfigureOptions<RateLimiterOptions>
{
    // There are more addresses than memory. Strangers share so many counters; whose, changes with each start.
    private const int StrangersCounted = 1 << 14;
    private const int NetworkBytes = 8;

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    /// <summary>Sets the limiter of all endpoints.</summary>
    /// <param name="options">The options.</param>
    public void Configure(RateLimiterOptions options)
    {
        var known = Bucket(limits.Value.CallsAtOnce, limits.Value.CallsPerSecond);
        var strangers = Bucket(limits.Value.StrangerCallsAtOnce, limits.Value.StrangerCallsPerSecond);
        options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, Caller>(context => Actor.From(context.User) is { } actor
            ? RateLimitPartition.GetTokenBucketLimiter(new Caller(actor.Id, 0), _ => known)
            : RateLimitPartition.GetTokenBucketLimiter(new Caller(null, CounterOf(context.Connection.RemoteIpAddress)), _ => strangers));
        options.OnRejected = async (rejected, _) => await RefuseAsync(rejected);
    }

    /// <summary>Which counter an address has. Whoever has one address of version 6 has the whole network of it.</summary>
    /// <param name="address">The address; null for none.</param>
    internal static int CounterOf(IPAddress? address)
    {
        var bytes = (address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address)?.GetAddressBytes() ?? [];
        var hash = default(HashCode);
        hash.AddBytes(address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? bytes.AsSpan(0, NetworkBytes) : bytes);
        return hash.ToHashCode() & (StrangersCounted - 1);
    }

    private static TokenBucketRateLimiterOptions Bucket(int atOnce, int perSecond) => new()
    {
        TokenLimit = atOnce, TokensPerPeriod = perSecond, ReplenishmentPeriod = Second, AutoReplenishment = false, QueueLimit = 0,
    };

    private static Task RefuseAsync(OnRejectedContext rejected)
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > Second ? after : Second;
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        rejected.HttpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return GuardRefusal.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "TooManyCalls", seconds);
    }

    private readonly record struct Caller(string? Identity, int Counter);
}
