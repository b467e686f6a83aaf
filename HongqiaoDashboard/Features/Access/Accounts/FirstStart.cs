using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace HongqiaoDashboard.Features.Access.Accounts;

/// <summary>
/// No default password exists: while nobody can administer the system, each start prints one link with which the first administrator
/// is made. It is written to the console and never to the log, which is kept and passed on.
/// </summary>
internal sealed class FirstStart(AccountTickets tickets, IServer server, IHostApplicationLifetime lifetime, ILogger<FirstStart> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _ = TellAsync());
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task TellAsync()
    {
        try
        {
            if (await tickets.IssueFirstAsync() is not var (secret, until))
            {
                return;
            }

            var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
            await Console.Out.WriteLineAsync($"""

                尚无管理员。请在 {until.ToLocalTime():HH:mm} 前打开此一次性链接，创建首个管理员账号：
                No administrator yet. Open this single-use link before {until.ToLocalTime():HH:mm} to make the first one:
                  {address}/account/first#{secret}

                """);
        }
        catch (StorageUnavailableException e)
        {
            log.LogWarning("The link to the first administrator could not be stored; start again, or run the command 'account first': {Reason}", e.Message);
        }
    }
}
