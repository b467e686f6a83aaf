using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

/// <summary>What signing in writes beside administrators, and what is known in memory of both.</summary>
public sealed class AccountStoreTests : IAsyncLifetime
{
    private readonly AccountHouse _house = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task Update_OvertakenByAReset_BringsNothingBack()
    {
        var id = (await _house.AddAsync(AccountHouse.Draft("lilei"))).Id;
        var read = (await _house.Users.FindByIdAsync(id))!;
        await _house.Desk.ResetAsync(id, Actor.System, Cancellation);
        var reset = (await _house.RowAsync(id)).Own;

        Assert.Equal("ConcurrencyFailure", Assert.Single((await _house.Users.ChangePasswordAsync(read, AccountHouse.Password, "anders-schafe-heute")).Errors).Code);
        Assert.False((await _house.Users.SetTwoFactorEnabledAsync(read, true)).Succeeded);
        Assert.False((await _house.Users.AccessFailedAsync(read)).Succeeded);
        Assert.Equal(reset, (await _house.RowAsync(id)).Own);
    }

    [Fact]
    public async Task Update_OvertakenByADeactivation_LeavesItEnded()
    {
        var id = (await _house.AddAsync(AccountHouse.Draft("lilei"))).Id;
        var read = (await _house.Users.FindByIdAsync(id))!;
        var ended = await _house.Desk.DeactivateAsync(id, Actor.System, Cancellation);

        Assert.False((await _house.Users.UpdateSecurityStampAsync(read)).Succeeded);
        Assert.Equal((ended.SecurityStamp, false), ((await _house.RowAsync(id)).SecurityStamp, (await _house.RowAsync(id)).IsActive));
        Assert.Null(_house.Book.Find(id));
    }

    [Fact]
    public async Task Update_OfWhatItReadLongAgo_StoresWhatItChangedAlone()
    {
        var id = (await _house.AddAsync(AccountHouse.Draft("lilei"))).Id;
        var stale = (await _house.Users.FindByIdAsync(id))!;
        var codes = (await _house.Users.GenerateNewTwoFactorRecoveryCodesAsync((await _house.Users.FindByIdAsync(id))!, 2))!.ToList();
        var early = (await _house.Users.FindByIdAsync(id))!;
        Assert.True((await _house.Users.RedeemTwoFactorRecoveryCodeAsync((await _house.Users.FindByIdAsync(id))!, codes[0])).Succeeded);

        // Neither takes the codes away nor brings the used one back.
        Assert.True((await _house.Users.AccessFailedAsync(stale)).Succeeded);
        Assert.True((await _house.Users.ResetAccessFailedCountAsync(stale)).Succeeded);
        Assert.True((await _house.Users.AccessFailedAsync(early)).Succeeded);

        var now = (await _house.Users.FindByIdAsync(id))!;
        Assert.Equal((1, 1), (now.AccessFailedCount, await _house.Users.CountRecoveryCodesAsync(now)));
        Assert.False((await _house.Users.RedeemTwoFactorRecoveryCodeAsync(early, codes[0])).Succeeded);
        Assert.True((await _house.Users.RedeemTwoFactorRecoveryCodeAsync(stale, codes[1])).Succeeded);
    }

