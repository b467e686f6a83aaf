namespace HongqiaoDashboard.Features.Campaigns.Data;

/// <summary>A pulse for the one projection: something was committed. It carries no data, and lost ones cost a poll.</summary>
internal sealed class CampaignSignal : IDisposable
{
    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>Tells that something has changed.</summary>
    public void Pulse()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
            // Nobody has looked at the last pulse yet; looking once serves for both.
        }
    }

    /// <summary>Completes when something has changed since, or when the time is up.</summary>
    /// <param name="timeout">Longest wait.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task WaitAsync(TimeSpan timeout, CancellationToken cancellation) => _changed.WaitAsync(timeout, cancellation);

    public void Dispose() => _changed.Dispose();
}
