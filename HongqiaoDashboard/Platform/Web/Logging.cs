using Serilog;
using Serilog.Events;
using Serilog.Formatting.Display;

namespace HongqiaoDashboard.Platform.Web;

/// <summary>Serilog to the console; verbs keep standard output for their result.</summary>
internal static class Logging
{
    /// <summary>Adds the log.</summary>
    /// <param name="builder">The application that is being composed.</param>
    /// <param name="toStandardError">Whether standard output belongs to a verb's result.</param>
    public static void AddLogging(this WebApplicationBuilder builder, bool toStandardError) =>
        builder.Services.AddSerilog((_, logging) => logging
            .MinimumLevel.Is(toStandardError ? LogEventLevel.Warning : LogEventLevel.Information)
            .MinimumLevel.Override("Microsoft", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.Hosting.Lifetime", LogEventLevel.Information)
            // A job that fails says so itself, once.
            .MinimumLevel.Override("Quartz", LogEventLevel.Warning)
            // Whoever asks for health is answered; an answer is no event of its own.
            .MinimumLevel.Override("Microsoft.Extensions.Diagnostics.HealthChecks", LogEventLevel.Fatal)
            // Whoever is turned away at the door hears it; a line for each would let anybody fill the log.
            .MinimumLevel.Override("HongqiaoDashboard.Platform.Identity", LogEventLevel.Warning)
            .MinimumLevel.Override("Microsoft.AspNetCore.Antiforgery", LogEventLevel.Error)
            // It warns that keys of sessions are not encrypted; their folder is the program's own user's alone (SessionKeys).
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogEventLevel.Error)
            // It tells of each refusal as of an error; what a hub does fail by is told by HubFaults.
            .MinimumLevel.Override("Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogEventLevel.Fatal)
            // Keys and tokens may stand in request lines; the request log below names paths only.
            .MinimumLevel.Override("Microsoft.AspNetCore.Hosting.Diagnostics", LogEventLevel.Warning)
            .ReadFrom.Configuration(builder.Configuration)
            .Enrich.FromLogContext()
            .WriteTo.Console(
                new MaskedLines(new MessageTemplateTextFormatter(
                    "{Timestamp:yyyy-MM-ddTHH:mm:ss.fffzzz} [{Level:u3}] {SourceContext}: {Message:lj}{NewLine}{Exception}",
                    System.Globalization.CultureInfo.InvariantCulture)),
                standardErrorFromLevel: toStandardError ? LogEventLevel.Verbose : null));
}
