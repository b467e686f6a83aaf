using HongqiaoDashboard.Features.Access.Accounts.Data;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Hosting;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Identity;

namespace HongqiaoDashboard.Features.Access.Accounts;

/// <summary>
/// Single-use links from the command line, for whoever has the data folder: the first administrator's, and one for an account whose
/// password is lost. The link alone goes to standard output.
/// </summary>
internal sealed class AccountVerb(IServiceProvider services, AccountTickets tickets, AccountDesk desk, IReadDoor door, ILookupNormalizer normalizer) : IVerb
{
    public string Name => "account";

    public string Usage => "account first | account link USER   a single-use link: for the first administrator, or to choose an account's password anew";

    public async Task<int> RunAsync(VerbCall call, CancellationToken cancellation)
    {
        if (call.Arguments is not (["first"] or ["link", _]))
        {
            await call.Error.WriteLineAsync(Usage);
            return VerbCall.WrongCall;
        }

        try
        {
            DatabaseStartup.EnsureReady(services);
            return call.Arguments is ["link", var user] ? await LinkAsync(call, user, cancellation) : await FirstAsync(call, cancellation);
        }
        catch (Exception e) when (e is RefusedException or InvalidOperationException or StorageUnavailableException)
        {
            await call.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    private async Task<int> FirstAsync(VerbCall call, CancellationToken cancellation)
    {
        if (await tickets.IssueFirstAsync(cancellation) is not var (secret, until))
        {
            await call.Error.WriteLineAsync("There is an administrator already; use 'account link USER'. 已有管理员，请使用 account link。");
            return 1;
        }

        await call.Output.WriteLineAsync($"/account/first#{secret}");
        await call.Error.WriteLineAsync($"Single use, until {until.ToLocalTime():yyyy-MM-dd HH:mm}. 一次有效。");
        return 0;
    }

    private async Task<int> LinkAsync(VerbCall call, string user, CancellationToken cancellation)
    {
        var name = normalizer.NormalizeName(user.Trim());
        Account? account;
        await using (var read = door.Open(Actor.System))
        {
            account = read.Query<Account>().FirstOrDefault(a => a.NormalizedUserName == name);
        }

        if (account is not { IsActive: true })
        {
            await call.Error.WriteLineAsync($"No such account: {user}. 没有此账号。");
            return 1;
        }

        var invitation = await desk.InviteAsync(account.Id, Actor.Console, cancellation);
        await call.Output.WriteLineAsync($"/account/join#{invitation.Secret}");
        await call.Error.WriteLineAsync($"Single use, until {invitation.ExpiresAt.ToLocalTime():yyyy-MM-dd HH:mm}. 一次有效。");
        return 0;
    }
}
