using HongqiaoDashboard.Features.Walls.Pairing;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Walls.Pairing;

public sealed class WallDeskTests : IAsyncDisposable
{
    private static readonly Actor Admin = new("admin-1", "管理员", Roles.Admin, null);
    private static readonly WallSetting Hall = new("指挥大厅左侧", ["campaigns", "situation"], null);

    private readonly TestDatabase _database = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private WallDesk Desk => _database.Get<WallDesk>();

    private PairingRequests Requests => _database.Get<PairingRequests>();

    private WallShelf Shelf => _database.Get<WallShelf>();

    [Fact]
    public async Task Confirm_CodeOfADisplay_LetsThatDisplayInAndNoOther()
    {
        var (pairing, own) = Requests.Begin("10.0.0.1")!.Value;
        var (_, other) = Requests.Begin("10.0.0.2")!.Value;
        Assert.Equal((PairingState.Waiting, null), Requests.Ask(own));

        var wall = await Desk.ConfirmAsync(PairingCode.Shown(pairing.Code).ToLowerInvariant(), Hall, Admin);

        Assert.Equal((PairingState.Waiting, null), Requests.Ask(other));
        Assert.Equal((PairingState.Gone, null), Requests.Ask(pairing.Code));
        var (state, secret) = Requests.Ask(own);
        Assert.Equal((PairingState.Paired, wall.Id), (state, Shelf.Find(secret!)!.Id));
        Assert.Equal((wall.ActorId, "campaigns,situation"), ("wall:1", wall.Boards));
        // Handed over once, and the code is of no use any more: neither confirmed again nor asked for again.
        Assert.Equal((PairingState.Gone, null), Requests.Ask(own));
        Assert.Equal("CodeWrong", await RefusedAsync(() => Desk.ConfirmAsync(pairing.Code, Hall, Admin)));
        Assert.Single(await Desk.ListAsync(Cancellation));
        using var connection = Databases.Open(_database.DataDirectory);
        Assert.Equal(KeyPrint.HashOf(secret!), connection.Scalar<byte[]>("SELECT SecretHash FROM WallDevices"));
    }

