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
            await Open311Routes.WriteAsync(http, Open311Routes.FormatOf(http), [FaultOf(http)]);
        }
    }

    private static Open311Fault FaultOf(HttpContext http) => http.Response.StatusCode switch
    {
        // The interface says 403 of a key that is missing or wrong.
        StatusCodes.Status401Unauthorized when http.Response.Headers.WWWAuthenticate.ToString().Contains("invalid_token", StringComparison.Ordinal) => Open311Fault.NotAllowed("KeyWrong"),
        StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden => Open311Fault.NotAllowed("CallerNotAllowed"),
        StatusCodes.Status429TooManyRequests when int.TryParse(http.Response.Headers.RetryAfter, out var seconds) => Open311Fault.TooMany(TimeSpan.FromSeconds(seconds)),
        >= StatusCodes.Status500InternalServerError and var status => new Open311Fault(status, "ServerFault"),
        var status => new Open311Fault(status, "CallWrong"),
    };
}
