using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>Holds the write lane with a change of its own, so that what is asked for meanwhile makes one batch.</summary>
internal sealed class HeldPen : IDisposable
{
    private readonly ManualResetEventSlim _giveBack = new();
    private Task<bool> _holding = Task.FromResult(true);

    /// <summary>Takes the pen; completes when the holding change runs, alone in its transaction.</summary>
    /// <param name="lane">The lane.</param>
    public static async Task<HeldPen> TakeAsync(IWriteLane lane)
    {
        var pen = new HeldPen();
        var taken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        pen._holding = lane.WriteAsync(
            _ =>
            {
                taken.SetResult();
                return pen._giveBack.Wait(SituationClient.Bound);
            },
            TestContext.Current.CancellationToken);
        await taken.Task;
        return pen;
    }

    /// <summary>Lets the others write.</summary>
    public async Task GiveBackAsync()
    {
        _giveBack.Set();
        Assert.True(await _holding);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _giveBack.Set();
        _giveBack.Dispose();
    }
}
