using System.Collections.Concurrent;
using Quartz;

namespace HongqiaoDashboard.Platform.Jobs;

/// <summary>One run of a job. Nothing that a job throws reaches the scheduler, which would set its trigger aside.</summary>
/// <typeparam name="TJob">The job.</typeparam>
[DisallowConcurrentExecution]
internal sealed class JobRun<TJob>(IServiceProvider services, JobLog log, TimeProvider clock, IHostApplicationLifetime life) : IJob
    where TJob : class, IPlatformJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var name = context.JobDetail.Key.Name;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.ApplicationStopping);
        try
        {
            // Asked for here: a job that cannot even be made is one that fails.
            await services.GetRequiredService<TJob>().RunAsync(clock.GetUtcNow(), stop.Token);
            log.Succeeded(name);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The server stops; the rows still say what is to be done.
        }
        catch (Exception e)
        {
            log.Failed(name, e);
        }
    }
}

/// <summary>Says once that a job is down and once that it runs again, however often it failed in between.</summary>
internal sealed class JobLog(ILogger<JobLog> log)
{
    private readonly ConcurrentDictionary<string, bool> _down = new(StringComparer.Ordinal);

    public void Failed(string name, Exception cause)
    {
        if (_down.TryAdd(name, true))
        {
            log.LogError(cause, "The job {Job} failed; it goes on being tried at its times", name);
        }
    }

    public void Succeeded(string name)
    {
        if (_down.TryRemove(name, out _))
        {
            log.LogWarning("The job {Job} runs again", name);
        }
    }
}
