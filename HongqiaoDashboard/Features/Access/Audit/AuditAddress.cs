using System.Globalization;
using HongqiaoDashboard.Features.Access.Audit.Data;
using HongqiaoDashboard.Features.Access.Audit.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Audit;
using Microsoft.AspNetCore.WebUtilities;

namespace HongqiaoDashboard.Features.Access.Audit;

/// <summary>
/// What the page of the trail shows, as its address says it; the exports take the same conditions. What nobody understands is left
/// out and told.
/// </summary>
internal sealed record AuditAddress
{
    /// <summary>The page's path.</summary>
    public const string Page = "/admin/audit";

    private const string DayFormat = "yyyy-MM-dd";
    private const int LongestText = 2 * AuditText.Longest;

    public DateOnly? From { get; init; }
    public DateOnly? To { get; init; }
    public string? Who { get; init; }
    public string? Act { get; init; }
    public AuditResult? Result { get; init; }
    public string? Subject { get; init; }
    public AuditPlace? Place { get; init; }

    /// <summary>What was not understood, as <c>name=value</c>, personal numbers masked.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>How many conditions narrow the list.</summary>
    public int ConditionCount => new object?[] { From, To, Who, Act, Result, Subject }.Count(one => one is not null);

    /// <summary>Reads the part of an address behind its path.</summary>
    /// <param name="query">With its question mark, or empty.</param>
    public static AuditAddress Read(string query)
    {
        var says = QueryHelpers.ParseQuery(query);
        var ignored = new List<string>();
        var address = new AuditAddress
        {
            From = One("from", Day),
            To = One("to", Day),
            Who = Text("who"),
            Act = Text("act"),
            Result = One("result", text => Enum.GetValues<AuditResult>().Where(known => Word(known) == text).Select(known => (AuditResult?)known).FirstOrDefault()),
            Subject = Text("subject"),
            Place = One("before", text => PlaceOf(text, isBackwards: false)) ?? One("after", text => PlaceOf(text, isBackwards: true)),
        };
        return address with { Ignored = ignored };

        T? One<T>(string name, Func<string, T?> read) where T : struct
        {
            if (!says.TryGetValue(name, out var values) || values[^1]?.Trim() is not { Length: > 0 } value)
            {
                return null;
            }

            var known = read(value);
            if (known is null)
            {
                ignored.Add($"{name}={AuditText.Clean(value)}");
            }

            return known;
        }

        string? Text(string name)
        {
            string? found = null;
            One<bool>(name, text =>
            {
                found = text.Length <= LongestText && PersonalNumbers.Mask(text) == text ? text : null;
                return found is null ? null : true;
            });
            return found;
        }
    }

    /// <summary>The conditions, by the days of a zone.</summary>
    /// <param name="zone">The district's.</param>
    public AuditQuery QueryIn(TimeZoneInfo zone) => new()
    {
        From = From is { } first ? zone.StartOf(first) : null,
        Until = To is { } last ? zone.StartOf(last.AddDays(1)) : null,
        Who = Who,
        Act = Act,
        Result = Result,
        Subject = Subject,
    };

    /// <summary>The conditions alone, as facts of a record.</summary>
    public IEnumerable<AuditFact> Facts() =>
        Said().Where(said => said.Key is not ("before" or "after")).Select(said => new AuditFact(said.Key == "act" ? "what" : said.Key == "to" ? "until" : said.Key, said.Value!));

    /// <summary>The same conditions from another place on.</summary>
    public AuditAddress At(AuditPlace? place) => this with { Place = place, Ignored = [] };

    /// <summary>An address below the page with the same conditions.</summary>
    /// <param name="file">What follows the page's path.</param>
    public string Below(string file) => QueryHelpers.AddQueryString(Page + file, At(null).Said());

    /// <inheritdoc/>
    public override string ToString() => QueryHelpers.AddQueryString(Page, Said());

    /// <summary>A result as addresses write it.</summary>
    public static string Word(AuditResult result) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(result.ToString());

    private List<KeyValuePair<string, string?>> Said() => [.. new KeyValuePair<string, string?>[]
    {
        new("from", From?.ToString(DayFormat, CultureInfo.InvariantCulture)),
        new("to", To?.ToString(DayFormat, CultureInfo.InvariantCulture)),
        new("who", Who),
        new("act", Act),
        new("result", Result is { } result ? Word(result) : null),
        new("subject", Subject),
        new(Place is { IsBackwards: true } ? "after" : "before", Place is { } place ? string.Create(CultureInfo.InvariantCulture, $"{place.At.ToUnixTimeMilliseconds()}-{place.Seq}") : null),
    }.Where(said => !string.IsNullOrEmpty(said.Value))];

    // Further away no zone has days.
    private static DateOnly? Day(string text) =>
        DateOnly.TryParseExact(text, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2200 ? day : null;

    private static AuditPlace? PlaceOf(string text, bool isBackwards) =>
        text.Split('-') is [var at, var seq]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) && milliseconds < 7_258_118_400_000
        && long.TryParse(seq, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new AuditPlace(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), number, isBackwards)
            : null;
}
