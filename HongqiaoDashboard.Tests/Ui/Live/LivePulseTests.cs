using System.Globalization;
using HongqiaoDashboard.Ui.Live;

namespace HongqiaoDashboard.Tests.Ui.Live;

public sealed class LivePulseTests
{
    [Fact]
    public async Task Signal_ThousandTimesWhileARefreshRuns_MakesOneMore()
    {
        var (runs, atOnce, most) = (0, 0, 0);
        var first = new TaskCompletionSource();
        var second = new TaskCompletionSource();
        var gate = new TaskCompletionSource();
        using var pulse = new LivePulse(Run, async () =>
        {
            most = Math.Max(most, Interlocked.Increment(ref atOnce));
            (++runs == 1 ? first : second).TrySetResult();
            await gate.Task;
            Interlocked.Decrement(ref atOnce);
        }, Fail);

        pulse.Signal();
        await first.Task.WaitAsync(Limit, Cancelled);
        Parallel.For(0, 1_000, _ => pulse.Signal());
        gate.SetResult();
        await second.Task.WaitAsync(Limit, Cancelled);

        Assert.Equal(2, runs);
        Assert.Equal(1, most);
    }

    [Fact]
    public async Task Signal_FromAThreadOfAnotherCulture_RefreshesInTheMakersCulture()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var seen = new TaskCompletionSource<string>();
        using var pulse = new LivePulse(Run, () =>
        {
            seen.SetResult(CultureInfo.CurrentCulture.Name + CultureInfo.CurrentUICulture.Name);
            return Task.CompletedTask;
        }, Fail);

        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("zh-CN");
        pulse.Signal();

        Assert.Equal("enen", await seen.Task.WaitAsync(Limit, Cancelled));
    }

    [Fact]
    public async Task Dispose_WithARefreshWanted_LetsNoneBegin()
    {
        var runs = 0;
        var dispatched = new TaskCompletionSource<Func<Task>>();
        var pulse = new LivePulse(work => { dispatched.SetResult(work); return Task.CompletedTask; }, () => { runs++; return Task.CompletedTask; }, Fail);
        pulse.Signal();
        var work = await dispatched.Task.WaitAsync(Limit, Cancelled);

        pulse.Dispose();
        await work();
        pulse.Signal();

        Assert.Equal(0, runs);
    }

    [Fact]
    public async Task Refresh_ThatFails_IsReportedAndTheNextOneRuns()
    {
        var runs = 0;
        var failed = new TaskCompletionSource<Exception>();
        var again = new TaskCompletionSource();
        using var pulse = new LivePulse(Run, () =>
        {
            if (++runs == 1)
            {
                throw new InvalidOperationException("first");
            }

            again.SetResult();
            return Task.CompletedTask;
        }, e => { failed.SetResult(e); return Task.CompletedTask; });

        pulse.Signal();
        Assert.Equal("first", (await failed.Task.WaitAsync(Limit, Cancelled)).Message);
        pulse.Signal();

        await again.Task.WaitAsync(Limit, Cancelled);
    }

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private static Task Run(Func<Task> work) => work();

    private static Task Fail(Exception e) => throw new InvalidOperationException("unexpected", e);
}
