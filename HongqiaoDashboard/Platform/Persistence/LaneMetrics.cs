using Prometheus;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>What an operator needs to know of the write lane.</summary>
internal sealed class LaneMetrics
{
    private readonly Gauge _queue = Metrics.CreateGauge("hongqiao_write_lane_queue", "Changes waiting for the write lane.");
    private readonly Histogram _batch = Metrics.CreateHistogram("hongqiao_write_lane_batch_size", "Changes in one transaction.",
        new HistogramConfiguration { Buckets = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
    private readonly Histogram _commit = Metrics.CreateHistogram("hongqiao_write_lane_batch_seconds", "Time from the first change of a transaction to its commit.",
        new HistogramConfiguration { Buckets = Histogram.ExponentialBuckets(0.0005, 2, 14) });
    private readonly Counter _failures = Metrics.CreateCounter("hongqiao_write_lane_failed_changes_total", "Changes that failed because their transaction did.");

    public void Queued(int waiting) => _queue.Set(waiting);

    public void Committed(int changes, TimeSpan took)
    {
        _batch.Observe(changes);
        _commit.Observe(took.TotalSeconds);
    }

    public void Failed(int changes) => _failures.Inc(changes);
}
