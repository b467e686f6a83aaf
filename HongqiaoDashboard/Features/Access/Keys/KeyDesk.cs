using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Access.Keys;

/// <summary>What a new key shall be.</summary>
/// <param name="Role">A slug of <see cref="Roles"/>.</param>
internal sealed record NewKey(string Role)
{
    /// <summary>Requests in a minute of a key that names no other limit.</summary>
    public const int UsualRate = 600;

    /// <summary>Highest limit.</summary>
    public const int HighestRate = 60_000;

    /// <summary>Longest label, characters.</summary>
    public const int LongestLabel = 60;

    public string? ScopeCode { get; init; }

    public string? Department { get; init; }

    public string? Label { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public int RatePerMinute { get; init; } = UsualRate;
}

/// <summary>Makes keys and takes them back. Who may do that is for the caller to know.</summary>
internal sealed class KeyDesk(IReadDoor door, IWriteLane lane, KeyShelf shelf, IGridDirectory grids, IIncidentCatalog catalog, TimeProvider clock)
{
    /// <summary>Most keys that are not revoked.</summary>
    public const int Most = 1_000;

    private const string ChangeSequence = "access-key-change";

    /// <summary>All keys, those in force first, the newest first among them.</summary>
    /// <param name="cancellation">Ends the read.</param>
    public Task<IReadOnlyList<AccessKey>> ListAsync(CancellationToken cancellation = default) => Task.Run(
        IReadOnlyList<AccessKey> () =>
        {
            using var read = door.Open(Actor.System);
            return [.. read.Query<AccessKey>().OrderBy(key => key.RevokedAt != null).ThenByDescending(key => key.CreatedAt).ThenBy(key => key.Id).Take(2 * Most)];
        },
        cancellation);

    /// <summary>Makes a key.</summary>
    /// <param name="asked">What it shall be.</param>
    /// <param name="actor">Who makes it.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <returns>Its row, and the key, which nobody can ever ask for again.</returns>
    /// <exception cref="RefusedException"><c>RoleUnknown</c>, <c>ScopeUnknown</c>, <c>DepartmentUnknown</c>, <c>LabelTooLong</c>,
    /// <c>LabelPersonal</c>, <c>ExpiryPast</c>, <c>RateWrong</c>, <c>KeysFull</c>.</exception>
    public async Task<(AccessKey Row, string Key)> CreateAsync(NewKey asked, Actor actor, CancellationToken cancellation = default)
    {
        Check(asked);
        var key = KeyText.New();
        var row = await lane.WriteAsync(session => Store(session, asked, KeyPrint.HashOf(key), actor), cancellation);
        await shelf.RefreshAsync(CancellationToken.None);
        return (row, key);
    }

    /// <summary>Takes a key back, and ends what is open under it. One that was revoked before stays as it was.</summary>
    /// <param name="id">Its name.</param>
    /// <param name="actor">Who takes it back.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>KeyUnknown</c>.</exception>
    public async Task<AccessKey> RevokeAsync(string id, Actor actor, CancellationToken cancellation = default)
    {
        var row = await lane.WriteAsync(session => Revoke(session, id, actor), cancellation);
        // Told by the shelf, which ends the connections of whatever is not in force any more.
        await shelf.RefreshAsync(CancellationToken.None);
        return row;
    }

    private static AccessKey Store(WriteSession session, NewKey asked, byte[] hash, Actor actor)
    {
        var keys = session.Context.Set<AccessKey>();
        if (keys.Count(key => key.RevokedAt == null) >= Most)
        {
            throw new RefusedException("KeysFull", Most);
        }

        var row = new AccessKey
        {
            Id = KeyPrint.Of(hash), SecretHash = hash, Role = asked.Role, ScopeCode = asked.ScopeCode, Department = asked.Department,
            Label = Labelled(asked), RatePerMinute = asked.RatePerMinute, ExpiresAt = asked.ExpiresAt,
            CreatedAt = session.Now, CreatedBy = actor.Name, Change = session.Next(ChangeSequence),
        };
        keys.Add(row);
        session.Context.SaveChanges();
        session.Audit(new AuditRecord(AuditActs.KeyCreated, row.Id) { Facts = [new("role", row.Role), new("scope", row.ScopeCode ?? "*")] }, actor);
        return row;
    }

    private static AccessKey Revoke(WriteSession session, string id, Actor actor)
    {
        var row = session.Context.Set<AccessKey>().Find(id) ?? throw new RefusedException("KeyUnknown", id);
        if (row.RevokedAt is null)
        {
            (row.RevokedAt, row.RevokedBy, row.Change) = (session.Now, actor.Name, session.Next(ChangeSequence));
            session.Context.SaveChanges();
            session.Audit(new AuditRecord(AuditActs.KeyRevoked, row.Id), actor);
        }

        return row;
    }

    private static string Labelled(NewKey asked) => asked.Label?.Trim() is { Length: > 0 } label ? label : asked.Role;

    private void Check(NewKey asked)
    {
        var label = Labelled(asked);
        _ = !Roles.All.Contains(asked.Role) ? throw new RefusedException("RoleUnknown", asked.Role, string.Join(", ", Roles.All))
            : asked.ScopeCode is { } scope && grids.Current.Find(scope) is null ? throw new RefusedException("ScopeUnknown", scope)
            : asked.Department is { } department && catalog.Department(department) is null ? throw new RefusedException("DepartmentUnknown", department)
            : label.Length > NewKey.LongestLabel ? throw new RefusedException("LabelTooLong", NewKey.LongestLabel)
            : PersonalNumbers.Mask(label) != label ? throw new RefusedException("LabelPersonal")
            : asked.ExpiresAt <= clock.GetUtcNow() ? throw new RefusedException("ExpiryPast")
            : asked.RatePerMinute is < 1 or > NewKey.HighestRate ? throw new RefusedException("RateWrong", NewKey.HighestRate)
            : true;
    }
}
