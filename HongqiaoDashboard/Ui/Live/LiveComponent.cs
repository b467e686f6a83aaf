using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Ui.Live;

/// <summary>
/// A component that follows something that changes on other threads. What it follows is let go of when the component is
/// disposed of, also when that happens while the subscription is still being made.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly List<IDisposable> _followed = [];
    private readonly ComponentLifetime _life = new();

    /// <summary>Cancelled when the component is disposed of.</summary>
    protected CancellationToken Gone => _life.Token;

    /// <summary>
    /// Follows a source. Pulses are coalesced: one refresh runs at a time, on the component's dispatcher and in the culture
    /// of the caller, and reads the newest state itself.
    /// </summary>
    /// <typeparam name="T">What the source hands out.</typeparam>
    /// <param name="subscribe">Subscribes a callback, which may be called on any thread and returns at once.</param>
    /// <param name="refresh">Shows the newest state.</param>
    /// <returns>The subscription; null when the component went before it was made.</returns>
    protected async Task<T?> FollowAsync<T>(Func<Action, CancellationToken, Task<T>> subscribe, Func<Task> refresh)
        where T : class, IDisposable
    {
        ArgumentNullException.ThrowIfNull(subscribe);
        ArgumentNullException.ThrowIfNull(refresh);
        var pulse = new LivePulse(InvokeAsync, refresh, FailAsync);
        _followed.Add(pulse);
        T subscription;
        try
        {
            subscription = await subscribe(pulse.Signal, _life.Token);
        }
        catch (OperationCanceledException) when (_life.HasEnded)
        {
            return null;
        }

        if (_life.HasEnded)
        {
            subscription.Dispose();
            return null;
        }

        _followed.Add(subscription);
        return subscription;
    }

    /// <summary>Lets go of what else the component holds; called once, after its subscriptions have ended.</summary>
    protected virtual ValueTask DisposeCoreAsync() => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_life.HasEnded)
        {
            return;
        }

        _life.Dispose();
        _followed.ForEach(followed => followed.Dispose());
        await DisposeCoreAsync();
        GC.SuppressFinalize(this);
    }

    // A browser that has gone is no failure; anything else is the renderer's to report.
    private Task FailAsync(Exception e) =>
        e is JSDisconnectedException or ObjectDisposedException ? Task.CompletedTask : DispatchExceptionAsync(e);
}
