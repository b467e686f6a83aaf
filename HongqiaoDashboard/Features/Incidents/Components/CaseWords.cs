using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Incidents.Components;

/// <summary>How cases are spoken of, in the language of the current user and the time zone of the district.</summary>
internal sealed class CaseWords(IStringLocalizer<IncidentsTexts> text, IIncidentCatalog catalog, IGridDirectory grids)
{
    private static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The zone of all times that are shown.</summary>
    public TimeZoneInfo Zone => grids.Current.TimeZone;

    public string State(IncidentState state) => text[$"State.{state}"];

    public string Severity(IncidentSeverity severity) => text[$"Severity.{severity}"];

    /// <summary>A move as something to do.</summary>
    public string Move(IncidentEventKind kind) => text[$"Move.{kind}"];

    /// <summary>A move as something that was done.</summary>
    public string Done(IncidentEventKind kind) => text[$"Done.{kind}"];

    public string Category(string code) => catalog.Category(code) is { } category ? Name(category) : code;

    public string Type(string code) => catalog.Type(code) is { } type ? Name(type) : code;

    public string? Department(string? code) => code is null ? null : catalog.Department(code) is { } department ? Name(department) : code;

    public string Source(string code) => text[$"Source.{code}"] is { ResourceNotFound: false } known ? known : code;

    /// <summary>Street, community and grid of a code: of the edition of a day, or of the newest that knows the code.</summary>
    /// <param name="code">Code of a grid.</param>
    /// <param name="at">When the code was given; null for now.</param>
    public string Grid(string code, DateTimeOffset? at = null)
    {
        var edition = at is { } instant ? grids.At(Zone.DayOf(instant)) : grids.Current;
        edition = edition.Find(code) is not null ? edition : grids.Editions.LastOrDefault(known => known.Find(code) is not null);
        return edition is null ? code : string.Join(" · ", edition.Path(code) is { Length: > 1 } path ? path.Skip(1).Select(unit => unit.Name) : edition.Path(code).Select(unit => unit.Name));
    }

    /// <summary>The grid of a case: one that is open lies in the edition in force, one that is over keeps its own.</summary>
    public string Grid(string code, IncidentState state, DateTimeOffset reportedAt) => Grid(code, state.IsOpen() ? null : reportedAt);

    public string When(DateTimeOffset instant) => Zone.At(instant).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The end of something: the last instant of a day is written as its end and not as a minute before it.</summary>
    public string End(DateTimeOffset instant) => Zone.At(instant) is { Hour: 23, Minute: 59, Second: 59, Millisecond: 999 } local
        ? local.ToString("yyyy-MM-dd 24:00", CultureInfo.InvariantCulture)
        : When(instant);

    /// <summary>A promise.</summary>
    public string Promise(Promise promise) => text[$"Promise.{promise.Unit}", promise.Amount];

    /// <summary>A length of time in hours and minutes, which is how promises are counted.</summary>
    public string Length(TimeSpan length)
    {
        var minutes = (long)Math.Round(length.TotalMinutes);
        return text["LengthHours", minutes / 60, minutes % 60];
    }

    public string Clock(DateTimeOffset instant) => Zone.At(instant).ToString("HH:mm", CultureInfo.InvariantCulture);

    public string Day(DateTimeOffset instant) => Zone.At(instant).ToString(text["DayFormat"], CultureInfo.CurrentCulture);

    /// <summary>A length of time by its two largest units, cut.</summary>
    public string Span(TimeSpan span) => span.Duration() switch
    {
        { TotalDays: >= 1 } s => text["SpanDays", (int)s.TotalDays, s.Hours],
        { TotalHours: >= 1 } s => text["SpanHours", s.Hours, s.Minutes],
        { TotalMinutes: >= 1 } s => text["SpanMinutes", s.Minutes],
        _ => text["SpanMoment"],
    };

    /// <summary>Time left until a promise, or by how much it is broken.</summary>
    public string Left(DateTimeOffset due, DateTimeOffset now) => text[due < now ? "Overdue" : "Left", Span(due - now)];

    /// <summary>A refusal as a sentence.</summary>
    public string Sentence(Refusal refusal)
    {
        var sentence = text[refusal.Code, [.. refusal.Arguments.Select(Said)]];
        return sentence.ResourceNotFound ? text["Refused", refusal.Code] : sentence;
    }

    private object Said(object argument) => argument switch
    {
        IncidentState state => State(state),
        IncidentEventKind kind => Move(kind),
        IncidentSeverity severity => Severity(severity),
        DateTimeOffset instant => When(instant),
        _ => argument,
    };

    private static string Name(IncidentCategory category) => English ? category.NameEn : category.Name;

    private static string Name(IncidentType type) => English ? type.NameEn : type.Name;

    private static string Name(Department department) => English ? department.NameEn : department.Name;
}
