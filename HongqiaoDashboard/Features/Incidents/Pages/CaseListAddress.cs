using System.Globalization;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using Microsoft.AspNetCore.WebUtilities;

namespace HongqiaoDashboard.Features.Incidents.Pages;

/// <summary>
/// What the list of cases shows, as its address says it. The address is all the state there is, so that it can be shared,
/// reloaded and gone back to. What it says and nobody understands is left out and told.
/// </summary>
internal sealed record CaseListAddress
{
    private const string DayFormat = "yyyy-MM-dd";
    private const int LongestText = 200;

    public static readonly int[] PageSizes = [25, 50, 100];

    public IncidentQuery Query { get; init; } = new();
    public string? Kpi { get; init; }
    public string? Period { get; init; }
    public string? Part { get; init; }

    /// <summary>What was not understood, as <c>name=value</c>.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>Whether the address came with a personal number; it should be replaced by this one.</summary>
    public bool WasPersonal { get; init; }

    /// <summary>What follows the question mark, from the first page on: what a saved filter keeps.</summary>
    public string Conditions => At(1).ToString()[CaseAddress.List.Length..].TrimStart('?');

    /// <summary>How many conditions narrow the list, the figure not counted.</summary>
    public int ConditionCount => new[]
    {
        Query.States.Count > 0, Query.OpenOnly, Query.OverdueOnly, Query.Category is not null, Query.Type is not null, Query.Severity is not null,
        Query.GridCode is not null, Query.Department is not null, Query.ReportedFrom is not null, Query.ReportedTo is not null, Query.Text is not null,
    }.Count(set => set);

    /// <summary>Reads an address.</summary>
    /// <param name="uri">The address; only what follows the question mark counts.</param>
    /// <param name="catalog">Knows the codes.</param>
    public static CaseListAddress Read(string uri, IIncidentCatalog catalog)
    {
        var reader = new Reader(QueryHelpers.ParseQuery(new Uri(uri).Query).ToDictionary(p => p.Key, p => p.Value.ToArray(), StringComparer.OrdinalIgnoreCase));
        var query = new IncidentQuery
        {
            States = [.. reader.Many("state").Select(one => reader.Enum<IncidentState>("state", one)).OfType<IncidentState>().Distinct()],
            OpenOnly = reader.Flag("open"),
            OverdueOnly = reader.Flag("overdue"),
            Category = reader.Known("category", code => catalog.Category(code) is not null),
            Type = reader.Known("type", code => catalog.Type(code) is not null),
            Severity = reader.One("severity") is { } severity ? reader.Enum<IncidentSeverity>("severity", severity) : null,
            GridCode = reader.Known("grid", code => code.Length <= 15 && code.All(char.IsAsciiDigit)),
            Department = reader.Known("department", code => catalog.Department(code) is not null),
            ReportedFrom = reader.Day("from"),
            ReportedTo = reader.Day("to"),
            Text = reader.Known("q", text => text.Length <= LongestText && !CaseText.IsPersonal(text)),
            Order = reader.One("sort") is { } sort ? reader.Enum<IncidentOrder>("sort", sort) ?? IncidentOrder.Reported : IncidentOrder.Reported,
            Page = reader.Number("page", 1, 1, int.MaxValue),
            PageSize = reader.Number("size", PageSizes[0], 1, IncidentQuery.LongestPage),
        };
        query = query with { Descending = (reader.Known("dir", dir => dir is "asc" or "desc") ?? Usual(query.Order)) == "desc" };
        return new CaseListAddress { Query = query, Kpi = reader.One("kpi"), Period = reader.One("period"), Part = reader.One("part"), Ignored = reader.Ignored, WasPersonal = CaseText.IsPersonal(reader.One("q")) };
    }

    /// <summary>The address, from the path on; what is usual is not said.</summary>
    public override string ToString()
    {
        var says = new List<KeyValuePair<string, string?>>();
        void Say(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                says.Add(new(name, value));
            }
        }

        Say("kpi", Kpi);
        Say("period", Period);
        Say("part", Part);
        Say("state", string.Join(',', Query.States.Select(Word)));
        Say("open", Query.OpenOnly ? "true" : null);
        Say("overdue", Query.OverdueOnly ? "true" : null);
        Say("category", Query.Category);
        Say("type", Query.Type);
        Say("severity", Query.Severity is { } severity ? Word(severity) : null);
        Say("grid", Query.GridCode);
        Say("department", Query.Department);
        Say("from", Query.ReportedFrom?.ToString(DayFormat, CultureInfo.InvariantCulture));
        Say("to", Query.ReportedTo?.ToString(DayFormat, CultureInfo.InvariantCulture));
        Say("q", Query.Text);
        Say("sort", Query.Order == IncidentOrder.Reported ? null : Word(Query.Order));
        var direction = Query.Descending ? "desc" : "asc";
        Say("dir", direction == Usual(Query.Order) ? null : direction);
        Say("page", Query.Page > 1 ? Query.Page.ToString(CultureInfo.InvariantCulture) : null);
        Say("size", Query.PageSize == PageSizes[0] ? null : Query.PageSize.ToString(CultureInfo.InvariantCulture));
        return QueryHelpers.AddQueryString(CaseAddress.List, says);
    }

    /// <summary>The same list with other conditions, from its first page.</summary>
    public CaseListAddress With(Func<IncidentQuery, IncidentQuery> change) => this with { Query = change(Query) with { Page = 1 }, Ignored = [] };

    /// <summary>Another page of the same list.</summary>
    public CaseListAddress At(int page) => this with { Query = Query with { Page = page }, Ignored = [] };

    // What falls due is wanted by the earliest, what happened by the latest.
    private static string Usual(IncidentOrder order) => order == IncidentOrder.Due ? "asc" : "desc";

    private static string Word<T>(T value) where T : struct, Enum => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private sealed class Reader(Dictionary<string, string?[]> says)
    {
        public List<string> Ignored { get; } = [];

        public string? One(string name) => says.TryGetValue(name, out var values) && values[^1]?.Trim() is { Length: > 0 } value ? value : null;

        public List<string> Many(string name) => says.TryGetValue(name, out var values)
            ? values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList()
            : [];

        public T? Enum<T>(string name, string value) where T : struct, Enum =>
            char.IsAsciiLetter(value[0]) && System.Enum.TryParse<T>(value, ignoreCase: true, out var known) && System.Enum.IsDefined(known) ? known : Ignore<T>(name, value);

        public string? Known(string name, Func<string, bool> isKnown)
        {
            if (One(name) is not { } value || isKnown(value))
            {
                return One(name);
            }

            Ignore(name, value);
            return null;
        }

        public bool Flag(string name) => Known(name, value => bool.TryParse(value, out _)) is { } flag && bool.Parse(flag);

        // Further away no zone has days, and no case was reported.
        public DateOnly? Day(string name) =>
            One(name) is not { } value ? null
            : DateOnly.TryParseExact(value, DayFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is >= 1900 and < 2200 ? day
            : Ignore<DateOnly>(name, value);

        public int Number(string name, int usual, int least, int most) =>
            One(name) is not { } value ? usual
            : int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
            : Ignore<int>(name, value) ?? usual;

        private T? Ignore<T>(string name, string value) where T : struct
        {
            Ignore(name, value);
            return null;
        }

        // What is told of an address is read by others over a shoulder, too.
        private void Ignore(string name, string value) => Ignored.Add($"{name}={Kernel.PersonalNumbers.Mask(value)}");
    }
}
