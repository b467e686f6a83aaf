using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>Ready means: the first picture can be shown, and the log is being followed.</summary>
internal sealed class SituationHealth(SituationProjection projection) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(projection switch
        {
            { Ready.IsCompleted: false } => HealthCheckResult.Unhealthy("The situation is being loaded."),
            { IsFollowing: false } => HealthCheckResult.Unhealthy("The situation cannot be followed."),
            _ => HealthCheckResult.Healthy(),
        });
}
