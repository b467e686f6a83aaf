using HongqiaoDashboard.Features.Access.Keys;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace HongqiaoDashboard.Tests.Features.Access;

public sealed class KeyDeskTests : IAsyncDisposable
{
    private static readonly Actor Admin = new("admin-1", "管理员", Roles.Admin, null);

    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private KeyDesk Desk => _database.Get<KeyDesk>();

    private IKeyRing Ring => _database.Get<IKeyRing>();

    [Fact]
    public async Task Create_Key_StandsForItsActorAndOnlyItsHashIsStored()
    {
        var street = _database.Grids.Current.Children(_database.Grids.Current.Root.Code)[0].Code;
        var (row, key) = await Desk.CreateAsync(
            new NewKey(Roles.DepartmentHandler) { ScopeCode = street, Department = _database.Catalog.Departments[0].Code, Label = " 市政转办 " }, Admin, Cancellation);

        Assert.StartsWith("hq_", key, StringComparison.Ordinal);
        Assert.Equal(new Actor("key:" + row.Id, "市政转办", Roles.DepartmentHandler, street) { Department = _database.Catalog.Departments[0].Code }, Ring.Present(key)!.Actor);
        Assert.Null(Ring.Present(key + "A"));
        Assert.Null(Ring.Present(KeyText.New()));
        using var connection = Databases.Open(_database.DataDirectory);
        var stored = Assert.Single(connection.Query("SELECT * FROM AccessKeys"));
        Assert.DoesNotContain(stored, value => value is string text && (text.Contains(key, StringComparison.Ordinal) || text.Contains(key[3..], StringComparison.Ordinal)));
        Assert.Equal(KeyPrint.HashOf(key), stored.OfType<byte[]>().Single());
    }

