using System.Linq.Expressions;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Kind = HongqiaoDashboard.Features.Incidents.Contracts.IncidentEventKind;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>An entry of the log with what is needed to tell it outside.</summary>
/// <param name="Seq">Its place in the log.</param>
/// <param name="IncidentId">Key of the case.</param>
/// <param name="Number">Number of the case.</param>
/// <param name="Reporter">Who posted the case.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When.</param>
/// <param name="To">State after it.</param>
/// <param name="ActorId">Who did it.</param>
/// <param name="Detail">What they named.</param>
internal sealed record CaseEntry(
    long Seq, long IncidentId, string Number, string? Reporter, Kind Kind, DateTimeOffset At, IncidentState To, string ActorId, IncidentEventDetail Detail)
{
    /// <summary>Whether the reader posted the case.</summary>
    public bool IsOwnCase(string? reporter) => reporter is not null && Reporter == reporter;

    /// <summary>Whether the reader brought the entry itself.</summary>
    public bool IsOwn(string? reporter) => reporter is not null && Detail.UpdateId is not null && ActorId == Open311Caller.IdOf(reporter);
}

/// <summary>Which updates a call asks for.</summary>
/// <param name="Span">When they happened.</param>
/// <param name="Page">Which part of the list.</param>
internal sealed record UpdateFilter(DateSpan Span, WirePage Page)
{
    /// <summary>What is listed without dates.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(2);

    /// <summary>Reads the query.</summary>
    /// <exception cref="Open311FaultException">Lists every fault.</exception>
    public static UpdateFilter Read(QueryParameters query, TimeZoneInfo zone, DateTimeOffset now)
    {
        var faults = new List<Open311Fault>();
        var filter = new UpdateFilter(DateSpan.Read(query, Usual, zone, now, faults), WirePage.Read(query, faults));
        return faults.Count == 0 ? filter : throw new Open311FaultException(faults);
    }
}

/// <summary>
/// Reads the log for the interface. What changes nothing for the reporter is left out: remarks that operators make to each
/// other, re-gridding, recounting, and who looked at a contact.
/// </summary>
internal sealed class CaseEntryReading(IReadDoor door, Disclosure disclosure)
{
    /// <summary>Most entries that one case brings as notes: the newest.</summary>
    public const int MostNotes = 100;

    private static readonly Kind[] Silent = [Kind.Regridded, Kind.Recounted, Kind.ContactRevealed];

    // A remark is told when a program brought it.
    private static readonly Expression<Func<IncidentEvent, bool>> IsTold =
        e => !Silent.Contains(e.Kind) && (e.Kind != Kind.Noted || e.ActorId.StartsWith(KeyPrint.IdPrefix));

    private static readonly Expression<Func<Row, CaseEntry>> Told = row => new CaseEntry(
        row.Entry.Seq, row.Entry.IncidentId, row.Case.Number, row.Case.Reporter, row.Entry.Kind, row.Entry.At, row.Entry.To, row.Entry.ActorId, row.Entry.Detail);

    /// <summary>What happened to listed cases, in order. The report itself is no update.</summary>
    public async Task<IReadOnlyList<CaseEntry>> ListAsync(UpdateFilter filter, Open311Caller caller, CancellationToken cancellation)
    {
        var (from, until) = (filter.Span.From, filter.Span.Until);
        // The log as a whole is shut to whoever has a scope, so the scope is put on the cases that the entries belong to.
        await using var read = door.Open(Actor.System);
        var cases = disclosure.Listed(read.QueryFor<Incident>(caller.Actor));
        return await Joined(read.Query<IncidentEvent>().Where(IsTold).Where(e => e.At >= from && e.At < until && e.Kind != Kind.Reported), cases)
            .OrderBy(row => row.Entry.At).ThenBy(row => row.Entry.Seq).Skip(filter.Page.Skip).Take(filter.Page.Size).Select(Told)
            .ToListAsync(cancellation);
    }

    /// <summary>What happened to cases that the reader has been given.</summary>
    public async Task<ILookup<long, CaseEntry>> OfAsync(IReadOnlyList<Incident> given, CancellationToken cancellation)
    {
        var ids = given.Select(i => i.Id).ToList();
        await using var read = door.Open(Actor.System);
        var entries = await Joined(read.Query<IncidentEvent>().Where(IsTold).Where(e => ids.Contains(e.IncidentId)), read.Query<Incident>())
            .OrderBy(row => row.Entry.Seq).Select(Told).ToListAsync(cancellation);
        return entries.GroupBy(e => e.IncidentId).SelectMany(group => group.TakeLast(MostNotes)).ToLookup(e => e.IncidentId);
    }

    private static IQueryable<Row> Joined(IQueryable<IncidentEvent> entries, IQueryable<Incident> cases) =>
        entries.Join(cases, e => e.IncidentId, i => i.Id, (e, i) => new Row { Entry = e, Case = i });

    private sealed class Row
    {
        public required IncidentEvent Entry { get; init; }
        public required Incident Case { get; init; }
    }
}
