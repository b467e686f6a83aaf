namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>
/// Gives the interface's own shape to refusals that come before its endpoints, such as a caller that authorisation turns
/// away. It stands outside of the whole pipeline, and touches nothing but empty answers below the interface's path.
/// </summary>
internal sealed class Open311Guard : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(GuardAsync);
        next(app);
    };

    private static async Task GuardAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        var response = http.Response;
        if (response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted && response.ContentLength is null
            && string.IsNullOrEmpty(response.ContentType) && http.Request.Path.StartsWithSegments(Open311Routes.Root))
        {
            var key = response.StatusCode switch
            {
                StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => "CallerNotAllowed",
                StatusCodes.Status429TooManyRequests => "TooManyCalls",
                >= StatusCodes.Status500InternalServerError => "ServerFault",
                _ => "CallWrong",
            };
            await Open311Routes.WriteAsync(http, Open311Routes.FormatOf(http), [new Open311Fault(response.StatusCode, key)]);
        }
    }
}
