namespace HongqiaoDashboard.Bench;

/// <summary>A bare Kestrel that reads a report's form and answers: what HTTP costs before anything is done with the report.</summary>
internal static class FormServer
{
    /// <summary>Serves.</summary>
    public static async Task RunAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Run(async context =>
        {
            var form = await context.Request.ReadFormAsync();
            var answer = System.Text.Encoding.UTF8.GetBytes($"[{{\"service_request_id\":\"{form["service_code"]}\",\"service_notice\":\"\",\"account_id\":\"\"}}]");
            context.Response.StatusCode = StatusCodes.Status201Created;
            context.Response.ContentType = "application/json; charset=utf-8";
            context.Response.ContentLength = answer.Length;
            await context.Response.Body.WriteAsync(answer);
        });
        await app.StartAsync();
        await Serving.ObeyAsync(app, static () => Task.CompletedTask, static () => { });
    }
}
