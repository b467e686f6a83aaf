using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Reference;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Platform.Reference;

/// <summary>A draft of a book that knows no feature: its versions are texts, and no text may be called "bad".</summary>
public sealed class BookDraftTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private Book _book = default!;
    private Draft _draft = default!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var lane = _database.Get<IWriteLane>();
        _book = new Book(_database.Door, lane);
        await lane.WriteAsync(
            session =>
            {
                _book.Seed(session.Context, session.Now);
                return 0;
            },
            Cancellation);
        _draft = new Draft(_book);
        _draft.Begin();
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Draft_Published_IsInForceAndBegunAnew()
    {
        _draft.Edit("b");
        Assert.Equal(["a > b"], _draft.Changes);
        Assert.Equal("a", _book.InForce.Value);

        await _draft.PublishAsync("why", Admit);

        Assert.Equal((2, "b"), _book.InForce);
        Assert.Equal((2, 2, "b"), (_draft.Published, _draft.Base, _draft.Before));
        Assert.Empty(_draft.Changes);
        Assert.Equal(["why", ""], _draft.History.Select(entry => entry.Note));
        Assert.Equal([false, true], _draft.History.Select(entry => entry.IsSystem));
        _draft.Edit("c");
        Assert.Null(_draft.Published);
    }

    [Fact]
    public async Task Draft_OfSomebodyWhoMayNot_IsKeptAndNothingIsPublished()
    {
        _draft.Edit("b");
        await _draft.PublishAsync("why", () => Task.FromResult<Actor?>(null));

        Assert.Equal(("MayNotAdminister", "b", 1), (_draft.Problem?.Code, _draft.Value, _book.InForce.Version));
        Assert.False(_draft.IsBusy);
    }

    [Fact]
    public async Task Draft_WithFaults_IsNotPublished()
    {
        _draft.Edit("bad");
        Assert.Equal(["bad"], _draft.Faults);
        await _draft.PublishAsync("why", () => throw new InvalidOperationException("Nobody is asked who they are."));
        Assert.Equal(1, _book.InForce.Version);
    }

    [Fact]
    public async Task Draft_ThatTheStorageDoesNotTake_IsKept()
    {
        var draft = new Draft(new Book(_database.Door, new FailingLane()));
        draft.Begin();
        draft.Edit("b");
        await draft.PublishAsync("why", Admit);

        Assert.Equal(("StorageUnavailable", "b"), (draft.Problem?.Code, draft.Value));
        Assert.False(draft.IsBusy);
    }

    [Fact]
    public async Task Draft_WithChangesWhenSomebodyElsePublishes_IsOvertakenAndKept()
    {
        var signals = 0;
        using var following = _draft.Follow(() => signals++);
        _draft.Edit("b");
        await _book.PublishAsync("c", 1, "first", TestDatabase.Operator, Cancellation);
        Assert.Equal(1, signals);
        _draft.CatchUp();
        Assert.Equal((2, 2, "b", 1), (_draft.OvertakenBy, _draft.InForce, _draft.Value, _draft.Base));
        // What the other one changed can be looked at.
        Assert.Equal(["first", ""], _draft.History.Select(entry => entry.Note));
        _draft.View(2);
        Assert.Equal(["a > c"], _draft.ViewedChanges);
        _draft.Back();

        await _draft.PublishAsync("second", Admit);
        Assert.Equal(("ChangedMeanwhile", "b"), (_draft.Problem?.Code, _draft.Value));
        Assert.Equal("c", _book.InForce.Value);

        _draft.Begin();
        Assert.Equal((null, null, "c", 2), (_draft.OvertakenBy, _draft.Problem, _draft.Value, _draft.Base));
    }

    [Fact]
    public async Task Draft_WithoutChangesWhenSomebodyElsePublishes_FollowsUntilItIsLetGo()
    {
        var signals = 0;
        var following = _draft.Follow(() => signals++);
        await _book.PublishAsync("c", 1, "first", TestDatabase.Operator, Cancellation);
        _draft.CatchUp();
        Assert.Equal((null, "c", 2), (_draft.OvertakenBy, _draft.Value, _draft.Base));

        following.Dispose();
        await _book.PublishAsync("d", 2, "second", TestDatabase.Operator, Cancellation);
        Assert.Equal(1, signals);
    }

    [Fact]
    public async Task Version_LookedAt_LeavesTheDraftAsItIs()
    {
        _draft.Edit("b");
        await _draft.PublishAsync("why", Admit);
        _draft.Edit("c");

        _draft.View(1);
        Assert.Equal(("a", "c", true), (_draft.Shown, _draft.Value, _draft.IsReadOnly));
        Assert.Equal(["a > b"], _draft.ViewedChanges);
        _draft.View(99);
        Assert.Equal(1, _draft.Viewed);
        _draft.View(2);
        Assert.Equal(("c", false), (_draft.Shown, _draft.IsReadOnly));
        Assert.Equal(["b > c"], _draft.Changes);
    }

    [Fact]
    public async Task Book_JudgesWhateverIsPublished()
    {
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _book.PublishAsync("bad", 1, "why", TestDatabase.Operator, Cancellation));
        Assert.Equal("Bad", refused.Refusal.Code);
        refused = await Assert.ThrowsAsync<RefusedException>(() => _book.PublishAsync("b", 7, "why", TestDatabase.Operator, Cancellation));
        Assert.Equal("ChangedMeanwhile", refused.Refusal.Code);
        refused = await Assert.ThrowsAsync<RefusedException>(() => _book.PublishAsync("b", 1, " ", TestDatabase.Operator, Cancellation));
        Assert.Equal("NoteMissing", refused.Refusal.Code);
        Assert.Equal(1, _book.InForce.Version);
    }

    private static Task<Actor?> Admit() => Task.FromResult<Actor?>(TestDatabase.Operator);

    private sealed class Book(IReadDoor door, IWriteLane lane) : VersionedBook<string>("test-text", door, lane)
    {
        protected override void Judge(string value, string before)
        {
            if (value == "bad")
            {
                throw new RefusedException("Bad");
            }
        }

        protected override string Shipped() => "a";

        protected override string Parse(string content, int version) => content;

        protected override string Write(string value) => value;
    }

    private sealed class Draft(Book book) : BookDraft<string, string>(book)
    {
        protected override string Open(string version) => version;

        protected override IEnumerable<string> ChangesOf(string before, string after) => before == after ? [] : [$"{before} > {after}"];

        protected override IEnumerable<string> FaultsOf(string value, string before) => value == "bad" ? ["bad"] : [];

        protected override Task<int> PublishAsync(string value, string note, Actor actor) => book.PublishAsync(value, Base, note, actor);
    }

    private sealed class FailingLane : IWriteLane
    {
        public Task<T> WriteAsync<T>(Func<WriteSession, T> change, CancellationToken cancellation = default) =>
            throw new StorageUnavailableException("full", new IOException("full"));
    }
}
