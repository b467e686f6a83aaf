using System.Collections.Concurrent;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Platform.Reference;

/// <summary>
/// All versions of something that is administered as a whole, the last one in force. What the program ships is version 1
/// of a new data folder; after that only publishing changes it. Reading is free of locks and may be done anywhere.
/// </summary>
/// <typeparam name="T">What a version is when it is read: immutable.</typeparam>
/// <param name="kind">Name of the thing; never change it.</param>
/// <param name="door">Reads versions.</param>
/// <param name="lane">Writes them.</param>
public abstract class VersionedBook<T>(string kind, IReadDoor door, IWriteLane lane) : IDatabaseSeed where T : class
{
    private readonly ConcurrentDictionary<int, T> _versions = new();
    private readonly Lock _loading = new();
    private volatile Held? _current;

    /// <summary>Raised after another version came into force, on the thread of the writer, the publisher or whoever looked: it must return at once and not throw.</summary>
    public event Action? Changed;

    /// <summary>The version in force, and its number.</summary>
    public (int Version, T Value) InForce => Load() is var held ? (held.Version, held.Value) : default;

    /// <summary>A version by its number, or null for one that does not exist.</summary>
    /// <param name="version">From 1.</param>
    public T? Find(int version)
    {
        if (InForce is var current && current.Version == version)
        {
            return current.Value;
        }

        if (_versions.TryGetValue(version, out var known))
        {
            return known;
        }

        using var read = door.Open(Actor.System);
        return read.Query<ReferenceVersion>().Where(v => v.Kind == kind && v.Version == version).Select(v => v.Content).FirstOrDefault() is { } content
            ? _versions.GetOrAdd(version, Parse(content, version))
            : null;
    }

    /// <summary>All versions, the newest first.</summary>
    public IReadOnlyList<VersionEntry> History()
    {
        using var read = door.Open(Actor.System);
        return [.. read.Query<ReferenceVersion>().Where(v => v.Kind == kind).OrderByDescending(v => v.Version)
            .Select(v => new VersionEntry(v.Version, v.At, v.ActorName, v.Note, v.ActorId == Actor.System.Id))];
    }

    /// <summary>Takes note of what another process has published; costs one look at an index while nobody has.</summary>
    /// <param name="read">A session of an actor without bounds.</param>
    public void CatchUp(ReadSession read)
    {
        var known = Load().Version;
        if (read.Query<ReferenceVersion>().Where(v => v.Kind == kind && v.Version > known).OrderByDescending(v => v.Version).FirstOrDefault() is { } newer)
        {
            Enforce(newer);
        }
    }

    /// <summary>Publishes the next version if it may succeed the one that it was made from; it is in force at once.</summary>
    /// <param name="value">The whole of it.</param>
    /// <param name="basedOn">Version that it was made from.</param>
    /// <param name="note">Why it is made.</param>
    /// <param name="actor">Who publishes.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <returns>Its number.</returns>
    /// <exception cref="RefusedException"><c>ChangedMeanwhile</c>, <c>NoteMissing</c>, and what <see cref="Judge"/> refuses.</exception>
    /// <exception cref="StorageUnavailableException">Nothing was stored; try again later.</exception>
    public async Task<int> PublishAsync(T value, int basedOn, string note, Actor actor, CancellationToken cancellation = default)
    {
        if (string.IsNullOrWhiteSpace(note))
        {
            throw new RefusedException("NoteMissing");
        }

        var before = Predecessor(basedOn);
        Judge(value, before);
        var content = Write(value);
        var published = await lane.WriteAsync(
            session =>
            {
                var last = session.Context.Set<ReferenceVersion>().Where(v => v.Kind == kind).Max(v => (int?)v.Version) ?? 0;
                if (last != basedOn)
                {
                    throw new RefusedException("ChangedMeanwhile", last);
                }

                JudgeInside(session, value, before);
                var row = new ReferenceVersion
                {
                    Kind = kind, Version = last + 1, At = session.Now, ActorId = actor.Id, ActorName = actor.Name, Note = note.Trim(), Content = content,
                };
                session.Context.Add(row);
                session.Context.SaveChanges();
                // The note is whoever's own words and stays with the version.
                session.Audit(new AuditRecord($"{kind}.published", $"{kind}@{row.Version}"), actor);
                session.AfterCommit(() => Enforce(row));
                return row;
            },
            cancellation);
        // The answer may come before what runs after the commit, and whoever published counts on it.
        Enforce(published);
        return published.Version;
    }

