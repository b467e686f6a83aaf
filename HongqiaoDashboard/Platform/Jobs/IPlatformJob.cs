namespace HongqiaoDashboard.Platform.Jobs;

/// <summary>
/// Something that the server does by the clock: a thin call of a feature's own sweep. The truth of what is still to be done
/// stands in the feature's rows, so a run that was missed costs nothing but time.
/// </summary>
public interface IPlatformJob
{
    /// <summary>Does what is due. One run of a job ends before its next one begins.</summary>
    /// <param name="now">The instant of the run.</param>
    /// <param name="cancellation">Set when the server stops.</param>
    Task RunAsync(DateTimeOffset now, CancellationToken cancellation);
}
