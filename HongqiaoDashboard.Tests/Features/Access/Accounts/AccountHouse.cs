using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Access.Accounts.Web;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.Features.Grids;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

/// <summary>Accounts on a migrated database of their own, with a clock that tests turn and passwords that are hashed quickly.</summary>
internal sealed class AccountHouse : IAsyncDisposable
{
    /// <summary>A password that may be taken.</summary>
    public const string Password = "korrekt-pferd-batterie";

    private readonly TestDatabase _database = new(services => services.Configure<PasswordHasherOptions>(options => options.IterationCount = 1));

    private readonly AsyncServiceScope _scope;

    public AccountHouse() => _scope = _database.Get<IServiceScopeFactory>().CreateAsyncScope();

    public FakeTimeProvider Clock => _database.Clock;

    public AccountDesk Desk => Get<AccountDesk>();

    public AccountTickets Tickets => Get<AccountTickets>();

    public AccountBook Book => Get<AccountBook>();

    public UserManager<Account> Users => Get<UserManager<Account>>();

    public AccountStore Store => (AccountStore)Get<IUserStore<Account>>();

    /// <summary>A department of the shipped catalogue.</summary>
    public string Department => _database.Catalog.Departments[0].Code;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A service, as a request has it.</summary>
    public T Get<T>() where T : notnull => _scope.ServiceProvider.GetRequiredService<T>();

    /// <summary>Code of a grid of the shipped edition.</summary>
    public static string Grid(GridTier tier) => GridSamples.Shipped.Units.First(unit => unit.Tier == tier).Code;

    /// <summary>What an administrator might say.</summary>
    public static AccountDraft Draft(string userName, string role = Roles.Leader, string? scope = null, string? department = null) =>
        new(userName, "李雷", role, scope, department);

    /// <summary>Makes the first administrator by the link.</summary>
    public async Task<Account> MakeFirstAsync(string userName = "first")
    {
        var (secret, _) = (await Tickets.IssueFirstAsync(Cancellation))!.Value;
        return await Tickets.MakeFirstAsync(secret, userName, "王管理", Password, null, Cancellation);
    }

    /// <summary>Adds an account whose owner has chosen <see cref="Password"/>.</summary>
    public async Task<Account> AddAsync(AccountDraft draft)
    {
        var invitation = await Desk.AddAsync(draft, Actor.System, Cancellation);
        return await Tickets.ChoosePasswordAsync(invitation.Secret, Password, null, Cancellation);
    }

    /// <summary>An account as it is stored.</summary>
    public async Task<Account> RowAsync(string id)
    {
        await using var read = Get<IReadDoor>().Open(Actor.System);
        return await read.Query<Account>().SingleAsync(a => a.Id == id, Cancellation);
    }

    /// <summary>All accounts as they are stored.</summary>
    public Task<IReadOnlyList<Account>> RowsAsync() => Desk.ListAsync(Cancellation);

    /// <summary>Code of the refusal that something ends with.</summary>
    public static async Task<string> RefusalOfAsync(Func<Task> action) => (await Assert.ThrowsAsync<RefusedException>(action)).Refusal.Code;

    /// <summary>Whether a password is the account's, as signing in judges it.</summary>
    public async Task<bool> IsPasswordAsync(string id, string password) => await Users.CheckPasswordAsync((await Users.FindByIdAsync(id))!, password);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _scope.DisposeAsync();
        await _database.DisposeAsync();
    }
}
