namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>Counts the calls of one connection. It has no timer: there may be ten thousand of them.</summary>
/// <param name="clock">The clock.</param>
/// <param name="perSecond">Calls a second in the long run.</param>
/// <param name="atOnce">Calls at once.</param>
internal sealed class CallBucket(TimeProvider clock, int perSecond, int atOnce)
{
    private readonly Lock _lock = new();
    private double _left = atOnce;
    private long _at = clock.GetTimestamp();

    /// <summary>Counts a call.</summary>
    /// <param name="evenBeyond">Counts it also when it is one too many; it is then to wait so long.</param>
    /// <returns>Zero when it may be made now; otherwise after how long.</returns>
    public TimeSpan Take(bool evenBeyond)
    {
        lock (_lock)
        {
            var now = clock.GetTimestamp();
            _left = Math.Min(atOnce, _left + (clock.GetElapsedTime(_at, now).TotalSeconds * perSecond));
            _at = now;
            var wait = _left >= 1 ? TimeSpan.Zero : TimeSpan.FromSeconds((1 - _left) / perSecond);
            if (wait == TimeSpan.Zero || evenBeyond)
            {
                _left--;
            }

            return wait;
        }
    }
}
