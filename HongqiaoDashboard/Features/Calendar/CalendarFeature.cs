using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Features.Calendar;

/// <summary>Working days, public holidays, and when a promise falls due.</summary>
internal static class CalendarFeature
{
    /// <summary>Adds the calendar that ships with the program.</summary>
    /// <param name="builder">The application that is being composed.</param>
    public static void AddCalendar(this WebApplicationBuilder builder) =>
        builder.Services.AddSingleton<IPromiseClock>(_ =>
            WorkingCalendar.Read(File.ReadLines(ReferenceData.File("reference", "holidays-cn.csv"))));
}
