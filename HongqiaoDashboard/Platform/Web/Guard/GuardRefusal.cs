using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Platform.Web.Guard;

/// <summary>Answers a request that is turned away before it reaches anything.</summary>
internal static class GuardRefusal
{
    /// <summary>Writes the refusal in the caller's language: as a sentence for people, as problem+json for programs, empty for endpoints that shape it themselves.</summary>
    /// <param name="context">The request.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="code">Key of the sentence in <see cref="GuardTexts"/>, and code for programs.</param>
    /// <param name="arguments">Arguments of the sentence.</param>
    public static Task WriteAsync(HttpContext context, int status, string code, params object[] arguments)
    {
        context.Response.StatusCode = status;
        if (context.GetEndpoint()?.Metadata.GetMetadata<ForPrograms>() is not null)
        {
            return Task.CompletedTask;
        }

        var sentence = context.RequestServices.GetRequiredService<IStringLocalizer<GuardTexts>>()[code, arguments].Value;
        var answer = IsPerson(context.Request)
            ? Results.Text(sentence, "text/plain; charset=utf-8", statusCode: status)
            : Results.Problem(statusCode: status, detail: sentence, extensions: new Dictionary<string, object?> { ["code"] = code });
        return answer.ExecuteAsync(context);
    }

    /// <summary>Whether somebody sits there and reads.</summary>
    /// <param name="request">The request.</param>
    public static bool IsPerson(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
