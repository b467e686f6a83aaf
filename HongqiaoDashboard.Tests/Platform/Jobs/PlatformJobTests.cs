using System.Collections.Concurrent;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Quartz;

namespace HongqiaoDashboard.Tests.Platform.Jobs;

/// <summary>Jobs on the real scheduler. The clock stands still, so they run when the tests say so and not otherwise.</summary>
public sealed class PlatformJobTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Now = new(2024, 5, 6, 2, 0, 20, TimeSpan.Zero);

    private readonly ConcurrentQueue<(LogLevel Level, string Message)> _said = new();
    private readonly Sample _sample = new();
    private WebApplication _app = default!;
    private IScheduler _scheduler = default!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders().AddProvider(new Listening(_said));
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider(Now));
        builder.Services.AddSingleton(_sample);
        builder.AddJobs();
        builder.Services.AddPlatformJob<Sample>("sample", "0 * * * * ?");
        builder.Services.AddPlatformJob<Other>("other", "0 30 3 * * ?", _ => TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        builder.Services.AddPlatformJob<Impossible>("impossible", "0 0 0 * * ?");
        _app = builder.Build();
        await _app.StartAsync(Cancellation);
        _scheduler = await _app.Services.GetRequiredService<ISchedulerFactory>().GetScheduler(Cancellation);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Job_ThatFailsAndRecovers_IsToldOnceEachAndGoesOnRunning()
    {
        _sample.Next = _ => throw new InvalidOperationException("no luck");
        await RunAsync("sample");
        await RunAsync("sample");
        await RunAsync("impossible");
        _sample.Next = _ => Task.CompletedTask;
        await RunAsync("sample");
        await RunAsync("sample");

        Assert.Equal(4, _sample.Runs);
        Assert.Equal(
            [(LogLevel.Error, "The job sample failed; it goes on being tried at its times"), (LogLevel.Error, "The job impossible failed; it goes on being tried at its times"), (LogLevel.Warning, "The job sample runs again")],
            _said.Where(line => line.Level >= LogLevel.Warning));
        foreach (var name in (string[])["sample", "impossible"])
        {
            // Blocked for a moment longer after a run, but never set aside.
            Assert.Contains(await _scheduler.GetTriggerState(new TriggerKey(name), Cancellation), (TriggerState[])[TriggerState.Normal, TriggerState.Blocked]);
        }
    }

    [Fact]
    public async Task Job_ThatIsDueWhileItRuns_RunsAgainOnlyAfterwards()
    {
        var (begun, end) = (new SemaphoreSlim(0), new TaskCompletionSource());
        _sample.Next = _ =>
        {
            begun.Release();
            return end.Task;
        };
        await _scheduler.TriggerJob(new JobKey("sample"), Cancellation);
        Assert.True(await begun.WaitAsync(SituationClient.Bound, Cancellation));

        await _scheduler.TriggerJob(new JobKey("sample"), Cancellation);
        // The scheduler goes on with other jobs, so it did look at this one.
        await RunAsync("other");
        Assert.Equal(1, _sample.Runs);

        end.SetResult();
        Assert.True(await begun.WaitAsync(SituationClient.Bound, Cancellation));
        Assert.Equal(2, _sample.Runs);
    }

    [Fact]
    public async Task Job_RunningWhenTheServerStops_HearsOfItAndIsWaitedFor()
    {
        var begun = new TaskCompletionSource();
        _sample.Next = async cancellation =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        };
        await _scheduler.TriggerJob(new JobKey("sample"), Cancellation);
        await begun.Task.WaitAsync(SituationClient.Bound, Cancellation);

        await _app.StopAsync(Cancellation).WaitAsync(SituationClient.Bound, Cancellation);

        Assert.True(_sample.Ended);
        Assert.DoesNotContain(_said, line => line.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Job_WithAZone_IsDueAtTheHourOfThatZone()
    {
        var trigger = await _scheduler.GetTrigger(new TriggerKey("other"), Cancellation);

        Assert.Equal(new DateTimeOffset(2024, 5, 6, 19, 30, 0, TimeSpan.Zero), trigger!.NextFireTimeUtc);
        Assert.Equal(Now.AddSeconds(40), (await _scheduler.GetTrigger(new TriggerKey("sample"), Cancellation))!.NextFireTimeUtc);
    }

    private async Task RunAsync(string name)
    {
        var ended = new TaskCompletionSource();
        var listener = new Ended(name, ended);
        _scheduler.ListenerManager.AddJobListener(listener);
        await _scheduler.TriggerJob(new JobKey(name), Cancellation);
        await ended.Task.WaitAsync(SituationClient.Bound, Cancellation);
        _scheduler.ListenerManager.RemoveJobListener(listener.Name);
    }

    private sealed class Sample : IPlatformJob
    {
        private int _runs;

        public Func<CancellationToken, Task> Next { get; set; } = _ => Task.CompletedTask;

        public int Runs => _runs;

        public bool Ended { get; private set; }

        public async Task RunAsync(DateTimeOffset now, CancellationToken cancellation)
        {
            Assert.Equal(Now, now);
            Interlocked.Increment(ref _runs);
            try
            {
                await Next(cancellation);
            }
            finally
            {
                Ended = true;
            }
        }
    }

    private sealed class Other : IPlatformJob
    {
        public Task RunAsync(DateTimeOffset now, CancellationToken cancellation) => Task.CompletedTask;
    }

    private sealed class Impossible(FakeTimeProvider nobodyRegistersThis) : IPlatformJob
    {
        public Task RunAsync(DateTimeOffset now, CancellationToken cancellation) => Task.FromResult(nobodyRegistersThis.GetUtcNow());
    }

    private sealed class Ended(string job, TaskCompletionSource ended) : IJobListener
    {
        public string Name { get; } = Guid.NewGuid().ToString();

        public ValueTask JobWasExecuted(IJobExecutionContext context, JobExecutionException? jobException, CancellationToken cancellationToken)
        {
            if (context.JobDetail.Key.Name == job)
            {
                ended.TrySetResult();
            }

            return ValueTask.CompletedTask;
        }
    }

    private sealed class Listening(ConcurrentQueue<(LogLevel, string)> said) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            said.Enqueue((logLevel, formatter(state, exception)));

        public void Dispose() { }
    }
}