    [Theory]
    [InlineData("boss", null, null, "l", 1, "RoleUnknown")]
    [InlineData(Roles.Reader, "999999", null, "l", 1, "ScopeUnknown")]
    [InlineData(Roles.Reader, null, "nobody", "l", 1, "DepartmentUnknown")]
    [InlineData(Roles.Reader, null, null, "电话 13912345678", 1, "LabelPersonal")]
    [InlineData(Roles.Reader, null, null, "0123456789012345678901234567890123456789012345678901234567890", 1, "LabelTooLong")]
    [InlineData(Roles.Reader, null, null, "l", 0, "RateWrong")]
    [InlineData(Roles.Reader, null, null, "l", 60_001, "RateWrong")]
    public async Task Create_WhatCannotBe_IsRefused(string role, string? scope, string? department, string label, int rate, string code)
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Desk.CreateAsync(
            new NewKey(role) { ScopeCode = scope, Department = department, Label = label, RatePerMinute = rate }, Admin, Cancellation));
        Assert.Equal(code, refused.Refusal.Code);
        Assert.Empty(await Desk.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Key_AfterItsExpiry_IsNobodyAndItsConnectionsAreCut()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => Desk.CreateAsync(new NewKey(Roles.Reader) { ExpiresAt = TestDatabase.Start }, Admin, Cancellation));
        Assert.Equal("ExpiryPast", refused.Refusal.Code);
        var (row, key) = await Desk.CreateAsync(new NewKey(Roles.Reader) { ExpiresAt = TestDatabase.Start.AddHours(1) }, Admin, Cancellation);
        var cuts = Hold(row);

        _database.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await _database.Get<KeyShelf>().RefreshAsync(Cancellation);
        Assert.Equal((row.ActorId, 0), (Ring.Present(key)!.Actor.Id, cuts()));
        _database.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(Ring.Present(key));
        await _database.Get<KeyShelf>().RefreshAsync(Cancellation);
        Assert.Equal(1, cuts());
    }

    [Fact]
    public async Task Revoke_Key_IsNobodyAtOnceAndEndsWhatIsOpenOrOpensLate()
    {
        var (row, key) = await Desk.CreateAsync(new NewKey(Roles.Reader), Admin, Cancellation);
        var (other, otherKey) = await Desk.CreateAsync(new NewKey(Roles.Reader), Admin, Cancellation);
        var (cuts, otherCuts) = (Hold(row), Hold(other));

        await Desk.RevokeAsync(row.Id, Admin, Cancellation);
        Assert.Null(Ring.Present(key));
        Assert.NotNull(Ring.Present(otherKey));
        Assert.Equal((1, 0), (cuts(), otherCuts()));

        // Let in just before, opened just after.
        var late = Hold(row);
        await _database.Get<KeyShelf>().RefreshAsync(Cancellation);
        Assert.Equal(1, late());

        var again = await Desk.RevokeAsync(row.Id, Admin with { Name = "另一人" }, Cancellation);
        Assert.Equal(("管理员", TestDatabase.Start), (again.RevokedBy, again.RevokedAt));
        Assert.Equal("KeyUnknown", (await Assert.ThrowsAsync<RefusedException>(() => Desk.RevokeAsync("0000", Admin, Cancellation))).Refusal.Code);
    }

    [Fact]
    public async Task Key_MadeAndRevokedByAnotherProcess_IsKnownAtOnceAndGoneAtTheNextLook()
    {
        using var shelf = new KeyShelf(_database.Door, new LiveConnections(Microsoft.Extensions.Options.Options.Create(new ConnectionOptions())), _database.Clock, NullLogger<KeyShelf>.Instance);
        var elsewhere = new KeyDesk(_database.Door, _database.Get<IWriteLane>(), shelf, _database.Grids, _database.Catalog, _database.Clock);
        await _database.Get<KeyShelf>().RefreshAsync(Cancellation);

        var (row, key) = await elsewhere.CreateAsync(new NewKey(Roles.Reader), Admin, Cancellation);
        Assert.Equal(row.ActorId, Ring.Present(key)!.Actor.Id);
        await _database.Get<KeyShelf>().RefreshAsync(Cancellation);
        var cuts = Hold(row);

        await elsewhere.RevokeAsync(row.Id, Admin, Cancellation);
        await _database.Get<KeyShelf>().RefreshAsync(Cancellation);
        Assert.Null(Ring.Present(key));
        Assert.Equal(1, cuts());
    }

    [Fact]
    public async Task Present_MoreOftenThanAllowed_SaysHowLongToWaitAndHoldsNobodyElseUp()
    {
        var (_, key) = await Desk.CreateAsync(new NewKey(Roles.Reader) { RatePerMinute = 3 }, Admin, Cancellation);
        var (_, other) = await Desk.CreateAsync(new NewKey(Roles.Reader), Admin, Cancellation);

        Assert.All(Enumerable.Range(0, 3), _ => Assert.Null(Ring.Present(key)!.RetryAfter));
        Assert.InRange(Ring.Present(key)!.RetryAfter!.Value, TimeSpan.FromTicks(1), TimeSpan.FromMinutes(1));
        Assert.Null(Ring.Present(other)!.RetryAfter);
    }

    [Fact]
    public async Task LastUse_OfAKey_IsWrittenOnceAMinute()
    {
        var (row, key) = await Desk.CreateAsync(new NewKey(Roles.Reader), Admin, Cancellation);
        Assert.Null(await LastUseAsync(row));

        Ring.Present(key);
        _database.Clock.Advance(TimeSpan.FromSeconds(59));
        Ring.Present(key);
        Assert.Equal(TestDatabase.Start, await LastUseAsync(row));
        _database.Clock.Advance(TimeSpan.FromSeconds(1));
        Ring.Present(key);
        Assert.Equal(TestDatabase.Start.AddMinutes(1), await LastUseAsync(row));
    }

    [Fact]
    public async Task List_OfKeys_IsForUnboundAdministrators()
    {
        await Desk.CreateAsync(new NewKey(Roles.Reader), Admin, Cancellation);
        foreach (var actor in (Actor[])[TestDatabase.Operator, Admin with { ScopeCode = _database.Grids.Current.Root.Code }, new("r", "r", Roles.Reader, null)])
        {
            await using var read = _database.Door.Open(actor);
            Assert.Empty(read.Query<AccessKey>());
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private Func<int> Hold(AccessKey row)
    {
        var cuts = 0;
        IDisposable? held = null;
        held = _database.Get<LiveConnections>().TryOpen(row.ActorId, () =>
        {
            cuts++;
            held!.Dispose();
        });
        return () => cuts;
    }

    private async Task<DateTimeOffset?> LastUseAsync(AccessKey row)
    {
        // What was handed to the lane before is written before this.
        await _database.Get<IWriteLane>().WriteAsync(_ => 0, Cancellation);
        return (await Desk.ListAsync(Cancellation)).Single(key => key.Id == row.Id).LastUsedAt;
    }
}
