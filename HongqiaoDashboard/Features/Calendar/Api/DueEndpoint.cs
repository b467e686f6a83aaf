using System.Globalization;
using System.Text.Json.Serialization;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Calendar.Api;

/// <summary>
/// <c>GET /api/calendar/due?start=&amp;promise=&amp;pause=&amp;calendar=</c>: when a promise falls due, and what was counted until
/// then. What cannot be read is refused by name and never guessed.
/// </summary>
internal static class DueEndpoint
{
    // Wide of any case, and far from where instants end.
    private const int FirstYear = 1900;
    private const int LastYear = 2199;

    /// <summary>Maps it.</summary>
    /// <param name="app">The composed application.</param>
    public static void MapDue(this WebApplication app) => app.MapGet("/api/calendar/due", Answer).RequireAuthorization(Policies.ViewSituation);

    private static IResult Answer(HttpContext context, ICalendarBook book, IGridDirectory grids, IStringLocalizer<CalendarTexts> text)
    {
        var query = context.Request.Query;
        IResult Refused(string parameter, string why) => Results.Problem(
            statusCode: StatusCodes.Status400BadRequest, title: text["Api.Refused", parameter], detail: text[why],
            extensions: new Dictionary<string, object?> { ["parameter"] = parameter });

        if (query["start"] is not [{ } startText] || !IsoInstant.TryParse(startText, out var start))
        {
            return Refused("start", "Api.Start");
        }

        if (query["promise"] is not [{ } promiseText] || !Promise.TryParse(promiseText, out var promise))
        {
            return Refused("promise", "Api.Promise");
        }

        var pauses = new List<TimeInterval>();
        foreach (var given in query["pause"])
        {
            if (given?.Split('/') is not [var fromText, var toText] || !IsoInstant.TryParse(fromText, out var from) || !IsoInstant.TryParse(toText, out var to) || to < from)
            {
                return Refused("pause", "Api.Pause");
            }

            pauses.Add(new TimeInterval(from, to));
        }

        var clock = query.ContainsKey("calendar") ? query["calendar"] is [{ } edition] ? book.Find(edition) : null : book.Current;
        if (clock is null)
        {
            return Refused("calendar", "Api.Calendar");
        }

        if (pauses.SelectMany(pause => (DateTimeOffset[])[pause.From, pause.To]).Any(IsFar))
        {
            return Refused("pause", "Api.Far");
        }

        if (IsFar(start))
        {
            return Refused("start", "Api.Far");
        }

        var zone = grids.Current.TimeZone;
        var due = clock.Explain(start, promise, pauses, zone);
        var years = zone.DayOf(start).Year..zone.DayOf(due.Due).Year;
        return Results.Json(new DueAnswer(
            Iso(due.Due, zone),
            [.. due.Counted.Select(interval => new CountedInterval(Iso(interval.From, zone), Iso(interval.To, zone)))],
            clock.Edition,
            promise.Unit != PromiseUnit.ClockHours && Enumerable.Range(years.Start.Value, years.End.Value - years.Start.Value + 1).Any(clock.IsProvisional)));
    }

    private static bool IsFar(DateTimeOffset instant) => instant.UtcDateTime.Year is < FirstYear or > LastYear;

    private static string Iso(DateTimeOffset instant, TimeZoneInfo zone) => zone.At(instant).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFzzz", CultureInfo.InvariantCulture);

    private sealed record DueAnswer(
        [property: JsonPropertyName("due")] string Due,
        [property: JsonPropertyName("intervals")] IReadOnlyList<CountedInterval> Intervals,
        [property: JsonPropertyName("calendar")] string Calendar,
        [property: JsonPropertyName("provisional")] bool Provisional);

    private sealed record CountedInterval([property: JsonPropertyName("from")] string From, [property: JsonPropertyName("to")] string To);
}
