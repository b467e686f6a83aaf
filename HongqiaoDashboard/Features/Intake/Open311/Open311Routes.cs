using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Platform.Web.Guard;
using Microsoft.AspNetCore.Mvc;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Paths of the interface, and how an answer or a fault becomes a response.</summary>
internal static class Open311Routes
{
    /// <summary>Everything below it answers in the interface's own shape, errors included.</summary>
    public const string Root = "/open311";

    /// <summary>The second version.</summary>
    public const string Version2 = Root + "/v2";

    // A body that is too long is told in words; whoever sends it must be able to send it to the end to hear them.
    private const int BodyPatience = 16;

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Maps all methods in both formats.</summary>
    public static void Map(IEndpointRouteBuilder app)
    {
        var endpoints = app.ServiceProvider.GetRequiredService<Open311Endpoints>();
        // Reading needs no key, and shows only what everyone may know; a key is judged by each call itself, since it may stand in a form.
        var root = app.MapGroup(Root).AllowAnonymous()
            // An empty 403 is turned into an answer by Open311Guard, not into a page.
            .WithMetadata(new SkipStatusCodePagesAttribute(), new ForPrograms(), new RequestSizeLimitAttribute(FormBody.LongestBody * BodyPatience));
        foreach (var format in WireFormats.All)
        {
            var suffix = format.Suffix();
            void Get(string path, Func<Open311Call, Task<WireDocument>> method) => root.MapMethods($"{path}.{suffix}", Reading, Answer(format, method));

            Get("/discovery", endpoints.DiscoveryAsync);
            Get("/v2/services", endpoints.ServicesAsync);
            Get("/v2/services/{code}", endpoints.DefinitionAsync);
            Get("/v2/requests", endpoints.ListAsync);
            Get("/v2/requests/{id}", endpoints.RequestAsync);
            Get("/v2/tokens/{token}", endpoints.TokenAsync);
            Get("/v2/servicerequestupdates", endpoints.UpdatesAsync);
            root.MapPost($"/v2/requests.{suffix}", Answer(format, endpoints.ReportAsync));
            root.MapPost($"/v2/servicerequestupdates.{suffix}", Answer(format, endpoints.PostUpdateAsync));
        }

        root.Map("/{**rest}", http => Answer(FormatOf(http), Open311Endpoints.NowhereAsync)(http));
    }

    /// <summary>The format that a path ends in; JSON when it names none.</summary>
    public static WireFormat FormatOf(HttpContext http) =>
        http.Request.Path.Value?.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) == true ? WireFormat.Xml : WireFormat.Json;

    /// <summary>Writes faults; the first one decides the status.</summary>
    public static Task WriteAsync(HttpContext http, WireFormat format, IReadOnlyList<Open311Fault> faults)
    {
        http.Response.StatusCode = faults[0].Status;
        if (faults[0].Status == StatusCodes.Status503ServiceUnavailable)
        {
            http.Response.Headers.RetryAfter = "5";
        }
        else if (faults[0] is { Status: StatusCodes.Status429TooManyRequests, Arguments: [int seconds] })
        {
            http.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        else if (faults[0].Status == StatusCodes.Status405MethodNotAllowed)
        {
            http.Response.Headers.Allow = "GET, HEAD, POST";
        }

        return WriteAsync(http, format, RequestDocuments.Errors(faults, Open311Texts.LanguageOf(http.Request)));
    }

    private static RequestDelegate Answer(WireFormat format, Func<Open311Call, Task<WireDocument>> method) => async http =>
    {
        try
        {
            var call = new Open311Call(http, format);
            await WriteAsync(http, format, await method(call));
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            var faults = FaultsOf(e);
            var log = http.RequestServices.GetRequiredService<ILogger<Open311Endpoints>>();
            if (faults[0].Key == "ServerFault")
            {
                log.LogError(e, "Open311 {Method} failed", http.Request.Method);
            }
            else
            {
                // Keys of sentences only: neither path nor values, which could name a person or a key.
                log.LogInformation("Open311 {Method} refused with {Status}: {Faults}", http.Request.Method, faults[0].Status, string.Join(", ", faults.Select(f => f.Key)));
            }

            await WriteAsync(http, format, faults);
        }
    };

    private static IReadOnlyList<Open311Fault> FaultsOf(Exception e) => e switch
    {
        Open311FaultException faults => faults.Faults,
        StorageUnavailableException => [Open311Fault.Later("StorageUnavailable")],
        // The lane tells this to what still waits when the server stops.
        OperationCanceledException => [Open311Fault.Later("Stopping")],
        RefusedException { Refusal.Code: "UnknownType" } refused => [Open311Fault.Unknown("ServiceUnknown", refused.Refusal.Arguments)],
        RefusedException { Refusal.Code: "NotFound", Refusal.Arguments: [var number, ..] } => [Open311Fault.Unknown("RequestUnknown", number)],
        // The edition changed between our look and the desk's.
        RefusedException { Refusal.Code: "PointOutside", Refusal.Arguments: [_, _, var district] } => [Open311Fault.BadCall("PointOutside", district)],
        RefusedException refused => [Open311Fault.BadCall("Refused", refused.Refusal.Code)],
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => [Open311Fault.BadCall("BodyTooLong", FormBody.LongestBody / 1024)],
        BadHttpRequestException => [Open311Fault.BadCall("BodyMalformed")],
        _ => [new Open311Fault(StatusCodes.Status500InternalServerError, "ServerFault")],
    };

    private static async Task WriteAsync(HttpContext http, WireFormat format, WireDocument document)
    {
        var response = http.Response;
        var bytes = format.Write(document);
        response.ContentType = format.ContentType();
        response.ContentLength = bytes.Length;
        // Answers depend on key and language, and hold text that strangers wrote: no cache keeps them, no browser guesses their type.
        response.Headers.CacheControl = "no-store";
        response.Headers.Vary = "Accept-Language";
        response.Headers.XContentTypeOptions = "nosniff";
        await response.Body.WriteAsync(bytes, http.RequestAborted);
    }
}
