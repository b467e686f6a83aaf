using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Data.Sqlite;

namespace HongqiaoDashboard.Tests.Platform.Persistence;

public sealed class WriteLaneTests : IAsyncLifetime
{
    private readonly PlatformHost _host = new();
    private readonly List<string> _signals = [];

    private WriteLane Lane => _host.Get<WriteLane>();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Changes_ThatWaitTogether_ShareOneTransaction()
    {
        var numbers = await TogetherAsync([.. Enumerable.Range(0, 100).Select(_ => (Func<WriteSession, (long, WriteSession)>)(s => (s.Next("a"), s)))]);
        var answers = await Task.WhenAll(numbers);
        Assert.Equal(Enumerable.Range(1, 100).Select(n => (long)n), answers.Select(a => a.Item1));
        Assert.Single(answers.Select(a => a.Item2).Distinct());
    }

    [Fact]
    public async Task Change_ThatIsRefused_UndoesOnlyItself()
    {
        var changes = await TogetherAsync<long>(
            s => Noted(s, "first"),
            s =>
            {
                Noted(s, "refused");
                s.Next("b");
                s.Context.Set<Sequence>().Add(new Sequence { Name = "row", Last = 7 });
                s.Context.SaveChanges();
                throw new RefusedException("NotThis");
            },
            s => Noted(s, "last"));

        Assert.Equal(1, await changes[0]);
        Assert.Equal("NotThis", (await Assert.ThrowsAsync<RefusedException>(() => changes[1])).Refusal.Code);
        Assert.Equal(2, await changes[2]);
        await Lane.WriteAsync(_ => 0, TestContext.Current.CancellationToken);
        Assert.Equal(["first", "last"], _signals);
        using var database = _host.Open();
        Assert.Equal([["a", 2L]], database.Query("SELECT Name, Last FROM Sequences ORDER BY Name"));
    }

    [Fact]
    public async Task Refusal_BecauseOfAnEarlierChangeOfTheBatch_ComesOnlyWhenThatOneIsStored()
    {
        // Refused on the ground of what was written just before it: if the batch then fails, the ground was never true.
        var changes = await TogetherAsync<long>(
            s => Noted(s, "first"),
            _ => throw new RefusedException("AlreadyThere"),
            _ => throw Disk());
        await Assert.ThrowsAsync<StorageUnavailableException>(() => changes[0]);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => changes[1]);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => changes[2]);
    }

    [Fact]
    public async Task Batch_ThatFailsOnTheDisk_StoresNothingAndTheNextOneWorks()
    {
        var changes = await TogetherAsync<long>(s => Noted(s, "first"), _ => throw Disk(), s => Noted(s, "last"));
        foreach (var change in changes)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => change);
        }

        Assert.Equal(1, await Lane.WriteAsync(s => s.Next("a"), TestContext.Current.CancellationToken));
        Assert.Empty(_signals);
        using var database = _host.Open();
        Assert.Equal([["a", 1L]], database.Query("SELECT Name, Last FROM Sequences"));
    }

    [Fact]
    public async Task Change_CancelledBeforeItBegins_NeverRuns()
    {
        using var cancel = new CancellationTokenSource();
        using var pen = await HeldPen.TakeAsync(Lane);
        var ran = false;
        var withdrawn = Lane.WriteAsync(_ => ran = true, cancel.Token);
        await cancel.CancelAsync();
        await pen.GiveBackAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => withdrawn);
        Assert.False(ran);
    }

    [Fact]
    public async Task Stop_WhileChangesWait_WritesThemFirst()
    {
        var changes = await TogetherAsync([.. Enumerable.Range(0, 50).Select(_ => (Func<WriteSession, long>)(s => s.Next("a")))],
            () => Lane.StopAsync(TestContext.Current.CancellationToken));
        Assert.Equal(Enumerable.Range(1, 50).Select(n => (long)n), await Task.WhenAll(changes));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => Lane.WriteAsync(s => s.Next("a"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Signal_ThatThrows_TakesNobodyElseAlong()
    {
        var changes = await TogetherAsync<long>(
            s =>
            {
                s.AfterCommit(() => throw new InvalidOperationException("A subscriber is broken."));
                return Noted(s, "heard");
            });
        Assert.Equal(1, await changes[0]);
        Assert.Equal(2, await Lane.WriteAsync(s => s.Next("a"), TestContext.Current.CancellationToken));
        Assert.Equal(["heard"], _signals);
    }

    [Fact]
    public void Lane_DisposedOfTwice_KeepsStill()
    {
        // The container knows it under more than one name and disposes of it under each.
        Lane.Dispose();
        Lane.Dispose();
    }

    // Fills the queue while the pen is held, so that all of it makes one batch.
    private async Task<Task<T>[]> TogetherAsync<T>(Func<WriteSession, T>[] changes, Func<Task>? before = null)
    {
        using var pen = await HeldPen.TakeAsync(Lane);
        var waiting = changes.Select(change => Lane.WriteAsync(change, TestContext.Current.CancellationToken)).ToArray();
        var asked = before?.Invoke();
        await pen.GiveBackAsync();
        await (asked ?? Task.CompletedTask);
        return waiting;
    }

    private Task<Task<T>[]> TogetherAsync<T>(params Func<WriteSession, T>[] changes) => TogetherAsync(changes, null);

    private long Noted(WriteSession session, string name)
    {
        session.AfterCommit(() => _signals.Add(name));
        return session.Next("a");
    }

    private static SqliteException Disk() => new("database or disk is full", 13);
}
