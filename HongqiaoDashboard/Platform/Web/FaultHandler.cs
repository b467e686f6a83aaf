using System.Globalization;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>
/// Answers what a request could not be served for and what is no fault of the program, as problem+json in the caller's
/// language. An interface with an error shape of its own answers before this is asked. It logs nothing: the write lane
/// says once that the storage is down, and a refusal is no event.
/// </summary>
internal sealed class FaultHandler(IStringLocalizer<FaultTexts> texts) : IExceptionHandler
{
    /// <summary>What a caller is told to wait before trying again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        var answer = exception switch
        {
            RefusedException { Refusal: var refusal } => Results.Problem(
                statusCode: StatusCodes.Status400BadRequest,
                title: texts["Refused"],
                detail: exception.Message,
                extensions: new Dictionary<string, object?> { ["code"] = refusal.Code, ["arguments"] = refusal.Arguments }),
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Results.Problem(
                statusCode: StatusCodes.Status413PayloadTooLarge, title: texts["Refused"], detail: texts["BodyTooLong"], extensions: new Dictionary<string, object?> { ["code"] = "BodyTooLong" }),
            StorageUnavailableException => Results.Problem(
                statusCode: StatusCodes.Status503ServiceUnavailable, title: texts["StorageUnavailable"], detail: texts["StorageUnavailableDetail"]),
            _ => null,
        };
        if (answer is null)
        {
            return false;
        }

        if (exception is StorageUnavailableException)
        {
            httpContext.Response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString(CultureInfo.InvariantCulture);
        }

        await answer.ExecuteAsync(httpContext);
        return true;
    }
}
