using System.Net.WebSockets;
using HongqiaoDashboard.Features.Access.Accounts;
using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Access.Accounts;

/// <summary>The real program in this process, over real sockets, so that a test has its accounts at hand.</summary>
public sealed class AccountServer : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("hongqiao-test-");
    private readonly Trial _trial = new();
    private WebApplicationFactory<Program>? _program;

    public Uri Address { get; private set; } = default!;

    /// <summary>Whether roles are offered, as the demo says.</summary>
    public bool IsTrial
    {
        get => _trial.IsOffered;
        set => _trial.IsOffered = value;
    }

    internal AccountDesk Desk => Get<AccountDesk>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public T Get<T>() where T : notnull => _program!.Services.GetRequiredService<T>();

    /// <inheritdoc/>
    public ValueTask InitializeAsync()
    {
        _program = new WebApplicationFactory<Program>().WithWebHostBuilder(builder => builder
            .UseEnvironment("Production").UseSetting("urls", "http://127.0.0.1:0").UseSetting("Data:Directory", _data.FullName).UseSetting("Data:MasterKey", PlatformHost.MasterKey)
            .ConfigureServices(services =>
            {
                services.AddSingleton<ITrialAccess>(_trial);
                // Its link would make those of the tests worthless.
                services.Remove(services.Single(service => service.ImplementationType == typeof(FirstStart)));
            }));
        _program.UseKestrel();
        _program.StartServer();
        Address = new Uri(Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        return ValueTask.CompletedTask;
    }

    /// <summary>Adds an account whose owner has chosen <see cref="AccountHouse.Password"/>.</summary>
    internal async Task<Account> AddAsync(AccountDraft draft)
    {
        var invitation = await Desk.AddAsync(draft, Actor.System, Cancellation);
        return await Get<AccountTickets>().ChoosePasswordAsync(invitation.Secret, AccountHouse.Password, null, Cancellation);
    }

    /// <summary>Switches the second step of an account on.</summary>
    /// <returns>The authenticator's key and the recovery codes.</returns>
    internal async Task<(string Key, IReadOnlyList<string> Codes)> GuardAsync(string id)
    {
        await using var scope = _program!.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<Account>>();
        var account = (await users.FindByIdAsync(id))!;
        await users.ResetAuthenticatorKeyAsync(account);
        await users.SetTwoFactorEnabledAsync(account, true);
        return ((await users.GetAuthenticatorKeyAsync(account))!, [.. (await users.GenerateNewTwoFactorRecoveryCodesAsync(account, 8))!]);
    }

    /// <summary>A visitor who has signed in.</summary>
    internal async Task<Visitor> ComeAsync(string userName, byte host = 1)
    {
        var visitor = new Visitor(Address, host);
        var answer = await visitor.SignInAsync(userName, AccountHouse.Password);
        Assert.True(visitor.Session is not null, answer.Body);
        return visitor;
    }

    /// <summary>A hub connection of a session, which stays until the server ends it.</summary>
    /// <returns>It, and what completes when it has ended.</returns>
    internal async Task<(HubConnection Hub, Task Ended)> WatchAsync(string session)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(Address, "/hubs/situation"), options => options.Headers["Cookie"] = session).Build();
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        hub.Closed += _ =>
        {
            ended.TrySetResult();
            return Task.CompletedTask;
        };
        await hub.StartAsync(Cancellation);
        return (hub, ended.Task.WaitAsync(SituationClient.Bound, Cancellation));
    }

    /// <summary>A circuit's socket of a session.</summary>
    internal async Task<ClientWebSocket> OpenCircuitAsync(string session)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Cookie", session);
        await socket.ConnectAsync(new Uri($"ws://{Address.Authority}/_blazor"), Cancellation);
        return socket;
    }

    /// <summary>Reads a socket until the server ends it.</summary>
    internal static async Task UntilEndedAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer, Cancellation).WaitAsync(SituationClient.Bound, Cancellation)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Cut, without a word.
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        _data.Delete(recursive: true);
    }

    private sealed class Trial : ITrialAccess
    {
        public bool IsOffered { get; set; }
    }
}
