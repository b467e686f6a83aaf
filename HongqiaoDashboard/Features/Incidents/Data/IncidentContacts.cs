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
        reason = reason.Trim();
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
                if (incident is null || (actor.ScopeCode is { } scope && !incident.GridCode.StartsWith(scope, StringComparison.Ordinal)))
                {
                    throw new RefusedException("NotFound", number);
                }

                var contact = session.Context.Set<IncidentContact>().AsNoTracking().FirstOrDefault(c => c.IncidentId == incident.Id)
                    ?? throw new RefusedException("ContactGone");
                var after = journal.Append(session, incident, IncidentEventKind.ContactRevealed, session.Now, detail, actor);
                // Not the reason, which is whoever's own words: it stands in the case's log, in the entry of this number.
                session.Audit(new AuditRecord("contact.revealed", number) { Facts = [new("entry", after.LastSeq)] }, actor);
                return contact.Protected;
            },
            cancellation);
        return IncidentContact.Read(vault, kept).Contact ?? throw new RefusedException("ContactUnreadable");
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
