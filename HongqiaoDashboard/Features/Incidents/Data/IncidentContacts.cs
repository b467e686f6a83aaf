using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Vault;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Reads and reveals contacts.</summary>
internal sealed class IncidentContacts(IReadDoor door, IWriteLane lane, IDataVault vault, IncidentJournal journal) : IIncidentContacts
{
    private const string Revealed = "contact.revealed";

    public Task<ContactGlimpse> LookAsync(string number, Actor actor, CancellationToken cancellation = default) => Task.Run(
        () =>
        {
            var kept = Find(number, actor);
            if (kept is null or "")
            {
                return new ContactGlimpse(kept is null ? ContactState.None : ContactState.NotKept);
            }

            var (contact, fault) = IncidentContact.Read(vault, kept);
            return contact is null
                ? new ContactGlimpse(ContactState.Unreadable, Fault: fault)
                : new ContactGlimpse(ContactState.Kept, ContactMask.Name(contact), ContactMask.Phone(contact.Phone), ContactMask.Email(contact.Email));
        },
        cancellation);

    public async Task<ReporterContact> RevealAsync(string number, string reason, Actor actor, CancellationToken cancellation = default)
    {
        try
        {
            return await ShowAsync(number, reason.Trim(), actor, cancellation);
        }
        catch (RefusedException e)
        {
            await RecordRefusalAsync(number, reason.Trim(), e.Refusal, actor);
            throw;
        }
    }

    private async Task<ReporterContact> ShowAsync(string number, string reason, Actor actor, CancellationToken cancellation)
    {
        if (reason.Length == 0)
        {
            throw new RefusedException("ReasonMissing");
        }

        if (reason.Length > IIncidentContacts.LongestReason)
        {
            throw new RefusedException("TextTooLong", IIncidentContacts.LongestReason);
        }

        // Asked first: the log shall not say that something was shown which nobody could read.
        if (await LookAsync(number, actor, cancellation) is { State: ContactState.Unreadable or ContactState.NotKept })
        {
            throw new RefusedException("ContactUnreadable");
        }

        var detail = new IncidentEventDetail { Text = PersonalNumbers.Mask(reason) };
        var kept = await lane.WriteAsync(
            session =>
            {
                var incident = session.Context.Set<Incident>().AsNoTracking().FirstOrDefault(i => i.Number == number);
                if (incident is null || !IncidentReadScope.Covers(actor, incident))
                {
                    throw new RefusedException("NotFound", number);
                }

                var contact = session.Context.Set<IncidentContact>().AsNoTracking().FirstOrDefault(c => c.IncidentId == incident.Id)
                    ?? throw new RefusedException("ContactGone");
                var after = journal.Append(session, incident, IncidentEventKind.ContactRevealed, session.Now, detail, actor);
                session.Audit(new AuditRecord(Revealed, number) { Facts = [new("reason", reason), new("entry", after.LastSeq)] }, actor);
                return contact.Protected;
            },
            cancellation);
        return IncidentContact.Read(vault, kept).Contact ?? throw new RefusedException("ContactUnreadable");
    }

    // A case that somebody does not see does not exist for them; the trail says that they may not, whether there is one or not.
    private async Task RecordRefusalAsync(string number, string reason, Refusal refusal, Actor actor)
    {
        var record = new AuditRecord(Revealed, number, refusal.Code == "NotFound" ? AuditResult.Denied : AuditResult.Refused)
        {
            Facts = [new("reason", reason), new("cause", refusal.Code)],
        };
        try
        {
            await lane.AuditAsync(record, actor);
        }
        catch (StorageUnavailableException)
        {
            // Nothing was shown, and the refusal says more to whoever asked.
        }
    }

    // What is stored for a case that the actor sees; the table itself is shut to whoever has a scope, like the log.
    private string? Find(string number, Actor actor)
    {
        using var own = door.Open(actor);
        if (own.Query<Incident>().Where(i => i.Number == number).Select(i => (long?)i.Id).FirstOrDefault() is not { } id)
        {
            return null;
        }

        using var all = door.Open(Actor.System);
        return all.Query<IncidentContact>().Where(c => c.IncidentId == id).Select(c => c.Protected).FirstOrDefault();
    }
}
