using HongqiaoDashboard.Features.Calendar.Api;
using HongqiaoDashboard.Features.Calendar.Components;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Data;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Calendar;

/// <summary>Working days, public holidays, and when a promise falls due.</summary>
internal static class CalendarFeature
{
    /// <summary>Adds the editions of the calendar.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddCalendar(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CalendarWords>();
        builder.Services.AddSingleton<CalendarBook>();
        builder.Services.AddSingleton<ICalendarBook>(provider => provider.GetRequiredService<CalendarBook>());
        builder.Services.AddSingleton<IDatabaseSeed>(provider => provider.GetRequiredService<CalendarBook>());
    }

    /// <summary>Maps <c>GET /api/calendar/due</c>.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapCalendar(this WebApplication app) => app.MapDue();
}
