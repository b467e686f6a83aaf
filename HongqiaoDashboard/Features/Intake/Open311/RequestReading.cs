using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.EntityFrameworkCore;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Reads cases for the interface: through the door, as a page of SQL, and already without what the reader may not list.</summary>
internal sealed class RequestReading(IReadDoor door, Disclosure disclosure)
{
    /// <summary>The cases that a filter finds, newest first.</summary>
    public async Task<IReadOnlyList<Incident>> ListAsync(RequestFilter filter, Open311Caller caller, CancellationToken cancellation)
    {
        await using var read = door.Open(caller.Actor);
        // Who names cases asks for these; all others get a list, and in that only listed categories stand, whoever reads.
        var cases = filter.Numbers.Count > 0 ? Known(read, caller) : Listed(read);
        if (filter.Numbers.Count > 0)
        {
            cases = cases.Where(i => filter.Numbers.Contains(i.Number));
        }
        else
        {
            var (from, until) = (filter.Span.From, filter.Span.Until);
            cases = cases.Where(i => i.ReportedAt >= from && i.ReportedAt < until);
            cases = filter.Types.Count > 0 ? cases.Where(i => filter.Types.Contains(i.Type)) : cases;
            cases = filter.Open switch
            {
                true => cases.Where(i => i.State != IncidentState.Closed && i.State != IncidentState.Rejected && i.State != IncidentState.Merged),
                false => cases.Where(i => i.State == IncidentState.Closed || i.State == IncidentState.Rejected || i.State == IncidentState.Merged),
                null => cases,
            };
        }

        return await cases.OrderByDescending(i => i.ReportedAt).ThenByDescending(i => i.Id)
            .Skip(filter.Page.Skip).Take(filter.Page.Size).ToListAsync(cancellation);
    }

    /// <summary>One case, or null when there is none that the reader may know of.</summary>
    public async Task<Incident?> FindAsync(string number, Open311Caller caller, CancellationToken cancellation)
    {
        await using var read = door.Open(caller.Actor);
        return await Known(read, caller).FirstOrDefaultAsync(i => i.Number == number, cancellation);
    }

    private IQueryable<Incident> Listed(ReadSession read) => disclosure.Listed(read.Query<Incident>());

    private IQueryable<Incident> Known(ReadSession read, Open311Caller caller)
    {
        if (caller.Reporter is not { } reporter)
        {
            return Listed(read);
        }

        var listed = disclosure.ListedCategories;
        return read.Query<Incident>().Where(i => listed.Contains(i.Category) || i.Reporter == reporter);
    }
}
