using System.Globalization;
using Microsoft.JSInterop;

namespace HongqiaoDashboard.Ui.Live;

/// <summary>
/// Turns any number of pulses from any thread into runs of one refresh, never two at a time and never more than one
/// waiting: while a refresh waits for a slow browser, a thousand pulses become one further run, which reads the newest.
/// The refresh runs in the culture of whoever made the pulse, because the feed's thread has another.
/// </summary>
internal sealed class LivePulse(Func<Func<Task>, Task> dispatch, Func<Task> refresh, Func<Exception, Task> failed) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;
    private readonly CultureInfo _uiCulture = CultureInfo.CurrentUICulture;
    private bool _running;
    private bool _wanted;
    private volatile bool _disposed;

    /// <summary>Something has changed. Returns at once; never throws.</summary>
    public void Signal()
    {
        lock (_gate)
        {
            _wanted = true;
            if (_running || _disposed)
            {
                return;
            }

            _running = true;
        }

        // Not on the caller's thread: the first part of a refresh would otherwise run there when the dispatcher is free.
        _ = Task.Run(RunAsync);
    }

    /// <summary>No refresh begins after this.</summary>
    public void Dispose() => _disposed = true;

    private async Task RunAsync()
    {
        while (Take())
        {
            try
            {
                await dispatch(async () =>
                {
                    if (!_disposed)
                    {
                        (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (_culture, _uiCulture);
                        await refresh();
                    }
                });
            }
            catch (Exception e) when (_disposed || e is JSDisconnectedException or OperationCanceledException)
            {
                // The page, or the browser without a word, went while its refresh was under way. Should the browser come
                // back, the next pulse brings it the newest.
            }
            catch (Exception e)
            {
                await failed(e);
            }
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            _running = _wanted && !_disposed;
            _wanted = false;
            return _running;
        }
    }
}
