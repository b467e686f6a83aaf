using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.AspNetCore.Mvc;

namespace HongqiaoDashboard.Features.Intake;

/// <summary>Ways in: Open311 and, later, import, app and WeChat.</summary>
internal static class IntakeFeature
{
    /// <summary>Adds the intake.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddIntake(this WebApplicationBuilder builder) => _ = builder;

    /// <summary>Maps Open311.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapIntake(this WebApplication app) =>
        app.MapPost("/open311/v2/requests.json", PostAsync).RequireAuthorization(Policies.PublicIntake).DisableAntiforgery();

    private static async Task<IResult> PostAsync([FromForm(Name = "service_code")] string service, [FromForm] double lat, [FromForm(Name = "long")] double lon, IIncidentDesk desk, HttpContext context)
    {
        GeoPoint.TryCreate(lat, lon, out var point);
        var receipt = await desk.ReportAsync(new ReportIncident { Type = service, Point = point, Source = "open311" }, Actor.From(context.User)!, context.RequestAborted);
        return Results.Json(new[] { new Dictionary<string, string?> { ["service_request_id"] = receipt.Incident.Number, ["service_notice"] = null, ["account_id"] = null } });
    }
}