    [Fact]
    public async Task Confirm_OfTwoAtOnce_IsOneDisplay()
    {
        var (pairing, _) = Requests.Begin("10.0.0.1")!.Value;
        var both = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                await Desk.ConfirmAsync(pairing.Code, Hall, Admin with { Id = $"admin-{n}" });
                return true;
            }
            catch (RefusedException)
            {
                return false;
            }
        }, Cancellation)));
        Assert.Single(both, won => won);
        Assert.Single(await Desk.ListAsync(Cancellation));
    }

    [Fact]
    public async Task Code_AfterTenMinutes_IsOfNoUse()
    {
        var (pairing, own) = Requests.Begin("10.0.0.1")!.Value;
        _database.Clock.Advance(PairingRequests.Life - TimeSpan.FromMilliseconds(1));
        Assert.Equal(pairing, Requests.Of(own));
        _database.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((PairingState.Gone, null), Requests.Ask(own));
        Assert.Null(Requests.Of(own));
        Assert.Equal("CodeWrong", await RefusedAsync(() => Desk.ConfirmAsync(pairing.Code, Hall, Admin)));
    }

    [Fact]
    public void Begin_BeyondTheBounds_IsRefusedUntilSomeHaveGone()
    {
        var limits = new PairingOptions();
        Assert.All(Enumerable.Range(0, limits.MostPerAddress), _ => Assert.NotNull(Requests.Begin("10.0.0.1")));
        Assert.Null(Requests.Begin("10.0.0.1"));
        Assert.All(Enumerable.Range(limits.MostPerAddress, limits.Most - limits.MostPerAddress), n => Assert.NotNull(Requests.Begin($"10.1.0.{n}")));
        Assert.Null(Requests.Begin("10.0.0.2"));
        _database.Clock.Advance(PairingRequests.Life);
        Assert.NotNull(Requests.Begin("10.0.0.1"));
    }

    [Fact]
    public async Task Confirm_AfterTooManyWrongCodes_IsRefusedForARightOneTooUntilTimeHasPassed()
    {
        for (var guess = 0; guess < WrongCodes.MostOfOne; guess++)
        {
            Assert.Equal("CodeWrong", await RefusedAsync(() => Desk.ConfirmAsync(PairingCode.New(), Hall, Admin)));
        }

        _database.Clock.Advance(TimeSpan.FromMinutes(5));
        var (pairing, _) = Requests.Begin("10.0.0.1")!.Value;
        Assert.Equal("TooManyCodes", await RefusedAsync(() => Desk.ConfirmAsync(pairing.Code, Hall, Admin)));
        _database.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("指挥大厅左侧", (await Desk.ConfirmAsync(pairing.Code, Hall, Admin)).Name);
    }

    [Theory]
    [InlineData("", "situation", null, "NameMissing")]
    [InlineData("电话 13912345678", "situation", null, "NamePersonal")]
    [InlineData("左", "", null, "BoardsMissing")]
    [InlineData("左", "elsewhere", null, "BoardsMissing")]
    [InlineData("左", "situation", "999999", "ScopeUnknown")]
    public async Task Confirm_WithAWrongSetting_IsRefusedAndLeavesTheCode(string name, string board, string? scope, string code)
    {
        var (pairing, _) = Requests.Begin("10.0.0.1")!.Value;
        Assert.Equal(code, await RefusedAsync(() => Desk.ConfirmAsync(pairing.Code, new WallSetting(name, [board], scope), Admin)));
        await Desk.ConfirmAsync(pairing.Code, Hall, Admin);
    }

    [Fact]
    public async Task Change_OfRights_EndsWhatIsOpenAndOfTheNameDoesNot()
    {
        var (wall, secret) = await PairAsync();
        var cuts = Hold(wall);
        await Desk.ChangeAsync(wall.Id, Hall with { Name = "右" }, Admin);
        Assert.Equal(("右", 0), (Shelf.Find(secret)!.Name, cuts()));

        var street = _database.Grids.Current.Children(_database.Grids.Current.Root.Code)[0].Code;
        await Desk.ChangeAsync(wall.Id, new WallSetting("右", ["situation"], street), Admin);
        Assert.Equal(("situation", street, 1), (Shelf.Find(secret)!.Boards, Shelf.Find(secret)!.ScopeCode, cuts()));
    }

    [Fact]
    public async Task Revoke_OfADisplay_EndsItAndNoOther()
    {
        var (wall, secret) = await PairAsync();
        var (other, otherSecret) = await PairAsync();
        var (cuts, otherCuts) = (Hold(wall), Hold(other));

        await Desk.RevokeAsync(wall.Id, Admin);
        Assert.Null(Shelf.Find(secret));
        Assert.NotNull(Shelf.Find(otherSecret));
        Assert.Equal((1, 0), (cuts(), otherCuts()));
        Assert.Equal("WallUnknown", await RefusedAsync(() => Desk.ChangeAsync(wall.Id, Hall, Admin)));
    }

    [Fact]
    public async Task Sighting_OfADisplay_IsKnownAtOnceAndWrittenOnceAMinute()
    {
        var (wall, _) = await PairAsync();
        var sightings = _database.Get<WallSightings>();
        sightings.Note(wall.Id, "situation", "0123456789ab", "10.0.0.1");
        _database.Clock.Advance(TimeSpan.FromSeconds(30));
        sightings.Note(wall.Id, "campaigns", "0123456789ab", "10.0.0.1");
        Assert.Equal(new WallSighting(TestDatabase.Start.AddSeconds(30), "campaigns", "0123456789ab", "10.0.0.1"), sightings.Of(wall.Id));
        Assert.Equal((TestDatabase.Start, "situation"), await StoredAsync());
        _database.Clock.Advance(TimeSpan.FromSeconds(30));
        sightings.Note(wall.Id, "campaigns", null, "10.0.0.1");
        Assert.Equal((TestDatabase.Start.AddMinutes(1), "campaigns"), await StoredAsync());

        async Task<(DateTimeOffset?, string?)> StoredAsync()
        {
            // What was handed to the lane before is written before this.
            await _database.Get<IWriteLane>().WriteAsync(_ => 0, Cancellation);
            var stored = Assert.Single(await Desk.ListAsync(Cancellation));
            return (stored.SeenAt, stored.SeenBoard);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async Task<(WallDevice Wall, string Secret)> PairAsync()
    {
        var (pairing, own) = Requests.Begin("10.0.0.1")!.Value;
        var wall = await Desk.ConfirmAsync(pairing.Code, Hall, Admin);
        return (wall, Requests.Ask(own).Secret!);
    }

    private Func<int> Hold(WallDevice wall)
    {
        var cuts = 0;
        IDisposable? held = null;
        held = _database.Get<LiveConnections>().TryOpen(wall.ActorId, () =>
        {
            cuts++;
            held!.Dispose();
        });
        return () => cuts;
    }

    private static async Task<string> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<RefusedException>(act)).Refusal.Code;
}
