using CsCheck;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Tests.Features.Incidents;

/// <summary>Who sees which cases, asked of the rows and of a case in hand.</summary>
public sealed class IncidentReadScopeTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly List<Incident> _cases = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        for (var n = 0; n < 12; n++)
        {
            var reported = await _database.ReportAsync(n * 97);
            var accepted = n % 3 == 0 ? reported : await _database.MoveAsync(reported, Kind.Accepted);
            var department = _database.Catalog.Departments[n % 2].Code;
            var last = n % 3 == 0 ? accepted : await _database.MoveAsync(accepted, new IncidentMove(Kind.Dispatched) { Department = department });
            _cases.Add(await _database.RowAsync(last.Number));
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public void Rows_AndCaseInHand_AgreeWhoeverLooks()
    {
        var scopes = _cases.SelectMany(one => (int[])[6, 9, 12, 13, 15], (one, length) => one.GridCode[..length]).Append("999").Append("%").Append("").Distinct().ToArray();
        string?[] departments = [null, .. _database.Catalog.Departments.Select(one => one.Code).Take(3), "none", ""];
        var actor =
            from bound in Gen.Bool
            from scope in Gen.Int[0, scopes.Length - 1].Select(n => scopes[n])
            from department in Gen.Int[0, departments.Length - 1].Select(n => departments[n])
            select new Actor("account:1", "李雷", Roles.DepartmentHandler, bound ? scope : null) { Department = department };

        actor.Sample(
            who =>
            {
                using var read = _database.Door.Open(who);
                var rows = read.Query<Incident>().Select(one => one.Number).ToHashSet();
                Assert.Equal(_cases.Where(one => IncidentReadScope.Covers(who, one)).Select(one => one.Number).Order(), rows.Order());
                Assert.Equal(rows, _cases.Where(one => Plain(who, one)).Select(one => one.Number).ToHashSet());
            },
            iter: 200, threads: 1);
    }

    [Fact]
    public async Task Case_OfAnotherDepartment_IsNeitherSeenNorMoved()
    {
        var own = _cases.First(one => one.Department == _database.Catalog.Departments[1].Code);
        var foreign = _cases.First(one => one.Department == _database.Catalog.Departments[0].Code);
        var handler = new Actor("account:1", "李雷", Roles.DepartmentHandler, null) { Department = own.Department };

        Assert.NotNull(await _database.Reader.FindAsync(own.Number, handler, Cancellation));
        Assert.Null(await _database.Reader.FindAsync(foreign.Number, handler, Cancellation));
        Assert.Empty(await _database.Reader.TimelineAsync(foreign.Number, handler, Cancellation));
        var refused = await Assert.ThrowsAsync<RefusedException>(() => _database.MoveAsync(foreign, new IncidentMove(Kind.CheckedIn), handler));
        Assert.Equal("NotFound", refused.Refusal.Code);
        await _database.MoveAsync(own, await _database.FilledAsync(own, Kind.CheckedIn), handler);
    }

    // Told once more, without the code under test.
    private static bool Plain(Actor who, Incident one) =>
        (who.ScopeCode is not { } scope || (one.GridCode.Length >= scope.Length && one.GridCode[..scope.Length] == scope)) && (who.Department is not { } department || one.Department == department);
}
