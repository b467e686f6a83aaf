using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Named lists of cases: everybody's own, and those that administrators share. Who may share is for the caller to know.</summary>
internal sealed class SavedFilters(IReadDoor door, IWriteLane lane)
{
    /// <summary>Most filters of one actor.</summary>
    public const int Most = 50;

    /// <summary>Longest name, characters.</summary>
    public const int LongestName = 30;

    private const string IdSequence = "saved-filter";

    /// <summary>An actor's own in their order, and after them those that others share, by name.</summary>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellation">Ends the read.</param>
    public Task<IReadOnlyList<SavedFilter>> ListAsync(Actor actor, CancellationToken cancellation = default) => Task.Run(
        IReadOnlyList<SavedFilter> () =>
        {
            using var read = door.Open(actor);
            var own = read.Query<SavedFilter>().Where(f => f.ActorId == actor.Id).OrderBy(f => f.Position).ThenBy(f => f.Id).ToList();
            var shared = read.Query<SavedFilter>().Where(f => f.Shared && f.ActorId != actor.Id).OrderBy(f => f.Name).ThenBy(f => f.Id).Take(Most);
            return [.. own, .. shared];
        },
        cancellation);

    /// <summary>Keeps a list under a name; one of the actor's own that is called the same is written over and keeps its place.</summary>
    /// <param name="actor">Whose it is.</param>
    /// <param name="name">What it is called.</param>
    /// <param name="query">What follows the question mark in its address, as the address itself writes it.</param>
    /// <param name="shared">Whether everybody is offered it.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>FilterNameMissing</c>, <c>FilterNamePersonal</c>, <c>FiltersFull</c>.</exception>
    public Task SaveAsync(Actor actor, string? name, string query, bool shared, CancellationToken cancellation = default)
    {
        var called = Checked(name);
        return lane.WriteAsync(
            session =>
            {
                var filters = session.Context.Set<SavedFilter>();
                var own = filters.Where(f => f.ActorId == actor.Id).ToList();
                if (own.Find(f => f.Name == called) is { } known)
                {
                    (known.Query, known.Shared) = (query, shared);
                }
                else if (own.Count >= Most)
                {
                    throw new RefusedException("FiltersFull", Most);
                }
                else
                {
                    filters.Add(new SavedFilter
                    {
                        Id = session.Next(IdSequence), ActorId = actor.Id, Name = called, Query = query, Shared = shared,
                        Position = own.Count == 0 ? 1 : own.Max(f => f.Position) + 1,
                    });
                }

                return session.Context.SaveChanges();
            },
            cancellation);
    }

    /// <summary>Calls one of the actor's own otherwise.</summary>
    /// <param name="actor">Whose it is.</param>
    /// <param name="id">Which.</param>
    /// <param name="name">What it is called from now on.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>FilterNameMissing</c>, <c>FilterNamePersonal</c>, <c>FilterNameTaken</c>, <c>FilterGone</c>.</exception>
    public Task RenameAsync(Actor actor, long id, string? name, CancellationToken cancellation = default)
    {
        var called = Checked(name);
        return lane.WriteAsync(
            session =>
            {
                var own = session.Context.Set<SavedFilter>().Where(f => f.ActorId == actor.Id).ToList();
                var known = own.Find(f => f.Id == id) ?? throw new RefusedException("FilterGone");
                known.Name = own.Exists(f => f.Id != id && f.Name == called) ? throw new RefusedException("FilterNameTaken", called) : called;
                return session.Context.SaveChanges();
            },
            cancellation);
    }

    /// <summary>Removes one of the actor's own; one that is gone already stays so.</summary>
    /// <param name="actor">Whose it is.</param>
    /// <param name="id">Which.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    public Task DeleteAsync(Actor actor, long id, CancellationToken cancellation = default) => lane.WriteAsync(
        session => session.Context.Set<SavedFilter>().Where(f => f.ActorId == actor.Id && f.Id == id).ExecuteDelete(), cancellation);

    private static string Checked(string? name)
    {
        var called = name?.Trim();
        return called is not { Length: > 0 and <= LongestName } ? throw new RefusedException("FilterNameMissing", LongestName)
            : PersonalNumbers.Mask(called) != called ? throw new RefusedException("FilterNamePersonal")
            : called;
    }
}
