using HongqiaoDashboard.Features.Access.Accounts.Domain;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Access.Accounts.Data;

/// <summary>What an administrator says of an account.</summary>
/// <param name="UserName">What is typed to sign in; counts when it is made, never changes.</param>
/// <param name="DisplayName">What others see.</param>
/// <param name="Role">A slug of <see cref="AccountRules.OfPeople"/>.</param>
/// <param name="ScopeCode">Grid code; null or empty for everything.</param>
/// <param name="Department">Department code; null or empty for none.</param>
/// <param name="ExternalSubject">Who this is at the identity provider; null or empty for nobody.</param>
internal sealed record AccountDraft(string UserName, string DisplayName, string Role, string? ScopeCode, string? Department, string? ExternalSubject = null);

/// <summary>A secret that has just been made, which is shown once.</summary>
/// <param name="Account">For whom.</param>
/// <param name="Secret">What lets them choose their password.</param>
/// <param name="ExpiresAt">Until when.</param>
internal sealed record Invitation(Account Account, string Secret, DateTimeOffset ExpiresAt);

/// <summary>Makes, changes and deactivates accounts. Who may ask is for the caller to know.</summary>
internal sealed class AccountDesk(AccountLane lane, IReadDoor door, ILookupNormalizer normalizer, IGridDirectory grids, IIncidentCatalog catalog)
{
    /// <summary>For how long an invitation is good.</summary>
    public static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);

    /// <summary>All accounts, by user name.</summary>
    /// <param name="cancellation">Ends the read.</param>
    public async Task<IReadOnlyList<Account>> ListAsync(CancellationToken cancellation = default)
    {
        await using var read = door.Open(Actor.System);
        return await read.Query<Account>().OrderBy(a => a.NormalizedUserName).ToListAsync(cancellation);
    }

    /// <summary>Adds an account, with an invitation to choose its password.</summary>
    /// <param name="draft">What it is to be.</param>
    /// <param name="actor">Who says so, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException">What <see cref="Judge"/> refuses, and <c>UserNameTaken</c>, <c>ExternalSubjectTaken</c>.</exception>
    public Task<Invitation> AddAsync(AccountDraft draft, Actor actor, CancellationToken cancellation = default)
    {
        var judged = Judge(draft);
        return lane.WriteAsync(writing => Invite(writing, Add(writing, judged, actor)), cancellation);
    }

    /// <summary>Changes what an administrator says of an account. It begins anew with its next request, and what is open ends.</summary>
    /// <param name="id">Identity of the account.</param>
    /// <param name="draft">What it is to be; its user name does not count.</param>
    /// <param name="actor">Who says so, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException">What <see cref="Judge"/> refuses, <c>AccountUnknown</c>, <c>LastAdministrator</c>, <c>ExternalSubjectTaken</c>.</exception>
    public Task<Account> ChangeAsync(string id, AccountDraft draft, Actor actor, CancellationToken cancellation = default) => lane.ChangeAsync(
        id,
        (writing, account) =>
        {
            var judged = Judge(draft with { UserName = account.UserName });
            CheckSubject(writing.Session, judged.ExternalSubject, id);
            if (judged.Role != Roles.Admin)
            {
                KeepAnAdministrator(writing.Session, account);
            }

            var (before, described) = ((account.Role, account.ScopeCode, account.Department), (account.DisplayName, account.ExternalSubject));
            (account.DisplayName, account.Role, account.ScopeCode, account.Department) = (judged.DisplayName, judged.Role, judged.ScopeCode, judged.Department);
            account.ExternalSubject = judged.ExternalSubject;
            if (before != (account.Role, account.ScopeCode, account.Department))
            {
                account.SecurityStamp = NewStamp();
                writing.Session.Audit(Rights(account.Id, before, (account.Role, account.ScopeCode, account.Department)), actor);
            }

            if (described != (account.DisplayName, account.ExternalSubject))
            {
                writing.Session.Audit(new AuditRecord(AuditActs.AccountChanged, id), actor);
            }
        },
        cancellation);

    /// <summary>Ends an account: whatever is open under it is closed at once, and nobody signs in with it.</summary>
    /// <param name="id">Identity of the account.</param>
    /// <param name="actor">Who says so, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>AccountUnknown</c>, <c>LastAdministrator</c>.</exception>
    public Task<Account> DeactivateAsync(string id, Actor actor, CancellationToken cancellation = default) => lane.ChangeAsync(
        id,
        (writing, account) =>
        {
            KeepAnAdministrator(writing.Session, account);
            account.DeactivatedAt ??= writing.Session.Now;
            account.SecurityStamp = NewStamp();
            Void(writing.Session, id);
            writing.Session.Audit(new AuditRecord(AuditActs.AccountDeactivated, id), actor);
        },
        cancellation);

    /// <summary>Lets an account that was ended be used again, by a new password.</summary>
    /// <param name="id">Identity of the account.</param>
    /// <param name="actor">Who says so, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    public Task<Invitation> ReactivateAsync(string id, Actor actor, CancellationToken cancellation = default) =>
        RenewAsync(id, AuditActs.AccountReactivated, actor, (_, account) => account.DeactivatedAt = null, cancellation);

    /// <summary>
    /// Takes password and second factor from an account, for somebody who has lost or given away either: an invitation to choose a
    /// new password takes their place, and a lock ends.
    /// </summary>
    /// <param name="id">Identity of the account.</param>
    /// <param name="actor">Who says so, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    /// <exception cref="RefusedException"><c>AccountUnknown</c>, <c>LastAdministrator</c>.</exception>
    public Task<Invitation> ResetAsync(string id, Actor actor, CancellationToken cancellation = default) =>
        RenewAsync(id, AuditActs.CredentialsChanged, actor, KeepAnAdministrator, cancellation);

    /// <summary>An invitation to choose a new password, while the present one goes on to hold until it is used.</summary>
    /// <param name="id">Identity of the account.</param>
    /// <param name="actor">Who says so, for the trail.</param>
    /// <param name="cancellation">Withdraws it while it still waits.</param>
    public Task<Invitation> InviteAsync(string id, Actor actor, CancellationToken cancellation = default) =>
        lane.WriteAsync(
            writing =>
            {
                writing.Session.Audit(new AuditRecord(AuditActs.CredentialsChanged, id), actor);
                return Invite(writing, writing.Change(id, (_, _) => { }));
            },
            cancellation);

    /// <summary>Checks what is said of an account, and writes it as it will be stored.</summary>
    /// <param name="draft">As it was typed.</param>
    /// <returns>White space taken off, empty as null.</returns>
    /// <exception cref="RefusedException">
    /// <c>UserNameBad</c>, <c>UserNamePersonal</c>, <c>DisplayNameBad</c>, <c>DisplayNamePersonal</c>, <c>RoleUnknown</c>, <c>GridUnknown</c>,
    /// <c>DepartmentUnknown</c>, <c>ScopeNotAllowed</c>, <c>ScopeMustBe</c>, <c>DepartmentNeeded</c>, <c>DepartmentNotAllowed</c>.
    /// </exception>
    public AccountDraft Judge(AccountDraft draft)
    {
        var judged = draft with
        {
            UserName = draft.UserName.Trim(), DisplayName = draft.DisplayName.Trim(), Role = draft.Role.Trim(),
            ScopeCode = Given(draft.ScopeCode), Department = Given(draft.Department), ExternalSubject = Given(draft.ExternalSubject),
        };
        AccountRules.CheckUserName(judged.UserName);
        AccountRules.CheckDisplayName(judged.DisplayName);
        if (!AccountRules.OfPeople.Contains(judged.Role))
        {
            throw new RefusedException("RoleUnknown", judged.Role);
        }

        if (judged.Department is { } department && catalog.Department(department) is null)
        {
            throw new RefusedException("DepartmentUnknown", department);
        }

        var reach = AccountRules.ReachOf(judged.Role);
        GridTier? tier = judged.ScopeCode is { } code ? (grids.Current.Find(code) ?? throw new RefusedException("GridUnknown", code)).Tier : null;
        return (reach, tier, judged.Department) switch
        {
            (Reach.Everything, not null, _) => throw new RefusedException("ScopeNotAllowed", judged.Role),
            (Reach.Street, not GridTier.Street, _) => throw new RefusedException("ScopeMustBe.Street", judged.Role),
            (Reach.Community, not GridTier.Community, _) => throw new RefusedException("ScopeMustBe.Community", judged.Role),
            (Reach.CommunityOrBasic, not (GridTier.Community or GridTier.Basic), _) => throw new RefusedException("ScopeMustBe.CommunityOrBasic", judged.Role),
            (Reach.Department, _, null) => throw new RefusedException("DepartmentNeeded", judged.Role),
            (not Reach.Department, _, not null) => throw new RefusedException("DepartmentNotAllowed", judged.Role),
            _ => judged,
        };
    }

    /// <summary>Adds a judged account to a transaction.</summary>
    public Account Add(AccountWriting writing, AccountDraft judged, Actor actor)
    {
        CheckSubject(writing.Session, judged.ExternalSubject, null);
        var account = writing.Add(New(writing.Session, judged));
        writing.Session.Audit(Created(account), actor);
        return account;
    }

    /// <summary>Adds an invitation for an account to a transaction; earlier ones are worthless from then on.</summary>
    public static Invitation Invite(AccountWriting writing, Account account)
    {
        var session = writing.Session;
        Void(session, account.Id);
        var secret = AccountTicket.NewSecret();
        var ticket = new AccountTicket { Hash = AccountTicket.HashOf(secret), Purpose = TicketPurpose.ChoosePassword, AccountId = account.Id, ExpiresAt = session.Now + InvitationLife };
        session.Context.Add(ticket);
        writing.Save();
        return new Invitation(account, secret, ticket.ExpiresAt);
    }

    /// <summary>An account of a judged draft, not stored yet.</summary>
    public Account New(WriteSession session, AccountDraft judged) => new()
    {
        Id = Account.IdPrefix + Guid.CreateVersion7(session.Now).ToString("N"), UserName = judged.UserName, NormalizedUserName = normalizer.NormalizeName(judged.UserName),
        DisplayName = judged.DisplayName, Role = judged.Role, ScopeCode = judged.ScopeCode, Department = judged.Department, ExternalSubject = judged.ExternalSubject,
        SecurityStamp = NewStamp(), CreatedAt = session.Now,
    };

    /// <summary>The record of an account that was made.</summary>
    public static AuditRecord Created(Account account) => new(AuditActs.AccountCreated, account.Id)
    {
        Facts = [new("role", account.Role), new("scope", account.ScopeCode ?? "*"), .. account.Department is { } department ? (AuditFact[])[new("department", department)] : []],
    };

    /// <summary>A stamp that no session has been opened with.</summary>
    public static string NewStamp() => Guid.NewGuid().ToString("N");

    private Task<Invitation> RenewAsync(string id, string act, Actor actor, Action<WriteSession, Account> first, CancellationToken cancellation) => lane.WriteAsync(
        writing =>
        {
            var account = writing.Change(id, (_, account) =>
            {
                first(writing.Session, account);
                (account.PasswordHash, account.SecurityStamp) = (null, NewStamp());
                (account.TwoFactorEnabled, account.AuthenticatorKey, account.RecoveryCodes) = (false, null, null);
                (account.AccessFailedCount, account.LockoutEnd) = (0, null);
            });
            writing.Session.Audit(new AuditRecord(act, id), actor);
            return Invite(writing, account);
        },
        cancellation);

    private static void Void(WriteSession session, string id) => session.Context.Set<AccountTicket>().Where(t => t.AccountId == id && t.UsedAt == null).ExecuteDelete();

    private static void CheckSubject(WriteSession session, string? subject, string? own)
    {
        if (subject is not null && session.Context.Set<Account>().Any(a => a.ExternalSubject == subject && a.Id != own))
        {
            throw new RefusedException("ExternalSubjectTaken", subject);
        }
    }

    // Without an administrator nobody could ever make one again but by the command line.
    private static void KeepAnAdministrator(WriteSession session, Account leaving)
    {
        if (leaving is { Role: Roles.Admin, IsActive: true }
            && !session.Context.Set<Account>().Any(a => a.Id != leaving.Id && a.Role == Roles.Admin && a.DeactivatedAt == null && (a.PasswordHash != null || a.ExternalSubject != null)))
        {
            throw new RefusedException("LastAdministrator");
        }
    }

    private static AuditRecord Rights(string id, (string Role, string? Scope, string? Department) before, (string Role, string? Scope, string? Department) after)
    {
        var record = AuditRecords.RightsChanged(id, before.Role, after.Role, before.Scope, after.Scope);
        return before.Department == after.Department ? record : record with { Facts = [.. record.Facts, new("department", after.Department ?? "-")] };
    }

    private static string? Given(string? text) => text?.Trim() is { Length: > 0 } given ? given : null;
}
