using Microsoft.JSInterop;

namespace HongqiaoDashboard.Platform.Interop;

/// <summary>
/// The browser's part of a component: an object that a function of the component's module makes, and that has a method
/// <c>dispose</c>. The component may leave at any moment, also while the object is being made; then nothing is left behind
/// and nothing fails, because a page that is left early must not show an error on the next one.
/// </summary>
/// <param name="js">The browser.</param>
/// <param name="module">Address of the module.</param>
public sealed class JsPart(IJSRuntime js, string module) : IAsyncDisposable
{
    private IJSObjectReference? _module;
    private IJSObjectReference? _made;
    private bool _disposed;

    /// <summary>Makes the object.</summary>
    /// <param name="function">Function of the module that makes it.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Whether it is there; false when the component or the browser has gone meanwhile.</returns>
    /// <exception cref="JSException">The module is not there or its function failed while the component was shown.</exception>
    public async Task<bool> CreateAsync(string function, params object?[] arguments)
    {
        try
        {
            _module = await js.InvokeAsync<IJSObjectReference>("import", module);
            if (!_disposed)
            {
                _made = await _module.InvokeAsync<IJSObjectReference>(function, arguments);
            }
        }
        catch (Exception e) when (_disposed || e is JSDisconnectedException)
        {
            // Its element or what it was to call back has been let go of.
        }

        if (_disposed)
        {
            await ReleaseAsync();
        }

        return _made is not null && !_disposed;
    }

    /// <summary>Calls a method of the object.</summary>
    /// <param name="method">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>Whether the browser has done it; false when there is no object or the browser is away.</returns>
    public async ValueTask<bool> TryInvokeAsync(string method, params object?[] arguments)
    {
        try
        {
            return !_disposed && await _made.TryInvokeAsync(method, arguments);
        }
        catch (JSException) when (_disposed)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _disposed = true;
        return ReleaseAsync();
    }

    private async ValueTask ReleaseAsync()
    {
        (var made, var loaded, _made, _module) = (_made, _module, null, null);
        await made.DisposeQuietlyAsync("dispose");
        await loaded.DisposeQuietlyAsync();
    }
}
