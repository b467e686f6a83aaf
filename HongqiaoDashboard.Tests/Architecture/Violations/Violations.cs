// What the rules must object to: each type below stands where its namespace says and uses what it may not, some of it
// inside lambdas and asynchronous code, where a check that reads signatures only would not look.
#pragma warning disable SA1402, CA1812, CA1822, IDE0060

namespace HongqiaoDashboard.Tests.Architecture.Violations.Kernel
{
    internal sealed class UsesAPackage
    {
        public Microsoft.Extensions.Logging.ILogger? Log { get; init; }
    }
}

namespace HongqiaoDashboard.Tests.Architecture.Violations.Platform
{
    internal sealed class UsesAFeature
    {
        public async Task<int> CountAsync()
        {
            await Task.Yield();
            return new List<int> { 1 }.Sum(i => i + (int)global::HongqiaoDashboard.Features.Grids.Domain.GridTiers.All[0]);
        }
    }
}

namespace HongqiaoDashboard.Tests.Architecture.Violations.Ui
{
    internal sealed class UsesPersistence
    {
        public Task<int> Write(global::HongqiaoDashboard.Platform.Persistence.IWriteLane lane) => lane.WriteAsync(_ => 1);
    }
}

namespace HongqiaoDashboard.Tests.Architecture.Violations.Features.Walls
{
    using global::HongqiaoDashboard.Features.Calendar.Contracts;
    using global::HongqiaoDashboard.Features.Situation.Live;
    using global::HongqiaoDashboard.Platform.Persistence;
    using Microsoft.EntityFrameworkCore;

    internal sealed class UsesAnUnlistedFeature
    {
        public Func<Task<int>> Count => async () =>
        {
            await Task.Yield();
            return Promise.TryParse("2h", out var promise) ? promise.Amount : 0;
        };
    }

    internal sealed class UsesWhatIsNotAContract
    {
        public object Tick => SituationProjection.Tick;
    }

    internal sealed class UsesTheContextFactory(IDbContextFactory<AppDbContext> contexts)
    {
        public AppDbContext Open() => contexts.CreateDbContext();
    }
}
