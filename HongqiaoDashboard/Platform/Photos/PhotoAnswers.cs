using System.Net.Mime;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Web;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace HongqiaoDashboard.Platform.Photos;

/// <summary>How requests for and with photographs are answered. An upload is a plain request beside the circuit: it survives a page that loses its connection.</summary>
internal sealed class PhotoAnswers(IOptions<PhotoOptions> options, IStringLocalizer<PhotoTexts> text)
{
    // The server tells a file that is too big itself, in words, and whoever sends one must be able to send it to the end to hear
    // them. The wire's own limit only backs that.
    private const int Patience = 2;

    /// <summary>How long an upload may take: twenty megabytes over a weak line.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The limits.</summary>
    public PhotoOptions Limits => options.Value;

    /// <summary>The sentence of a file that is too big, for a page that need not send it.</summary>
    public string TooBig => text["PhotoTooBig", options.Value.MaxMegabytes];

    /// <summary>Answers an upload: 201 with what was taken in, or why not.</summary>
    /// <param name="context">The request.</param>
    /// <param name="take">Takes the body in.</param>
    /// <param name="sentence">Says what the taking itself refuses.</param>
    public async Task<IResult> TakeAsync(HttpContext context, Func<Stream, Task<UploadedPhoto>> take, Func<Refusal, string> sentence)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = options.Value.MaxBytes * Patience;
        }

        if (!await AntiforgeryToken.IsValidAsync(context))
        {
            return Refused(StatusCodes.Status400BadRequest, new Refusal("PhotoFromElsewhere"), sentence);
        }

        try
        {
            if (context.Request.ContentLength > options.Value.MaxBytes)
            {
                throw new RefusedException("PhotoTooBig", options.Value.MaxMegabytes);
            }

            return Results.Json(await take(context.Request.Body), statusCode: StatusCodes.Status201Created);
        }
        catch (RefusedException refused)
        {
            return Refused(StatusOf(refused.Refusal.Code), refused.Refusal, sentence);
        }
    }

    /// <summary>Answers with a file of a photograph, or that there is none.</summary>
    /// <param name="context">The request.</param>
    /// <param name="hash">The photograph.</param>
    /// <param name="suffix">Which file of it.</param>
    /// <param name="file">The file; null when there is none that this reader may see.</param>
    public static IResult Show(HttpContext context, string hash, string suffix, FileStream? file)
    {
        if (file is null)
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        // Kept by the reader's own browser, and asked for again each time: whoever may no longer see it sees nothing.
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

    private IResult Refused(int status, Refusal refusal, Func<Refusal, string> sentence)
    {
        var own = text[refusal.Code, [.. refusal.Arguments]];
        return Results.Problem(statusCode: status, detail: own.ResourceNotFound ? sentence(refusal) : own, extensions: new Dictionary<string, object?> { ["code"] = refusal.Code });
    }
}
