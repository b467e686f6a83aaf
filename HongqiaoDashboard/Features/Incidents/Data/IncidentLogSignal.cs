using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>A pulse for one waiting reader; pulses that nobody has waited for melt into one.</summary>
internal sealed class IncidentLogSignal : IIncidentLogSignal, IDisposable
{
    private readonly SemaphoreSlim _grown = new(0, 1);

    /// <summary>Tells that the log has grown.</summary>
    public void Pulse()
    {
        try
        {
            _grown.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody has not yet looked at the last pulse; looking once serves for both.
        }
    }

    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellation) => _grown.WaitAsync(timeout, cancellation);

    public void Dispose() => _grown.Dispose();
}
