using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Incidents.Data;

/// <summary>Judges historic cases outside the lane, and inside it only numbers and writes them.</summary>
internal sealed class IncidentHistory(
    IReadDoor door, IWriteLane lane, IGridDirectory grids, IIncidentCatalog catalog, IncidentDecision decision, IncidentJournal journal,
    TimeProvider clock) : IIncidentHistory
{
    private const int LongestId = 200;

    public HistoricFault? Judge(HistoricCase historic, out HistoricDraft? draft)
    {
        draft = null;
        historic = Cut(historic);
        if (historic.ExternalId.Length is 0 or > LongestId || historic.ExternalId.Any(char.IsControl))
        {
            return new(new Refusal("ExternalIdBad", LongestId));
        }

        if (catalog.Type(historic.Type) is not { } type)
        {
            return new(new Refusal("UnknownType", historic.Type));
        }

        if (historic.Department is { } department && catalog.Department(department) is null)
        {
            return new(new Refusal("UnknownDepartment", department));
        }

        if (historic.Steps.Select(step => step.Text).Append(historic.Description).Append(historic.Result).Append(historic.Address)
            .Any(text => text?.Length > IncidentDecision.LongestText))
        {
            return new(new Refusal("TextTooLong", IncidentDecision.LongestText));
        }

        return HistoricOrder.Judge(historic, clock.GetUtcNow(), out var steps) ?? Draft(historic, type, steps, out draft);
    }

    public IReadOnlySet<string> Known(IReadOnlyCollection<string> externalIds)
    {
        using var read = door.Open(Actor.System);
        return KnownAmong(read.Query<Incident>(), externalIds);
    }

    public Task<IReadOnlyList<bool>> StoreAsync(IReadOnlyList<HistoricDraft> drafts, Actor actor, CancellationToken cancellation = default) =>
        lane.WriteAsync<IReadOnlyList<bool>>(session => Store(session, drafts, actor), cancellation);

    // As a list of one parameter, so that the statement is prepared once and the unique index answers it.
    private static HashSet<string> KnownAmong(IQueryable<Incident> rows, IReadOnlyCollection<string> externalIds) =>
        [.. rows.Where(i => EF.Parameter(externalIds).Contains(i.ExternalId!)).Select(i => i.ExternalId!)];

    private bool[] Store(WriteSession session, IReadOnlyList<HistoricDraft> drafts, Actor actor)
    {
        var known = KnownAmong(session.Context.Set<Incident>().AsNoTracking(), [.. drafts.Select(draft => draft.Source.ExternalId)]);
        var edition = grids.Current;
        var isNew = new bool[drafts.Count];
        for (var i = 0; i < isNew.Length; i++)
        {
            var draft = drafts[i];
            if (isNew[i] = known.Add(draft.Source.ExternalId))
            {
                Write(session, ReferenceEquals(draft.Edition, edition) ? draft : Placed(draft, edition), edition.TimeZone, actor);
            }
        }

        return isNew;
    }

    // Judged before another edition came into force, written after: an open case belongs in the new one, if it lies there.
    private static HistoricDraft Placed(HistoricDraft draft, GridEdition edition) =>
        draft.Entries.Any(entry => entry.Kind is Kind.Closed or Kind.Rejected) || edition.Locate(draft.Source.Point) is not { } grid
            ? draft
            : new HistoricDraft(draft.Source, draft.Begun with { GridCode = grid.Code }, draft.Report, draft.Entries, edition);

    private void Write(WriteSession session, HistoricDraft draft, TimeZoneInfo zone, Actor actor) => journal.BeginHistory(
        session,
        draft.Begun with { Id = session.Next(IncidentDesk.IdSequence), Number = IncidentDesk.NextNumber(session, zone.DayOf(draft.Begun.ReportedAt)) },
        draft.Report, draft.Entries, actor);

    private HistoricFault? Draft(HistoricCase historic, IncidentType type, List<HistoricStep> steps, out HistoricDraft? draft)
    {
        draft = null;
        var current = grids.Current;
        var zone = current.TimeZone;
        var isOver = steps is [.., { Kind: Kind.Closed or Kind.Rejected }];
        var edition = isOver ? grids.At(zone.DayOf(historic.ReportedAt)) : current;
        if (edition.Locate(historic.Point) is not { } grid)
        {
            return new(new Refusal("PointOutside", historic.Point.Latitude, historic.Point.Longitude, edition.Name));
        }

        var severity = historic.Severity ?? type.Severity;
        var (promised, fault) = HistoricLife.Promise(decision.Promise(type, severity, historic.ReportedAt, zone), historic);
        if (promised is null)
        {
            return fault;
        }

        var begun = Begin(historic, type, severity, grid.Code, promised, isDispatched: steps.Exists(step => step.Kind == Kind.Dispatched));
        var (entries, _) = HistoricLife.Live(begun, steps, historic, decision.CalendarOf(begun), zone);
        draft = new HistoricDraft(historic, begun, promised with { ResolveBy = null, CloseBy = null }, entries, current);
        return null;
    }

    private static Incident Begin(
        HistoricCase historic, IncidentType type, IncidentSeverity severity, string grid, IncidentEventDetail promised, bool isDispatched) => new()
    {
        Id = 0,
        Number = "",
        Version = 1,
        State = IncidentState.Reported,
        Category = type.Category,
        Type = type.Code,
        Severity = severity,
        GridCode = grid,
        Latitude = historic.Point.Latitude,
        Longitude = historic.Point.Longitude,
        Address = historic.Address,
        Description = historic.Description,
        MediaUrl = historic.MediaUrl,
        Attributes = historic.Attributes,
        Source = historic.Source,
        ExternalId = historic.ExternalId,
        ReportedAt = historic.ReportedAt,
        ResolveBy = promised.ResolveBy!.Value,
        CloseBy = promised.CloseBy!.Value,
        DueAt = promised.ResolveBy,
        Policy = promised.Policy!,
        Clock = promised.Clock,
        // Records that name a department but no dispatching: the case has it from the start.
        Department = isDispatched ? null : historic.Department,
        UpdatedAt = historic.ReportedAt,
        LastSeq = 0,
    };

    // Whole milliseconds in UTC, as every stored instant: what is judged is what is read back.
    private static HistoricCase Cut(HistoricCase historic) => historic with
    {
        ReportedAt = Cut(historic.ReportedAt),
        ResolveBy = historic.ResolveBy is { } resolve ? Cut(resolve) : null,
        CloseBy = historic.CloseBy is { } close ? Cut(close) : null,
        Steps = historic.Steps.Count == 0 ? [] : [.. historic.Steps.Select(step => step with { At = Cut(step.At), Until = step.Until is { } until ? Cut(until) : null })],
    };

    private static DateTimeOffset Cut(DateTimeOffset instant) => DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());
}
