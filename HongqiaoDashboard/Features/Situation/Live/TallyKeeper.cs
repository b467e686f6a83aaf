using HongqiaoDashboard.Features.Situation.Data;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Situation.Live;

/// <summary>
/// Stores the tallies with a checkpoint of the log now and then. That spares the next start the replay of all history; a
/// checkpoint that is lost costs that start time, never figures. Called on the one thread that owns the model.
/// </summary>
internal sealed class TallyKeeper(IWriteLane lane, ILogger log)
{
    private const int EntriesBetween = 20_000;
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private Storing? _storing;
    private long? _storedSeq;
    private DateTimeOffset _storedAt;
    private bool _failing;

    /// <summary>Completes when nothing is being stored; never faults.</summary>
    public Task Done => _storing?.Done ?? Task.CompletedTask;

    /// <summary>Begins with a model that was just loaded.</summary>
    /// <param name="storedSeq">How far the stored tallies go; null without any.</param>
    /// <param name="now">Now.</param>
    public void Begin(long? storedSeq, DateTimeOffset now) => (_storedSeq, _storedAt) = (storedSeq, now);

    /// <summary>Starts storing what has changed, if it is time for it.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rules">Key of the rules that it counts by.</param>
    /// <param name="force">Whether it is time in any case.</param>
    public void Store(SituationModel model, string rules, bool force)
    {
        if (!Done.IsCompleted)
        {
            return;
        }

        Settle(model);
        if (model.Seq == _storedSeq || (!force && IsTooEarly(model)))
        {
            return;
        }

        var changed = model.Tallies.TakeChanged(scope => !ScopeTable.IsBasic(model.Scopes.Code(scope)));
        var rows = changed.ConvertAll(c => new StoredTally
        {
            Key = $"{rules}|{model.Scopes.Code(c.Scope)}|{c.Month}", Rules = rules, Scope = model.Scopes.Code(c.Scope), Month = c.Month, Counts = c.Counts,
        });
        var checkpoint = new TallyCheckpoint { Rules = rules, Seq = model.Seq, AsOf = model.Now };
        _storing = new Storing(model, changed, _storedSeq, StoreAsync(rows, checkpoint));
        (_storedSeq, _storedAt) = (model.Seq, model.Now);
    }

    // The first tallies at once, later ones now and then; after a failure a whole interval passes, however much there is.
    private bool IsTooEarly(SituationModel model) =>
        model.Now - _storedAt < Every && (_failing || (_storedSeq is { } stored && model.Seq - stored < EntriesBetween));

    // What could not be stored is put back and goes with the next checkpoint: the model, and so the epoch, stays.
    private void Settle(SituationModel model)
    {
        if (_storing is not { } last)
        {
            return;
        }

        _storing = null;
        _failing = !last.Done.Result;
        if (_failing && ReferenceEquals(last.Model, model))
        {
            model.Tallies.PutBack(last.Taken);
            _storedSeq = last.SeqBefore;
        }
    }

    private async Task<bool> StoreAsync(List<StoredTally> rows, TallyCheckpoint checkpoint)
    {
        try
        {
            return await lane.WriteAsync(session =>
            {
                rows.ForEach(session.Hot<StoredTally>().Upsert);
                session.Hot<TallyCheckpoint>().Upsert(checkpoint);
                return true;
            });
        }
        catch (Exception e)
        {
            // The lane has told the operator of its disk; this adds only what it means here, and once.
            log.Log(_failing ? LogLevel.Debug : LogLevel.Warning, "Tallies were not stored, which costs the next start time: {Reason}", e.Message);
            return false;
        }
    }

    private sealed record Storing(SituationModel Model, List<(int Scope, int Month, byte[] Counts)> Taken, long? SeqBefore, Task<bool> Done);
}
