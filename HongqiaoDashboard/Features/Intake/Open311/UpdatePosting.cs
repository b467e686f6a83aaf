using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Data;
using HongqiaoDashboard.Features.Intake.Keys;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>An update as it was posted.</summary>
/// <param name="Number">Number of the case.</param>
/// <param name="UpdateId">What its sender calls it.</param>
/// <param name="Status">What its sender says of the case.</param>
/// <param name="Description">The sender's words.</param>
/// <param name="MediaUrl">Address of a photograph elsewhere.</param>
internal sealed record PostedUpdateForm(string Number, string UpdateId, string Status, string Description, string? MediaUrl)
{
    private const int LongestId = 200;

    private static readonly string[] Statuses =
    [
        "OPEN", "CLOSED", "FIXED", "IN_PROGRESS", "PLANNED", "ACTION_SCHEDULED", "INVESTIGATING", "DUPLICATE", "NOT_COUNCILS_RESPONSIBILITY",
        "NO_FURTHER_ACTION", "INTERNAL_REFERRAL", "CANCELLED", "REOPEN",
    ];

    /// <summary>Reads a form. Who wrote the update is not asked: name, address and account are neither needed nor kept.</summary>
    /// <exception cref="Open311FaultException">Lists every fault.</exception>
    public static PostedUpdateForm Read(FormFields fields, TimeZoneInfo zone)
    {
        var faults = new List<Open311Fault>();
        faults.AddRange(fields.Repeated.Select(name => Open311Fault.BadCall("ParameterTwice", Open311Fault.Quote(name))));
        var update = new PostedUpdateForm(
            FormText.Required(fields, "service_request_id", LongestId, faults).Trim(),
            FormText.Required(fields, "update_id", LongestId, faults),
            FormText.Required(fields, "status", LongestId, faults),
            FormText.Required(fields, "description", ReportReading.LongestDescription, faults, lines: true),
            FormText.MediaUrl(fields, faults));
        if (update.Status.Length > 0 && !Statuses.Contains(update.Status))
        {
            faults.Add(Open311Fault.BadCall("UpdateStatusWrong", string.Join(", ", Statuses)));
        }

        // When its sender made it; the log keeps when it came in.
        const string when = "updated_datetime";
        var instant = FormText.Required(fields, when, LongestId, faults);
        if (instant.Length > 0 && !(instant.Contains('T', StringComparison.OrdinalIgnoreCase) && W3cDates.TryParse(instant.Trim(), zone, out _)))
        {
            faults.Add(Open311Fault.BadCall("DateTimeWrong", when));
        }

        return faults.Count == 0 ? update : throw new Open311FaultException(faults);
    }
}

/// <summary>Takes in updates of other programs: a remark for the operators, or the reopening that a reporter may ask for.</summary>
internal sealed class UpdatePosting(IIncidentDesk desk, Disclosure disclosure)
{
    private static readonly Func<AppDbContext, string, PostedUpdate?> ByKey = EF.CompileQuery(
        (AppDbContext context, string key) => context.Set<PostedUpdate>().AsNoTracking().FirstOrDefault(u => u.Key == key));

    /// <summary>Stores an update, once.</summary>
    /// <exception cref="Open311FaultException">The case is not the caller's, or the update's name stands for another case.</exception>
    public Task StoreAsync(PostedUpdateForm update, Open311Caller caller, CancellationToken cancellation)
    {
        var key = IdempotencyMark.OfUpdate(caller.Reporter!, update.UpdateId);
        return desk.MoveAsync(update.Number, (session, incident) => Choose(session, incident, update, key, caller.Reporter), caller.Actor, cancellation);
    }

    private IncidentMove? Choose(WriteSession session, Incident incident, PostedUpdateForm update, string key, string? reporter)
    {
        if (!Disclosure.IsOwn(incident, reporter))
        {
            // Told apart as reading tells them apart: a case that only its reporter may know of does not exist for others.
            throw (disclosure.IsListed(incident)
                ? Open311Fault.NotAllowed("RequestOfAnother", incident.Number)
                : Open311Fault.Unknown("RequestUnknown", incident.Number)).ToException();
        }

        if (ByKey(session.Context, key) is { } known)
        {
            return known.IncidentId == incident.Id ? null : throw Open311Fault.BadCall("UpdateIdTaken", Open311Fault.Quote(update.UpdateId)).ToException();
        }

        session.Hot<PostedUpdate>().Insert(new PostedUpdate { Key = key, IncidentId = incident.Id });
        return new IncidentMove(Reopens(incident, update) ? IncidentEventKind.Reopened : IncidentEventKind.Noted)
        {
            Text = update.Description, UpdateId = update.UpdateId, UpdateStatus = update.Status, MediaUrl = update.MediaUrl,
        };
    }

    // No status from outside closes a case, or moves it on: only the reporter's dissatisfaction counts, and only once.
    private bool Reopens(Incident incident, PostedUpdateForm update) =>
        update.Status is "REOPEN" or "OPEN" && incident.Reopenings == 0 && desk.LegalMoves(incident).Contains(IncidentEventKind.Reopened);
}
