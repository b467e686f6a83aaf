using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Audit;

/// <summary>Writes records of the trail. The lane asks it; whoever has the pen says <see cref="WriteSession.Audit"/>.</summary>
public interface IAuditWriter
{
    /// <summary>Adds a record to the open transaction.</summary>
    /// <param name="session">The transaction: the record is kept exactly when what else it does is.</param>
    /// <param name="record">What was done.</param>
    /// <param name="actor">Who did it, and from where.</param>
    void Append(WriteSession session, AuditRecord record, Actor actor);
}

/// <summary>The way to the trail for what writes nothing itself.</summary>
public static class AuditLane
{
    /// <summary>
    /// Keeps a record and completes once it is durable. What is read (a reveal, an export) is handed out only afterwards.
    /// </summary>
    /// <param name="lane">The lane.</param>
    /// <param name="record">What is done.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="StorageUnavailableException">It is not kept, so what it speaks of must not happen.</exception>
    public static Task AuditAsync(this IWriteLane lane, AuditRecord record, Actor actor, CancellationToken cancellation = default) => lane.WriteAsync(
        session =>
        {
            session.Audit(record, actor);
            return true;
        },
        cancellation);

    /// <summary>
    /// Keeps what is no single transaction: that it begins before it does, and how it ended. Work that fails, or whose end the
    /// storage does not take, shows: as failed, or as begun without an end.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="lane">The lane.</param>
    /// <param name="record">What is done, as far as is known before.</param>
    /// <param name="actor">Who does it.</param>
    /// <param name="work">Does it.</param>
    /// <param name="end">The record of its end.</param>
    /// <exception cref="StorageUnavailableException">The storage does not take that it begins; nothing was done.</exception>
    public static async Task<T> AuditedAsync<T>(this IWriteLane lane, AuditRecord record, Actor actor, Func<Task<T>> work, Func<T, AuditRecord> end)
    {
        await lane.AuditAsync(record with { Result = AuditResult.Begun }, actor);
        var ended = record with { Result = AuditResult.Failed };
        try
        {
            var result = await work();
            ended = end(result);
            return result;
        }
        finally
        {
            try
            {
                await lane.AuditAsync(ended, actor);
            }
            catch (StorageUnavailableException)
            {
                // What is done is done, and must be answered for.
            }
        }
    }
}
