using System.Threading.RateLimiting;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Intake.Keys;
using Microsoft.Extensions.Options;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>The methods of GeoReport v2. Each returns its document or throws what is wrong with the call.</summary>
internal sealed class Open311Endpoints(
    ServiceDocuments services, RequestDocuments requests, UpdateDocuments updates, RequestReading reading, CaseEntryReading entries,
    ReportReading reports, ReportTokens tokens, UpdatePosting posting, IIncidentDesk desk,
    IIncidentCatalog catalog, IGridDirectory grids, TimeProvider clock, IOptions<Open311Options> options) : IDisposable
{
    // Work that is going on at a time; what waits beyond the queue is told to come again.
    private readonly ConcurrencyLimiter _work = new(new ConcurrencyLimiterOptions
    {
        PermitLimit = 256, QueueLimit = 4096, QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
    });

    /// <summary>GET discovery.</summary>
    public Task<WireDocument> DiscoveryAsync(Open311Call call)
    {
        CheckJurisdiction(call);
        var request = call.Http.Request;
        return Task.FromResult(services.Discovery($"{request.Scheme}://{request.Host}{request.PathBase}{Open311Routes.Version2}"));
    }

    /// <summary>GET services.</summary>
    public Task<WireDocument> ServicesAsync(Open311Call call)
    {
        CheckJurisdiction(call);
        return Task.FromResult(services.Services(call.Language));
    }

    /// <summary>GET services/{code}.</summary>
    public Task<WireDocument> DefinitionAsync(Open311Call call)
    {
        CheckJurisdiction(call);
        var code = call.Route("code");
        return Task.FromResult(services.Definition(code, call.Language)
            ?? throw Open311Fault.Unknown("ServiceUnknown", Open311Fault.Quote(code)).ToException());
    }

    /// <summary>POST requests.</summary>
    public async Task<WireDocument> ReportAsync(Open311Call call)
    {
        var request = call.Http.Request;
        var fields = await FormBody.ReadAsync(request, call.Aborted);
        var caller = call.Poster(fields);
        CheckJurisdiction(call, fields);
        var report = reports.Read(fields, caller.Reporter!, IdempotencyHeader(request));
        if (grids.Current.Locate(report.Point) is { } grid && !caller.Actor.Reaches(grid.Code))
        {
            throw Open311Fault.NotAllowed("KeyOfOtherPlace", caller.Actor.ScopeCode!).ToException();
        }

        string? token = null;
        var fresh = catalog.Type(report.Type) is { AnswersByToken: true } ? ReportTokens.New() : null;
        report = report with { Beside = (session, taken) => token = ReportTokens.Keep(session, taken, fresh) };

        using var permit = await AcquireAsync(call);
        var receipt = await desk.ReportAsync(report, caller.Actor, call.Aborted);
        return requests.Receipt(receipt.Incident, token, call.Language);
    }

    /// <summary>GET requests.</summary>
    public async Task<WireDocument> ListAsync(Open311Call call)
    {
        var caller = call.Reader();
        CheckJurisdiction(call);
        var filter = RequestFilter.Read(call.Query, catalog, grids.Current.TimeZone, clock.GetUtcNow());

        using var permit = await AcquireAsync(call);
        var found = await reading.ListAsync(filter, caller, call.Aborted);
        var history = filter.Extensions ? await entries.OfAsync(found, call.Aborted) : null;
        return requests.Requests(found, caller.Reporter, call.Language, history);
    }

    /// <summary>GET requests/{id}.</summary>
    public async Task<WireDocument> RequestAsync(Open311Call call)
    {
        var caller = call.Reader();
        CheckJurisdiction(call);
        var number = call.Route("id");
        var extensions = RequestFilter.ReadExtensions(call.Query);

        using var permit = await AcquireAsync(call);
        var found = await reading.FindAsync(number, caller, call.Aborted)
            ?? throw Open311Fault.Unknown("RequestUnknown", Open311Fault.Quote(number)).ToException();
        var history = extensions ? await entries.OfAsync([found], call.Aborted) : null;
        return requests.Requests([found], caller.Reporter, call.Language, history);
    }

    /// <summary>GET tokens/{token}: whoever has it was given it.</summary>
    public async Task<WireDocument> TokenAsync(Open311Call call)
    {
        var caller = call.Reader();
        CheckJurisdiction(call);
        var token = call.Route("token");

        using var permit = await AcquireAsync(call);
        return await tokens.NumberOfAsync(token, caller, call.Aborted) is { } number
            ? RequestDocuments.Token(token, number)
            : throw Open311Fault.Unknown("TokenUnknown", Open311Fault.Quote(token)).ToException();
    }

    /// <summary>GET servicerequestupdates.</summary>
    public async Task<WireDocument> UpdatesAsync(Open311Call call)
    {
        var caller = call.Reader();
        CheckJurisdiction(call);
        var filter = UpdateFilter.Read(call.Query, grids.Current.TimeZone, clock.GetUtcNow());

        using var permit = await AcquireAsync(call);
        return updates.Updates(await entries.ListAsync(filter, caller, call.Aborted), caller.Reporter, call.Language);
    }

    /// <summary>POST servicerequestupdates.</summary>
    public async Task<WireDocument> PostUpdateAsync(Open311Call call)
    {
        var fields = await FormBody.ReadAsync(call.Http.Request, call.Aborted);
        var caller = call.Poster(fields);
        CheckJurisdiction(call, fields);
        var update = PostedUpdateForm.Read(fields, grids.Current.TimeZone);

        using var permit = await AcquireAsync(call);
        await posting.StoreAsync(update, caller, call.Aborted);
        return UpdateDocuments.Receipt(update.UpdateId);
    }

    /// <summary>Everything else below the interface's path.</summary>
    public static Task<WireDocument> NowhereAsync(Open311Call call)
    {
        var request = call.Http.Request;
        throw (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsPost(request.Method)
            ? Open311Fault.Unknown("ResourceUnknown", request.Method)
            : new Open311Fault(StatusCodes.Status405MethodNotAllowed, "MethodUnknown")).ToException();
    }

    public void Dispose() => _work.Dispose();

    // Null without one; a header that stands twice counts as one that is empty, and that is refused.
    private static string? IdempotencyHeader(HttpRequest request)
    {
        var values = request.Headers[IdempotencyMark.Header];
        return values.Count == 0 ? null : values.Count == 1 ? values[0] ?? "" : "";
    }

    // May be left out; a caller that names another jurisdiction is at the wrong server.
    private void CheckJurisdiction(Open311Call call, FormFields? fields = null)
    {
        const string parameter = "jurisdiction_id";
        var ours = options.Value.JurisdictionId;
        if ((fields?[parameter] ?? call.Query[parameter]) is { } named && !string.Equals(named, ours, StringComparison.OrdinalIgnoreCase))
        {
            throw Open311Fault.Unknown("JurisdictionUnknown", ours).ToException();
        }
    }

    private async Task<RateLimitLease> AcquireAsync(Open311Call call)
    {
        var permit = await _work.AcquireAsync(1, call.Aborted);
        if (permit.IsAcquired)
        {
            return permit;
        }

        permit.Dispose();
        throw Open311Fault.Later("Busy").ToException();
    }
}
