using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>What a change may use while it has the pen: the open transaction, and nothing that outlives it.</summary>
public sealed class WriteSession : IDisposable
{
    private readonly LaneConnection _lane;
    private readonly SqliteTransaction _transaction;
    private readonly List<Action> _afterCommit = [];
    private readonly SequenceBook _sequences;
    private readonly IAuditWriter? _audit;
    private AppDbContext? _context;
    private int _afterCommitMark;

    internal WriteSession(LaneConnection lane, TimeProvider clock, IAuditWriter? audit = null)
    {
        _audit = audit;
        _lane = lane;
        // Immediate: the writer's lock is taken now, so that what is read below cannot be overtaken by another process.
        _transaction = lane.Connection.BeginTransaction(deferred: false);
        _sequences = new SequenceBook(lane, _transaction);
        // Cut to the stored precision, so that what is answered now equals what is read back later.
        Now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
    }

    /// <summary>The instant of this transaction, UTC.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>Entity Framework on the open transaction, for all but the hot tables. Saved by <c>SaveChanges</c> of the change itself.</summary>
    public AppDbContext Context => _context ??= OpenContext();

    /// <summary>Prepared commands for a table that is written thousands of times a second.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    public HotTable<T> Hot<T>() where T : class => _lane.Hot<T>();

    /// <summary>
    /// The next number of a named sequence, taken under the lock that serialises the commit: numbers appear in commit order
    /// and without gaps, whichever process asks.
    /// </summary>
    /// <param name="sequence">Name of the sequence; it begins at 1.</param>
    public long Next(string sequence) => _sequences.Next(sequence);

    /// <summary>Keeps a record in the audit trail, in this transaction: it is there exactly when what else this change does is.</summary>
    /// <param name="record">What is done.</param>
    /// <param name="actor">Who does it.</param>
    public void Audit(AuditRecord record, Actor actor) =>
        (_audit ?? throw new InvalidOperationException("The program was composed without an audit trail.")).Append(this, record, actor);

    /// <summary>Runs something quick once the transaction is durable; forgotten if this change or the transaction fails.</summary>
    /// <param name="action">For example a signal that the log has grown.</param>
    public void AfterCommit(Action action)
    {
        if (!_afterCommit.Contains(action))
        {
            _afterCommit.Add(action);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _context?.Dispose();
        _transaction.Dispose();
    }

    internal void BeginChange()
    {
        _lane.Begin.Execute();
        _sequences.Mark();
        _afterCommitMark = _afterCommit.Count;
    }

    internal void EndChange() => _lane.Release.Execute();

    internal void UndoChange()
    {
        _lane.Undo.Execute();
        _lane.Release.Execute();
        _sequences.Rewind();
        _afterCommit.RemoveRange(_afterCommitMark, _afterCommit.Count - _afterCommitMark);
        _context?.ChangeTracker.Clear();
    }

    internal void Commit()
    {
        _sequences.Store();
        _transaction.Commit();
    }

    internal void RunAfterCommit(Action<Exception> failed)
    {
        foreach (var action in _afterCommit)
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                failed(e);
            }
        }
    }

    private AppDbContext OpenContext()
    {
        var context = new AppDbContext(new DbContextOptionsBuilder<AppDbContext>().UseSqlite(_lane.Connection).Options);
        context.Database.UseTransaction(_transaction);
        return context;
    }
}

/// <summary>The lane's connection with its prepared commands.</summary>
internal sealed class LaneConnection : IDisposable
{
    private readonly Dictionary<Type, object> _hot = [];

    private LaneConnection(SqliteConnection connection)
    {
        Connection = connection;
        Begin = new HotStatement(connection, "SAVEPOINT change");
        Undo = new HotStatement(connection, "ROLLBACK TO change");
        Release = new HotStatement(connection, "RELEASE change");
    }

    public SqliteConnection Connection { get; }

    /// <summary>Begins what a single change does.</summary>
    public HotStatement Begin { get; }

    /// <summary>Takes back what it has done so far.</summary>
    public HotStatement Undo { get; }

    /// <summary>Makes it part of the transaction.</summary>
    public HotStatement Release { get; }

    public static LaneConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            connection.Open();
            SqliteConnections.Configure(connection);
            SqliteConnections.Assert(connection);
            return new LaneConnection(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public HotTable<T> Hot<T>() where T : class
    {
        if (!_hot.TryGetValue(typeof(T), out var table))
        {
            using var context = new AppDbContext(new DbContextOptionsBuilder<AppDbContext>().UseSqlite(Connection).Options);
            _hot[typeof(T)] = table = new HotTable<T>(Connection, context.Model);
        }

        return (HotTable<T>)table;
    }

    public void Dispose()
    {
        foreach (var table in _hot.Values.OfType<IDisposable>())
        {
            table.Dispose();
        }

        Begin.Dispose();
        Undo.Dispose();
        Release.Dispose();
        Connection.Dispose();
    }
}
