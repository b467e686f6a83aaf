using Microsoft.AspNetCore.SignalR;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>
/// Logs what a hub's method failed by. Whoever is refused hears it by a <see cref="HubException"/>, and that is no event: a line for
/// each would let anybody with a key fill the log.
/// </summary>
/// <param name="log">The log.</param>
internal sealed class HubFaults(ILogger<HubFaults> log) : IHubFilter
{
    /// <inheritdoc/>
    public async ValueTask<object?> InvokeMethodAsync(HubInvocationContext invocationContext, Func<HubInvocationContext, ValueTask<object?>> next)
    {
        try
        {
            return await next(invocationContext);
        }
        catch (Exception fault) when (fault is not HubException && !invocationContext.Context.ConnectionAborted.IsCancellationRequested)
        {
            log.LogError(fault, "{Hub}.{Method} failed", invocationContext.Hub.GetType().Name, invocationContext.HubMethodName);
            throw;
        }
    }
}
