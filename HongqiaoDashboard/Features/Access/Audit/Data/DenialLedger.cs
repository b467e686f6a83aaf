using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Jobs;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Access.Audit.Data;

/// <summary>
/// Counts denials in memory and writes them when the minute ends: one record for each caller at each door, with their number. Of
/// one minute no more than <see cref="MostAMinute"/> get a record of their own, and of one UTC day no more than
/// <see cref="MostADay"/>; all others share one record a minute. So a day of knocking takes some megabytes at most, whoever knocks.
/// What a killed process had counted in its last minute is lost; a stopping one writes it.
/// </summary>
internal sealed class DenialLedger(IWriteLane lane, TimeProvider clock, ILogger<DenialLedger> log) : IDenials, IPlatformJob, IHostedService
{
    /// <summary>Records of a minute that name their caller.</summary>
    public const int MostAMinute = 20;

    /// <summary>Records of a day that name their caller.</summary>
    public const int MostADay = 2000;

    private static readonly Knock Others = new(AuditActs.AccessDenied, "(others)", Actor.Nobody);

    private readonly Lock _gate = new();
    private Dictionary<Knock, Count> _counts = [];
    private DateOnly _day;
    private int _ofDay;
    private bool _down;

    public void Note(string door, Actor? actor, CallOrigin? origin = null, string act = AuditActs.AccessDenied)
    {
        // The connection is not kept: it would make each try another caller.
        var address = (origin ?? actor?.Origin)?.Address;
        var who = (actor ?? Actor.Nobody) with { Origin = address is null ? null : new CallOrigin(address) };
        lock (_gate)
        {
            Add(new Knock(act, door, who), new Count(1, clock.GetUtcNow()));
        }
    }

    public Task RunAsync(DateTimeOffset now, CancellationToken cancellation) => FlushAsync(cancellation);

    /// <summary>Writes what was counted. What the storage does not take is kept for the next time.</summary>
    /// <param name="cancellation">Withdraws it; nothing is lost.</param>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        Dictionary<Knock, Count> counts;
        lock (_gate)
        {
            (counts, _counts) = (_counts, []);
        }

        if (counts.Count == 0)
        {
            return;
        }

        try
        {
            await lane.WriteAsync(
                session =>
                {
                    foreach (var (knock, count) in counts)
                    {
                        session.Audit(RecordOf(knock, count), knock.Who);
                    }

                    return true;
                },
                cancellation);
            _down = false;
        }
        catch (Exception e) when (e is StorageUnavailableException or OperationCanceledException)
        {
            if (!_down)
            {
                _down = true;
                log.LogWarning("Denials could not be recorded; they are counted on");
            }

            lock (_gate)
            {
                foreach (var (knock, count) in counts)
                {
                    Add(knock, count);
                }
            }
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => FlushAsync(cancellationToken);

    private static AuditRecord RecordOf(Knock knock, Count count) => new AuditRecord(knock.Act, knock.Door, AuditResult.Denied)
    {
        Facts = [new("count", count.Times), new("since", count.Since)],
    };

    private void Add(Knock knock, Count count)
    {
        if (!_counts.TryGetValue(knock, out var known) && knock != Others && !Takes())
        {
            Add(Others, count);
            return;
        }

        _counts[knock] = known is null ? count : new Count(known.Times + count.Times, known.Since < count.Since ? known.Since : count.Since);
    }

    private bool Takes()
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        if (today != _day)
        {
            (_day, _ofDay) = (today, 0);
        }

        if (_counts.Count >= MostAMinute || _ofDay >= MostADay)
        {
            return false;
        }

        _ofDay++;
        return true;
    }

    private sealed record Knock(string Act, string Door, Actor Who);

    private sealed record Count(long Times, DateTimeOffset Since);
}
