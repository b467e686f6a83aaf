using System.Linq.Expressions;
using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

/// <summary>Issues and takes back single-use secrets. Using one and what it is good for are one transaction.</summary>
internal sealed class AccountTickets(AccountLane lane, AccountDesk desk, IReadDoor door, IPasswordHasher<Account> hasher)
{
    /// <summary>For how long the link to the first administrator is good.</summary>
    public static readonly TimeSpan FirstLife = TimeSpan.FromHours(1);

    /// <summary>Whether nobody has ever been able to administer this system.</summary>
    public bool IsEmpty()
    {
        using var read = door.Open(Actor.System);
        return !read.Query<Account>().Any(HasAdministered);
    }

    /// <summary>A secret with which the first administrator is made; earlier ones are worthless from then on.</summary>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <returns>The secret and until when it is good; null when the system is not empty.</returns>
    public Task<(string Secret, DateTimeOffset ExpiresAt)?> IssueFirstAsync(CancellationToken cancellation = default) => lane.WriteAsync<(string, DateTimeOffset)?>(
        writing =>
        {
            var session = writing.Session;
            if (session.Context.Set<Account>().Any(HasAdministered))
            {
                return null;
            }

            session.Context.Set<AccountTicket>().Where(t => t.Purpose == TicketPurpose.FirstAdministrator).ExecuteDelete();
            var secret = AccountTicket.NewSecret();
            var ticket = new AccountTicket { Hash = AccountTicket.HashOf(secret), Purpose = TicketPurpose.FirstAdministrator, ExpiresAt = session.Now + FirstLife };
            session.Context.Add(ticket);
            writing.Save();
            return (secret, ticket.ExpiresAt);
        },
        cancellation);

    /// <summary>Makes the first administrator.</summary>
    /// <param name="secret">What the program printed.</param>
    /// <param name="userName">What they will type.</param>
    /// <param name="displayName">What others see.</param>
    /// <param name="password">Their password, judged already.</param>
    /// <param name="origin">From where, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>TicketWorthless</c>, and what is said of names.</exception>
    public Task<Account> MakeFirstAsync(string secret, string userName, string displayName, string password, CallOrigin? origin, CancellationToken cancellation = default)
    {
        var judged = desk.Judge(new AccountDraft(userName, displayName, Roles.Admin, null, null));
        // Slow by intention, and so outside the lane.
        var hash = hasher.HashPassword(null!, password);
        return lane.WriteAsync(
            writing =>
            {
                Use(writing, secret, TicketPurpose.FirstAdministrator);
                if (writing.Session.Context.Set<Account>().Any(HasAdministered))
                {
                    throw new RefusedException("TicketWorthless");
                }

                var account = desk.New(writing.Session, judged);
                account.PasswordHash = hash;
                writing.Add(account);
                writing.Session.Audit(AccountDesk.Created(account), AccountBook.ActorOf(account) with { Origin = origin });
                return account;
            },
            cancellation);
    }

    /// <summary>For whom an invitation is good now.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends the read.</param>
    /// <returns>The account; null when the invitation is worthless.</returns>
    public async Task<Account?> HolderAsync(string secret, DateTimeOffset now, CancellationToken cancellation = default)
    {
        var hash = AccountTicket.HashOf(secret);
        await using var read = door.Open(Actor.System);
        var ticket = await read.Query<AccountTicket>().FirstOrDefaultAsync(t => t.Hash == hash, cancellation);
        return IsGood(ticket, TicketPurpose.ChoosePassword, now) ? await read.Query<Account>().FirstOrDefaultAsync(a => a.Id == ticket!.AccountId, cancellation) : null;
    }

    /// <summary>Sets the password that somebody who was invited has chosen.</summary>
    /// <param name="secret">The invitation's secret.</param>
    /// <param name="password">The password, judged already.</param>
    /// <param name="origin">From where, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>TicketWorthless</c>.</exception>
    public Task<Account> ChoosePasswordAsync(string secret, string password, CallOrigin? origin, CancellationToken cancellation = default)
    {
        var hash = hasher.HashPassword(null!, password);
        return lane.WriteAsync(
            writing =>
            {
                var id = Use(writing, secret, TicketPurpose.ChoosePassword).AccountId!;
                return writing.Change(id, (_, account) =>
                {
                    if (!account.IsActive)
                    {
                        throw new RefusedException("TicketWorthless");
                    }

                    (account.PasswordHash, account.SecurityStamp) = (hash, AccountDesk.NewStamp());
                    writing.Session.Audit(new AuditRecord(AuditActs.CredentialsChanged, id), AccountBook.ActorOf(account) with { Origin = origin });
                });
            },
            cancellation);
    }

    private static Expression<Func<Account, bool>> HasAdministered { get; } =
        account => account.Role == Roles.Admin && (account.PasswordHash != null || account.ExternalSubject != null || account.LastSignInAt != null);

    private static AccountTicket Use(AccountWriting writing, string secret, TicketPurpose purpose)
    {
        var ticket = writing.Session.Context.Set<AccountTicket>().Find(AccountTicket.HashOf(secret));
        if (!IsGood(ticket, purpose, writing.Session.Now))
        {
            throw new RefusedException("TicketWorthless");
        }

        ticket!.UsedAt = writing.Session.Now;
        writing.Save();
        return ticket;
    }

    private static bool IsGood(AccountTicket? ticket, TicketPurpose purpose, DateTimeOffset now) =>
        ticket is { UsedAt: null } && ticket.Purpose == purpose && now < ticket.ExpiresAt;
}
