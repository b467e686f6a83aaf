using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Walls.Pairing;

/// <summary>The displays in force, in memory.</summary>
internal sealed class WallShelf(IReadDoor door, LiveConnections connections, TimeProvider clock, ILogger<WallShelf> log)
    : SecretShelf<WallDevice>(door, connections, clock, log);

/// <summary>What an administrator says of a display.</summary>
internal sealed record WallSetting(string? Name, IReadOnlyList<string> Boards, string? ScopeCode)
{
    /// <summary>Longest name, characters.</summary>
    public const int LongestName = 40;
}

/// <summary>Lets displays in, changes them, and takes their identity back. Who may do that is for the caller to know.</summary>
internal sealed class WallDesk(IReadDoor door, IWriteLane lane, WallShelf shelf, PairingRequests requests, WrongCodes wrong, IGridDirectory grids)
{
    /// <summary>Most displays that are not revoked.</summary>
    public const int Most = 500;

    private const string IdSequence = "wall";
    private const string ChangeSequence = "wall-change";

    /// <summary>All displays, those in force first.</summary>
    /// <param name="cancellation">Ends the read.</param>
    public Task<IReadOnlyList<WallDevice>> ListAsync(CancellationToken cancellation = default) => Task.Run(
        IReadOnlyList<WallDevice> () =>
        {
            using var read = door.Open(Actor.System);
            return [.. read.Query<WallDevice>().OrderBy(wall => wall.RevokedAt != null).ThenByDescending(wall => wall.Id).Take(2 * Most)];
        },
        cancellation);

    /// <summary>Lets in the display that shows a code.</summary>
    /// <param name="typed">The code, as it was typed.</param>
    /// <param name="setting">Name, boards, scope.</param>
    /// <param name="actor">Who lets it in.</param>
    /// <exception cref="RefusedException"><c>TooManyCodes</c>, <c>CodeWrong</c>, <c>WallsFull</c>, or what is wrong with the setting: <c>NameMissing</c>,
    /// <c>NamePersonal</c>, <c>BoardsMissing</c>, <c>ScopeUnknown</c>. The code is used up only when the display has been let in.</exception>
    public async Task<WallDevice> ConfirmAsync(string? typed, WallSetting setting, Actor actor)
    {
        var known = Checked(setting);
        if (!wrong.MayTry(actor.Id))
        {
            throw new RefusedException("TooManyCodes", (int)WrongCodes.Span.TotalMinutes);
        }

        if (PairingCode.Read(typed) is not { } code || requests.Take(code) is not { } pairing)
        {
            wrong.Note(actor.Id);
            throw new RefusedException("CodeWrong");
        }

        try
        {
            var secret = PairingRequests.NewSecret();
            var wall = await lane.WriteAsync(session => Store(session, known, KeyPrint.HashOf(secret), actor));
            await shelf.RefreshAsync();
            requests.Hand(pairing, secret);
            return wall;
        }
        catch
        {
            requests.GiveBack(pairing);
            throw;
        }
    }

    /// <summary>Gives a display another name, other boards, another scope. With other rights it loads anew.</summary>
    /// <exception cref="RefusedException"><c>WallUnknown</c>, or what is wrong with the setting.</exception>
    public async Task ChangeAsync(long id, WallSetting setting, Actor actor)
    {
        var known = Checked(setting);
        await lane.WriteAsync(session => Change(session, id, known, actor));
        await shelf.RefreshAsync();
    }

    /// <summary>Takes a display's identity back and ends what it has open. One that was revoked before stays as it was.</summary>
    /// <exception cref="RefusedException"><c>WallUnknown</c>.</exception>
    public async Task RevokeAsync(long id, Actor actor)
    {
        await lane.WriteAsync(session => Revoke(session, id, actor));
        // Told by the shelf, which ends the connections of whatever is not in force any more.
        await shelf.RefreshAsync();
    }

    private static WallDevice Store(WriteSession session, WallSetting setting, byte[] hash, Actor actor)
    {
        var walls = session.Context.Set<WallDevice>();
        if (walls.Count(wall => wall.RevokedAt == null) >= Most)
        {
            throw new RefusedException("WallsFull", Most);
        }

        var wall = new WallDevice
        {
            Id = session.Next(IdSequence), SecretHash = hash, Name = setting.Name!, Boards = string.Join(',', setting.Boards), ScopeCode = setting.ScopeCode,
            PairedAt = session.Now, PairedBy = actor.Name, Change = session.Next(ChangeSequence),
        };
        walls.Add(wall);
        session.Context.SaveChanges();
        session.Audit(Record(AuditActs.WallPaired, wall), actor);
        return wall;
    }

    private static int Change(WriteSession session, long id, WallSetting setting, Actor actor)
    {
        var wall = Known(session, id);
        (wall.Name, wall.Boards, wall.ScopeCode, wall.Change) = (setting.Name!, string.Join(',', setting.Boards), setting.ScopeCode, session.Next(ChangeSequence));
        session.Audit(Record(AuditActs.WallChanged, wall), actor);
        return session.Context.SaveChanges();
    }

    private static int Revoke(WriteSession session, long id, Actor actor)
    {
        var wall = session.Context.Set<WallDevice>().Find(id) ?? throw new RefusedException("WallUnknown");
        if (wall.RevokedAt is null)
        {
            (wall.RevokedAt, wall.RevokedBy, wall.Change) = (session.Now, actor.Name, session.Next(ChangeSequence));
            session.Audit(new AuditRecord(AuditActs.WallRevoked, wall.ActorId), actor);
        }

        return session.Context.SaveChanges();
    }

    private static AuditRecord Record(string act, WallDevice wall) =>
        new(act, wall.ActorId) { Facts = [new("boards", wall.Boards), new("scope", wall.ScopeCode ?? "*")] };

    private static WallDevice Known(WriteSession session, long id) =>
        session.Context.Set<WallDevice>().Find(id) is { RevokedAt: null } wall ? wall : throw new RefusedException("WallUnknown");

    private WallSetting Checked(WallSetting setting)
    {
        var name = setting.Name?.Trim() ?? "";
        var boards = setting.Boards.Where(WallBoards.All.Contains).Distinct().ToList();
        var scope = string.IsNullOrWhiteSpace(setting.ScopeCode) ? null : setting.ScopeCode.Trim();
        return name.Length is 0 or > WallSetting.LongestName ? throw new RefusedException("NameMissing", WallSetting.LongestName)
            : PersonalNumbers.Mask(name) != name ? throw new RefusedException("NamePersonal")
            : boards.Count == 0 ? throw new RefusedException("BoardsMissing")
            : scope is not null && grids.Current.Find(scope) is null ? throw new RefusedException("ScopeUnknown", scope)
            : new WallSetting(name, boards, scope);
    }
}
