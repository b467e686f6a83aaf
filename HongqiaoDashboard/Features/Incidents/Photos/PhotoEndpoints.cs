using System.Net.Mime;
using HongqiaoDashboard.Features.Incidents.Components;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace HongqiaoDashboard.Features.Incidents.Photos;

/// <summary>The addresses of photographs. An upload is a plain request beside the circuit: it survives a page that loses its connection.</summary>
internal static class PhotoEndpoints
{
    // The server tells a file that is too big itself, in words; the wire's own limit only backs it.
    private const long Slack = 1024;

    /// <summary>Maps them.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapPhotos(this WebApplication app)
    {
        var photos = app.MapGroup("/incidents/{number}/photos");
        photos.MapPost("", UploadAsync).RequireAuthorization(Policies.WorkCases);
        photos.MapGet("{hash}", (string number, string hash, HttpContext context, PhotoDesk desk) => ShowAsync(number, hash, PhotoFiles.Full, context, desk))
            .RequireAuthorization(Policies.ViewCases);
        photos.MapGet("{hash}/thumb", (string number, string hash, HttpContext context, PhotoDesk desk) => ShowAsync(number, hash, PhotoFiles.Thumbnail, context, desk))
            .RequireAuthorization(Policies.ViewCases);
    }

    private static async Task<IResult> UploadAsync(string number, HttpContext context, PhotoDesk desk, CaseWords words, IOptions<PhotoOptions> options)
    {
        if (Actor.From(context.User) is not { } actor)
        {
            return Results.Forbid();
        }

        if (!await AntiforgeryToken.IsValidAsync(context))
        {
            return Refused(words, StatusCodes.Status400BadRequest, new Refusal("PhotoFromElsewhere"));
        }

        try
        {
            if (context.Request.ContentLength > options.Value.MaxBytes)
            {
                throw new RefusedException("PhotoTooBig", options.Value.MaxMegabytes);
            }

            if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            {
                limit.MaxRequestBodySize = options.Value.MaxBytes + Slack;
            }

            return Results.Json(await desk.TakeAsync(number, context.Request.Body, actor, context.RequestAborted), statusCode: StatusCodes.Status201Created);
        }
        catch (RefusedException refused)
        {
            return Refused(words, StatusOf(refused.Refusal.Code), refused.Refusal);
        }
    }

    private static async Task<IResult> ShowAsync(string number, string hash, string suffix, HttpContext context, PhotoDesk desk)
    {
        if (Actor.From(context.User) is not { } actor || await desk.OpenAsync(number, hash, suffix, actor, context.RequestAborted) is not { } file)
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        // Kept by the reader's own browser, and asked for again each time: whoever may no longer see the case sees nothing.
        headers.CacheControl = "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileName = $"{hash[..12]}{suffix}" }.ToString();
        return Results.Stream(file, MediaTypeNames.Image.Jpeg, entityTag: new EntityTagHeaderValue($"\"{hash[..32]}{suffix}\""));
    }

    private static int StatusOf(string code) => code switch
    {
        "NotFound" => StatusCodes.Status404NotFound,
        "PhotoTooBig" => StatusCodes.Status413PayloadTooLarge,
        "PhotoNotAPhoto" or "PhotoHeic" => StatusCodes.Status415UnsupportedMediaType,
        "PhotosWaiting" => StatusCodes.Status429TooManyRequests,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    private static IResult Refused(CaseWords words, int status, Refusal refusal) =>
        Results.Problem(statusCode: status, detail: words.Sentence(refusal), extensions: new Dictionary<string, object?> { ["code"] = refusal.Code });
}