    /// <inheritdoc/>
    public void Seed(AppDbContext context, DateTimeOffset now)
    {
        if (!context.Set<ReferenceVersion>().Any(v => v.Kind == kind))
        {
            context.Add(new ReferenceVersion
            {
                Kind = kind, Version = 1, At = now, ActorId = Actor.System.Id, ActorName = Actor.System.Name, Note = "", Content = Write(Shipped()),
            });
            context.SaveChanges();
        }
    }

    /// <summary>The version that a next one is made from.</summary>
    /// <param name="basedOn">Its number.</param>
    /// <exception cref="RefusedException"><c>ChangedMeanwhile</c>: there is no such version.</exception>
    protected T Predecessor(int basedOn) => Find(basedOn) ?? throw new RefusedException("ChangedMeanwhile", InForce.Version);

    /// <summary>Judges what shall be published: whoever publishes, by whatever way, gets no version into force that has faults.</summary>
    /// <param name="value">The whole of it.</param>
    /// <param name="before">The version that it was made from.</param>
    /// <exception cref="RefusedException">It may not succeed that version.</exception>
    protected abstract void Judge(T value, T before);

    /// <summary>Judges it once more by the rows of the transaction that publishes it, for what may have been stored since.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="value">The whole of it.</param>
    /// <param name="before">The version that it was made from.</param>
    /// <exception cref="RefusedException">It may not succeed that version.</exception>
    protected virtual void JudgeInside(WriteSession session, T value, T before) { }

    /// <summary>The version in force by the rows of a transaction, also when another process has published since.</summary>
    /// <param name="session">The transaction.</param>
    protected T InForceIn(WriteSession session)
    {
        var last = session.Context.Set<ReferenceVersion>().Where(v => v.Kind == kind).Max(v => (int?)v.Version) ?? 0;
        return InForce is var current && current.Version == last ? current.Value : _versions.GetOrAdd(
            last, version => Parse(session.Context.Set<ReferenceVersion>().Where(v => v.Kind == kind && v.Version == version).Select(v => v.Content).Single(), version));
    }

    /// <summary>What the program brings along.</summary>
    protected abstract T Shipped();

    /// <summary>Reads a version.</summary>
    /// <param name="content">What <see cref="Write"/> wrote.</param>
    /// <param name="version">Its number.</param>
    protected abstract T Parse(string content, int version);

    /// <summary>Writes a version.</summary>
    /// <param name="value">The whole of it.</param>
    protected abstract string Write(T value);

    private void Enforce(ReferenceVersion row)
    {
        var before = Load();
        lock (_loading)
        {
            if (_current!.Version >= row.Version)
            {
                return;
            }

            _versions.TryAdd(before.Version, before.Value);
            _current = new Held(row.Version, Parse(row.Content, row.Version));
        }

        Changed?.Invoke();
    }

    private Held Load()
    {
        if (_current is { } known)
        {
            return known;
        }

        lock (_loading)
        {
            return _current ??= Read();
        }
    }

    private Held Read()
    {
        using var read = door.Open(Actor.System);
        var last = read.Query<ReferenceVersion>().Where(v => v.Kind == kind).OrderByDescending(v => v.Version).FirstOrDefault()
            ?? throw new InvalidOperationException($"The database has no version of '{kind}'; it was opened without being made ready.");
        return new Held(last.Version, Parse(last.Content, last.Version));
    }

    private sealed record Held(int Version, T Value);
}
