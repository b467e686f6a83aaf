using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class SavedFiltersTests : IAsyncLifetime
{
    private static readonly Actor Other = new("operator-9", "王强", Roles.StreetDispatcher, "120106001");

    private readonly TestDatabase _database = new();

    private SavedFilters Filters => _database.Get<SavedFilters>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Filter_SavedUnderANameAgain_IsWrittenOverInItsPlace()
    {
        await Filters.SaveAsync(TestDatabase.Operator, " 市容 ", "category=04", false, Cancellation);
        await Filters.SaveAsync(TestDatabase.Operator, "超期", "overdue=true", false, Cancellation);
        await Filters.SaveAsync(TestDatabase.Operator, "市容", "open=true&category=04", false, Cancellation);

        Assert.Equal([("市容", "open=true&category=04"), ("超期", "overdue=true")], await ListAsync(TestDatabase.Operator));
    }

    [Fact]
    public async Task Filter_OfSomebody_IsTheirsUnlessShared()
    {
        await Filters.SaveAsync(TestDatabase.Operator, "自用", "open=true", false, Cancellation);
        await Filters.SaveAsync(TestDatabase.Operator, "共用", "overdue=true", true, Cancellation);
        await Filters.SaveAsync(Other, "共用", "category=04", false, Cancellation);

        Assert.Equal([("共用", "category=04"), ("共用", "overdue=true")], await ListAsync(Other));
        var shared = (await Filters.ListAsync(Other, Cancellation))[1];
        await Filters.DeleteAsync(Other, shared.Id, Cancellation);
        Assert.Equal("FilterGone", await RefusalAsync(() => Filters.RenameAsync(Other, shared.Id, "我的", Cancellation)));
        Assert.Equal([("自用", "open=true"), ("共用", "overdue=true")], await ListAsync(TestDatabase.Operator));
    }

    [Fact]
    public async Task Filter_RenamedAndDeleted_IsSo()
    {
        await Filters.SaveAsync(TestDatabase.Operator, "一", "open=true", false, Cancellation);
        await Filters.SaveAsync(TestDatabase.Operator, "二", "overdue=true", false, Cancellation);
        var first = (await Filters.ListAsync(TestDatabase.Operator, Cancellation))[0];

        Assert.Equal("FilterNameTaken", await RefusalAsync(() => Filters.RenameAsync(TestDatabase.Operator, first.Id, "二", Cancellation)));
        await Filters.RenameAsync(TestDatabase.Operator, first.Id, "三", Cancellation);
        Assert.Equal([("三", "open=true"), ("二", "overdue=true")], await ListAsync(TestDatabase.Operator));
        await Filters.DeleteAsync(TestDatabase.Operator, first.Id, Cancellation);
        Assert.Equal([("二", "overdue=true")], await ListAsync(TestDatabase.Operator));
    }

    [Theory]
    [InlineData(null, "FilterNameMissing")]
    [InlineData("  ", "FilterNameMissing")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一", "FilterNameMissing")]
    [InlineData("找13812345678", "FilterNamePersonal")]
    public async Task Filter_WithABadName_IsRefused(string? name, string code)
    {
        Assert.Equal(code, await RefusalAsync(() => Filters.SaveAsync(TestDatabase.Operator, name, "open=true", false, Cancellation)));
        Assert.Empty(await ListAsync(TestDatabase.Operator));
    }

    [Fact]
    public async Task Filter_BeyondTheMost_IsRefusedWhileOthersCanBeWrittenOver()
    {
        for (var n = 1; n <= SavedFilters.Most; n++)
        {
            await Filters.SaveAsync(TestDatabase.Operator, $"筛选{n}", "open=true", false, Cancellation);
        }

        Assert.Equal("FiltersFull", await RefusalAsync(() => Filters.SaveAsync(TestDatabase.Operator, "多余", "open=true", false, Cancellation)));
        await Filters.SaveAsync(TestDatabase.Operator, "筛选7", "overdue=true", false, Cancellation);
        await Filters.SaveAsync(Other, "另一人", "open=true", false, Cancellation);
        Assert.Equal(("筛选7", "overdue=true"), (await ListAsync(TestDatabase.Operator))[6]);
    }

    private async Task<List<(string Name, string Query)>> ListAsync(Actor actor) => [.. (await Filters.ListAsync(actor, Cancellation)).Select(filter => (filter.Name, filter.Query))];

    private static async Task<string> RefusalAsync(Func<Task> work) => (await Assert.ThrowsAsync<RefusedException>(work)).Refusal.Code;
}
