using System.Threading.Channels;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Hosting;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>
/// The one way to write. Changes that wait together share a transaction (a savepoint each) and are acknowledged after its
/// commit has reached the disk.
/// </summary>
public interface IWriteLane
{
    /// <summary>Runs a change in the next transaction and completes once it is durable.</summary>
    /// <typeparam name="T">What the change answers.</typeparam>
    /// <param name="change">The work. It must be quick and touch nothing but the session: others wait behind it.</param>
    /// <param name="cancellation">Withdraws a change that has not begun; one that has begun runs to its end.</param>
    /// <returns>What the change answered.</returns>
    /// <exception cref="RefusedException">The change refused itself; only its own part is undone.</exception>
    /// <exception cref="StorageUnavailableException">The disk or the database did not take it; nothing of it is stored.</exception>
    Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default);
}

/// <summary>The storage cannot take writes now (full, read-only, busy, failing). Trying later is right.</summary>
/// <param name="message">What the storage said.</param>
/// <param name="inner">The storage's own exception.</param>
public sealed class StorageUnavailableException(string message, Exception inner) : Exception(message, inner);

/// <summary>One writing thread, one connection, group commit.</summary>
internal sealed class WriteLane : IWriteLane, IHostedService, IDisposable
{
    private const int LongestBatch = 256;
    private const int LongestQueue = 8192;

    // SQLITE_FULL, IOERR, READONLY, CANTOPEN, CORRUPT, NOTADB, BUSY, LOCKED, NOMEM, PROTOCOL: the storage's fault, not the change's.
    private static readonly HashSet<int> StorageFaults = [13, 10, 8, 14, 11, 26, 5, 6, 7, 15];

    private readonly Channel<Change> _changes = Channel.CreateBounded<Change>(
        new BoundedChannelOptions(LongestQueue) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly string _connectionString;
    private readonly TimeProvider _clock;
    private readonly ILogger<WriteLane> _log;
    private readonly LaneMetrics _metrics;
    private readonly IAuditWriter? _audit;
    private readonly Lock _start = new();
    private Task? _loop;
    private LaneConnection? _connection;
    private bool _down;

    public WriteLane(DataDirectory directory, TimeProvider clock, ILogger<WriteLane> log, LaneMetrics metrics, IAuditWriter? audit = null)
    {
        // Not pooled: a connection that the disk has failed is closed for good, not handed out again.
        _connectionString = new SqliteConnectionStringBuilder(SqliteConnections.ConnectionString(directory)) { Pooling = false }.ToString();
        _clock = clock;
        _log = log;
        _metrics = metrics;
        _audit = audit;
    }

    public async Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default)
    {
        EnsureRunning();
        var item = new Change<T>(change, cancellation);
        try
        {
            await _changes.Writer.WriteAsync(item, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw Stopping(e);
        }

        _metrics.Queued(_changes.Reader.Count);
        return await item.Completion;
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        EnsureRunning();
        return Task.CompletedTask;
    }

    // Whatever was taken in is written before the server goes.
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _changes.Writer.TryComplete();
        if (_loop is { } loop)
        {
            await loop.WaitAsync(cancellationToken);
        }
    }

    // The container knows the lane under several names and disposes of it under each.
    public void Dispose()
    {
        _changes.Writer.TryComplete();
        _loop?.Wait();
    }

    // Verbs write without a started host, so the first change starts the lane.
    private void EnsureRunning()
    {
        if (_loop is not null)
        {
            return;
        }

        lock (_start)
        {
            _loop ??= Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
    }

    private void Run()
    {
        var batch = new List<Change>(LongestBatch);
        try
        {
            while (_changes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
            {
                while (batch.Count < LongestBatch && _changes.Reader.TryRead(out var change))
                {
                    batch.Add(change);
                }

                _metrics.Queued(_changes.Reader.Count);
                Write(batch);
                batch.Clear();
            }
        }
        finally
        {
            // Nobody shall wait for a lane that has ended, however it came to its end.
            _changes.Writer.TryComplete();
            while (_changes.Reader.TryRead(out var change))
            {
                change.Fail(Stopping(null));
            }

            Close();
        }
    }

    private void Write(List<Change> batch)
    {
        var began = _clock.GetTimestamp();
        try
        {
            _connection ??= LaneConnection.Open(_connectionString);
            using var session = new WriteSession(_connection, _clock, _audit);
            foreach (var change in batch)
            {
                Run(change, session);
            }

            session.Commit();
            Recovered();
            _metrics.Committed(batch.Count, _clock.GetElapsedTime(began));
            foreach (var change in batch)
            {
                change.Acknowledge();
            }

            session.RunAfterCommit(e => _log.LogError(e, "A signal after a commit failed; what was committed is stored"));
        }
        catch (Exception e)
        {
            Fail(batch, e);
        }
    }

    private static void Run(Change change, WriteSession session)
    {
        if (!change.Begin())
        {
            return;
        }

        session.BeginChange();
        try
        {
            change.Run(session);
            session.EndChange();
        }
        catch (Exception e) when (!IsStorageFault(e))
        {
            session.UndoChange();
            change.Refuse(e);
        }
    }

    private void Fail(List<Change> batch, Exception cause)
    {
        Close();
        _metrics.Failed(batch.Count);
        var storage = IsStorageFault(cause);
        if (!storage || !_down)
        {
            _log.LogError(cause, "The write lane could not commit {Changes} changes; nothing of them is stored", batch.Count);
        }

        _down |= storage;
        var told = storage ? new StorageUnavailableException(cause.Message, cause) : cause;
        foreach (var change in batch)
        {
            change.Fail(told);
        }
    }

    private void Close()
    {
        try
        {
            _connection?.Dispose();
        }
        catch (Exception e)
        {
            // A failing disk may fail the closing too, which must not end the lane.
            _log.LogDebug(e, "The write lane's connection could not be closed");
        }

        _connection = null;
    }

    private void Recovered()
    {
        if (_down)
        {
            _down = false;
            _log.LogWarning("The write lane commits again");
        }
    }

    private static StorageUnavailableException Stopping(Exception? cause) =>
        new("The server is stopping; nothing was stored.", cause ?? new OperationCanceledException());

    private static bool IsStorageFault(Exception? e) =>
        e is not null && ((e is SqliteException sqlite && StorageFaults.Contains(sqlite.SqliteErrorCode)) || IsStorageFault(e.InnerException));

    private abstract class Change
    {
        public abstract bool Begin();
        public abstract void Run(WriteSession session);
        public abstract void Acknowledge();
        public abstract void Refuse(Exception reason);
        public abstract void Fail(Exception reason);
    }

    private sealed class Change<T>(Func<WriteSession, T> work, CancellationToken cancellation) : Change
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;
        private Exception? _refusal;

        public Task<T> Completion => _done.Task;

        public override bool Begin() => !cancellation.IsCancellationRequested || !_done.TrySetCanceled(cancellation);

        public override void Run(WriteSession session) => _result = work(session);

        public override void Acknowledge() => _ = _refusal is null ? _done.TrySetResult(_result) : _done.TrySetException(_refusal);

        // Told with the acknowledgements: the ground of a refusal may be a change of this very batch, which is not stored yet.
        public override void Refuse(Exception reason) => _refusal = reason;

        public override void Fail(Exception reason) => _done.TrySetException(reason);
    }
}
