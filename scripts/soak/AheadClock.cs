namespace HongqiaoDashboard.Soak;

/// <summary>
/// A clock whose days pass by steps, while its timers and spans stay those of the machine: the program beats, waits and times
/// out as it does in a hall, and months go by in minutes.
/// </summary>
/// <param name="start">Where it begins.</param>
internal sealed class AheadClock(DateTimeOffset start) : TimeProvider
{
    private readonly long _began = System.GetTimestamp();
    private long _aheadTicks;

    /// <summary>Lets time pass.</summary>
    /// <param name="span">How much.</param>
    public void Pass(TimeSpan span) => Interlocked.Add(ref _aheadTicks, span.Ticks);

    public override DateTimeOffset GetUtcNow() => start + System.GetElapsedTime(_began) + TimeSpan.FromTicks(Interlocked.Read(ref _aheadTicks));
}
