using System.Linq.Expressions;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Platform.Persistence;

/// <summary>The one way to read: it takes who reads, and what it hands out is already narrowed to what they may see.</summary>
public interface IReadDoor
{
    /// <summary>Opens a short-lived reading session without change tracking.</summary>
    /// <param name="actor">Who reads.</param>
    /// <returns>A session to be disposed of soon: a long reader keeps the write-ahead log from being folded back.</returns>
    ReadSession Open(Actor actor);
}

/// <summary>Narrows the rows of an entity to what an actor may see. A feature registers one for each of its entities.</summary>
/// <typeparam name="T">The entity.</typeparam>
public interface IReadScope<T> where T : class
{
    /// <summary>The condition for this actor, or null when they see all of them.</summary>
    /// <param name="actor">Who reads.</param>
    Expression<Func<T, bool>>? For(Actor actor);
}

/// <summary>A short reading session of one actor.</summary>
public sealed class ReadSession : IAsyncDisposable, IDisposable
{
    private readonly AppDbContext _context;
    private readonly IServiceProvider _services;
    private readonly Actor _actor;
    private SqliteTransaction? _snapshot;

    internal ReadSession(AppDbContext context, IServiceProvider services, Actor actor)
    {
        _context = context;
        _services = services;
        _actor = actor;
    }

    /// <summary>The rows of an entity that the actor may see.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <exception cref="InvalidOperationException">The entity's feature registered no <see cref="IReadScope{T}"/>: the door stays shut.</exception>
    public IQueryable<T> Query<T>() where T : class => QueryFor<T>(_actor);

    /// <summary>The rows of an entity that another actor may see, in this session: to narrow a wider reading by a join.</summary>
    /// <typeparam name="T">The entity.</typeparam>
    /// <param name="actor">Who is asked for.</param>
    /// <exception cref="InvalidOperationException">The entity's feature registered no <see cref="IReadScope{T}"/>: the door stays shut.</exception>
    public IQueryable<T> QueryFor<T>(Actor actor) where T : class
    {
        var scope = _services.GetService<IReadScope<T>>()
            ?? throw new InvalidOperationException($"{typeof(T).Name} has no read scope; register an IReadScope for it in its feature.");
        var rows = _context.Set<T>().AsNoTracking();
        return scope.For(actor) is { } condition ? rows.Where(condition) : rows;
    }

    /// <summary>Makes everything that follows in this session see one state of the database.</summary>
    public void BeginSnapshot()
    {
        _context.Database.OpenConnection();
        // Deferred: a reading transaction must not ask for the writer's lock.
        var connection = (SqliteConnection)_context.Database.GetDbConnection();
        _context.Database.UseTransaction(_snapshot = connection.BeginTransaction(deferred: true));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _snapshot?.Dispose();
        _context.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_snapshot is not null)
        {
            await _snapshot.DisposeAsync();
        }

        await _context.DisposeAsync();
    }
}

/// <summary>A read scope for rows that everyone who is let in at all may see.</summary>
/// <typeparam name="T">The entity.</typeparam>
internal sealed class OpenReadScope<T> : IReadScope<T> where T : class
{
    public Expression<Func<T, bool>>? For(Actor actor) => null;
}

/// <summary>Opens sessions from the context factory.</summary>
internal sealed class ReadDoor(IDbContextFactory<AppDbContext> contexts, IServiceProvider services) : IReadDoor
{
    public ReadSession Open(Actor actor) => new(contexts.CreateDbContext(), services, actor);
}