    [Fact]
    public async Task RecoveryCode_TypedTwiceAtTheSameMoment_LetsInOnce()
    {
        var id = (await _house.AddAsync(AccountHouse.Draft("lilei"))).Id;
        var codes = (await _house.Users.GenerateNewTwoFactorRecoveryCodesAsync((await _house.Users.FindByIdAsync(id))!, 3))!.ToList();
        Assert.DoesNotContain(codes[0], (await _house.RowAsync(id)).RecoveryCodes!, StringComparison.OrdinalIgnoreCase);

        var readers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _house.Users.FindByIdAsync(id)));
        var results = await Task.WhenAll(readers.Select((account, n) => _house.Users.RedeemTwoFactorRecoveryCodeAsync(account!, n < 3 ? codes[0] : $" {codes[1].ToLowerInvariant()}")));

        Assert.Equal(2, results.Count(result => result.Succeeded));
        Assert.Equal(1, await _house.Users.CountRecoveryCodesAsync((await _house.Users.FindByIdAsync(id))!));
    }

    [Fact]
    public async Task Book_BeforeAWriterIsAnswered_SaysWhatWasCommitted()
    {
        var id = (await _house.AddAsync(AccountHouse.Draft("lilei"))).Id;
        await AssertKnownAsync(id);
        await _house.Desk.ChangeAsync(id, AccountHouse.Draft("", Roles.DepartmentHandler, null, _house.Department), Actor.System, Cancellation);
        Assert.Equal(_house.Department, (await AssertKnownAsync(id))!.Actor.Department);
        await _house.Desk.ResetAsync(id, Actor.System, Cancellation);
        await AssertKnownAsync(id);
        await _house.Desk.DeactivateAsync(id, Actor.System, Cancellation);
        Assert.Null(await AssertKnownAsync(id));
        await _house.Desk.ReactivateAsync(id, Actor.System, Cancellation);
        await AssertKnownAsync(id);
        var read = (await _house.Users.FindByIdAsync(id))!;
        await _house.Users.UpdateSecurityStampAsync(read);
        Assert.Equal(read.SecurityStamp, (await AssertKnownAsync(id))!.Stamp);
        Assert.Null(_house.Book.Find("account:none"));
    }

    [Fact]
    public async Task Book_ToldInAnotherOrderThanWasCommitted_KeepsTheLast()
    {
        var id = (await _house.AddAsync(AccountHouse.Draft("lilei"))).Id;
        Assert.NotNull(_house.Book.Find(id));
        var late = new LateLane(_house.Get<IWriteLane>());
        var lane = new AccountLane(late, _house.Book, _house.Get<LiveConnections>());

        // A sign-in is committed, then its account is ended; the writer of the first hears of it last.
        var noted = lane.ChangeAsync(id, (writing, account) => account.LastSignInAt = writing.Session.Now, Cancellation);
        await lane.ChangeAsync(id, (writing, account) => (account.DeactivatedAt, account.SecurityStamp) = (writing.Session.Now, AccountDesk.NewStamp()), Cancellation);
        late.TellTheFirst();
        await noted;

        Assert.Null(_house.Book.Find(id));
    }

    [Fact]
    public async Task Book_BesideManyWriters_EndsAsTheRows()
    {
        var ids = new List<string>();
        for (var n = 0; n < 4; n++)
        {
            ids.Add((await _house.AddAsync(AccountHouse.Draft($"user{n}"))).Id);
        }

        await Task.WhenAll(Enumerable.Range(0, 120).Select(n => Task.Run(() => (n % 3) switch
        {
            0 => (Task)_house.Desk.DeactivateAsync(ids[n % 4], Actor.System, Cancellation),
            1 => _house.Desk.ReactivateAsync(ids[n % 4], Actor.System, Cancellation),
            _ => _house.Get<AccountLane>().ChangeAsync(ids[n % 4], (writing, account) => account.LastSignInAt = writing.Session.Now, Cancellation),
        })));

        foreach (var id in ids)
        {
            await AssertKnownAsync(id);
        }
    }

    private async Task<Standing?> AssertKnownAsync(string id)
    {
        var (known, row) = (_house.Book.Find(id), await _house.RowAsync(id));
        Assert.Equal(row.IsActive ? new Standing(row.SecurityStamp, AccountBook.ActorOf(row)) : null, known);
        return known;
    }

    // Its first writer is answered when the test says so, long after the commit.
    private sealed class LateLane(IWriteLane lane) : IWriteLane
    {
        private readonly TaskCompletionSource _told = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private bool _second;

        public void TellTheFirst() => _told.SetResult();

        public async Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default)
        {
            var first = !_second;
            _second = true;
            var answer = await lane.WriteAsync(change, cancellation);
            await (first ? _told.Task.WaitAsync(SituationClient.Bound, cancellation) : Task.CompletedTask);
            return answer;
        }
    }
}
