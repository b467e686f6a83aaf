using System.Globalization;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// Calls of one connection, for all hubs. A program that calls too often is told so; a page's circuit is read more slowly instead,
/// because a circuit without one of its messages is broken. How many calls of a connection are under way at a time is SignalR's
/// own setting: one, and the next is not read before it is answered.
/// </summary>
/// <param name="limits">How many.</param>
/// <param name="clock">The clock.</param>
internal sealed class HubLimits(IOptions<LimitOptions> limits, TimeProvider clock) : IHubFilter
{
    private static readonly object Key = new();

    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        var (context, isCircuit) = (invocationContext.Context, IsCircuit(invocationContext.Hub));
        var wait = BucketOf(context, isCircuit).Take(evenBeyond: isCircuit);
        if (wait > TimeSpan.Zero && isCircuit)
        {
            await Task.Delay(wait, clock, context.ConnectionAborted);
        }
        else if (wait > TimeSpan.Zero)
        {
            var seconds = Math.Ceiling(wait.TotalSeconds * 10) / 10;
            throw new HubException(string.Create(
                CultureInfo.InvariantCulture,
                $"TooManyCalls: at most {limits.Value.HubCallsPerSecond} calls a second; call again in {seconds} s. 调用过于频繁，每秒最多 {limits.Value.HubCallsPerSecond} 次，请在 {seconds} 秒后重试。"));
        }

        return await next(invocationContext);
    }

    private static bool IsCircuit(Hub hub) => hub.GetType().Assembly == typeof(Microsoft.AspNetCore.Components.Server.CircuitOptions).Assembly;

    // Calls of a connection come one after another.
    private CallBucket BucketOf(HubCallerContext context, bool isCircuit)
    {
        if (context.Items.TryGetValue(Key, out var known))
        {
            return (CallBucket)known!;
        }

        var options = limits.Value;
        var bucket = isCircuit ? new CallBucket(clock, options.CircuitCallsPerSecond, options.CircuitCallsAtOnce) : new CallBucket(clock, options.HubCallsPerSecond, options.HubCallsAtOnce);
        context.Items[Key] = bucket;
        return bucket;
    }
}
