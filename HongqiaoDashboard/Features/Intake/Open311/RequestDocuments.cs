using System.Globalization;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Maps cases to service requests.</summary>
internal sealed class RequestDocuments(IIncidentCatalog catalog, IGridDirectory grids, Disclosure disclosure, CaseEntryWords words)
{
    private const string Root = "service_requests";
    private const string Item = "request";

    /// <summary>The answer to a report: its number, or the token that stands for it until it is asked for.</summary>
    public WireDocument Receipt(Incident incident, string? token, CultureInfo language) => new(Root, new WireList(Item, [new WireRecord(
        token is null ? ("service_request_id", incident.Number) : ("token", token),
        ("service_notice", Notice(incident, language)),
        ("account_id", WireNode.Null))]));

    /// <summary>The number behind a token.</summary>
    public static WireDocument Token(string token, string number) =>
        new(Root, new WireList(Item, [new WireRecord(("service_request_id", number), ("token", token))]));

    /// <summary>Cases as a reader may see them.</summary>
    /// <param name="incidents">The cases.</param>
    /// <param name="reporter">Who reads; null for anyone.</param>
    /// <param name="language">Language of our sentences.</param>
    /// <param name="entries">What happened to them, where extensions are asked for.</param>
    public WireDocument Requests(IEnumerable<Incident> incidents, string? reporter, CultureInfo language, ILookup<long, CaseEntry>? entries = null) =>
        new(Root, new WireList(Item, [.. incidents.Select(i => Request(i, reporter, language, entries))]));

    /// <summary>Everything that was wrong with a call.</summary>
    public static WireDocument Errors(IEnumerable<Open311Fault> faults, CultureInfo language) =>
        new("errors", new WireList("error", [.. faults.Select(fault => new WireRecord(
            ("code", fault.Status.ToString(CultureInfo.InvariantCulture)),
            ("description", Open311Texts.Get(language, fault.Key, fault.Arguments))))]));

    private WireRecord Request(Incident incident, string? reporter, CultureInfo language, ILookup<long, CaseEntry>? entries)
    {
        var zone = grids.Current.TimeZone;
        var own = Disclosure.IsOwn(incident, reporter);
        var type = catalog.Type(incident.Type);
        var department = catalog.Department(incident.Department ?? type?.Department ?? "");
        var point = disclosure.PointFor(incident, reporter);
        return new WireRecord(
        [
            ("service_request_id", incident.Number),
            ("status", incident.State.IsOpen() ? "open" : "closed"),
            ("status_notes", Notes(incident, own, language)),
            ("service_name", type is null ? incident.Type : new BothNames(type.Name, type.NameEn).In(language)),
            ("service_code", incident.Type),
            ("description", own ? PersonalNumbers.Mask(incident.Description) : null),
            ("agency_responsible", department is null ? null : new BothNames(department.Name, department.NameEn).In(language)),
            ("service_notice", Notice(incident, language)),
            ("requested_datetime", W3cDates.Write(incident.ReportedAt, zone)),
            ("updated_datetime", W3cDates.Write(Updated(incident), zone)),
            ("expected_datetime", Expected(incident) is { } expected ? W3cDates.Write(expected, zone) : null),
            ("address", own ? PersonalNumbers.Mask(incident.Address) : null),
            ("address_id", WireNode.Null),
            ("zipcode", WireNode.Null),
            ("lat", point is { } p ? p.Latitude : WireNode.Null),
            ("long", point is { } q ? q.Longitude : WireNode.Null),
            ("media_url", own ? PersonalNumbers.Mask(incident.MediaUrl) : null),
            .. (entries is null ? [] : Extensions(incident, entries[incident.Id], own, reporter, language)),
        ]);
    }

    // The specification wants the date of closing for a closed case, whatever was remarked since.
    private static DateTimeOffset Updated(Incident incident) =>
        incident is { State: IncidentState.Closed, ClosedAt: { } closed } ? closed : incident.UpdatedAt;

    // Answers are the reporter's words like the description.
    private (string, WireNode)[] Extensions(Incident incident, IEnumerable<CaseEntry> entries, bool own, string? reporter, CultureInfo language) =>
    [
        ("attributes", new WireRecord([.. own ? AttributeAnswers.Stored(incident.Attributes) : []])),
        ("notes", new WireList("note", [.. entries.Select(entry => new WireRecord(
            ("datetime", W3cDates.Write(entry.At, grids.Current.TimeZone)),
            ("description", words.Description(entry, reporter, language)),
            ("type", CaseEntryWords.Type(entry))))])),
    ];

    // While the clock runs: the next promise. Afterwards: what was promised. A case that is not taken on has no promise.
    private static DateTimeOffset? Expected(Incident incident) => incident.State switch
    {
        IncidentState.Rejected or IncidentState.Merged or IncidentState.Suspended => null,
        _ => incident.DueAt ?? incident.CloseBy,
    };

    private string? Notice(Incident incident, CultureInfo language)
    {
        if (incident.State == IncidentState.Suspended)
        {
            return Open311Texts.Get(language, "NoticeSuspended");
        }

        if (incident.DueAt is not { } due)
        {
            return null;
        }

        var local = grids.Current.TimeZone.At(due).ToString(Open311Texts.Get(language, "NoticeTimeFormat"), CultureInfo.InvariantCulture);
        return Open311Texts.Get(language, incident.ResolvedAt is null ? "NoticeResolveBy" : "NoticeCloseBy", local);
    }

    // Words of whoever moved the case are for its reporter only; everyone else reads the state in a sentence of ours.
    private static string? Notes(Incident incident, bool own, CultureInfo language)
    {
        var state = incident.State switch
        {
            IncidentState.Resolved or IncidentState.Verified or IncidentState.Closed or IncidentState.Rejected or IncidentState.Suspended =>
                Open311Texts.Get(language, "Notes" + incident.State),
            IncidentState.Merged => Open311Texts.Get(language, "NotesMerged", incident.MergedInto ?? ""),
            _ => null,
        };
        var words = own ? PersonalNumbers.Mask(incident.StatusNotes) : null;
        return (state, words) switch
        {
            (null, _) => words,
            (_, null or "") => state,
            _ => Open311Texts.Get(language, "NotesWithWords", state, words),
        };
    }
}
