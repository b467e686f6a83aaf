using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Which cases a list asks for.</summary>
internal sealed record RequestFilter
{
    /// <summary>Longest span of days that a list covers.</summary>
    public static readonly TimeSpan LongestSpan = TimeSpan.FromDays(90);

    /// <summary>Most ids in one call; the list never has more rows.</summary>
    public const int MostIds = 1000;

    /// <summary>Case numbers; when given, nothing else counts.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];
    /// <summary>Type codes; none for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
    /// <summary>First instant of being requested.</summary>
    public required DateTimeOffset From { get; init; }
    /// <summary>First instant after the span.</summary>
    public required DateTimeOffset Until { get; init; }
    /// <summary>Open cases, closed cases, or null for both.</summary>
    public bool? Open { get; init; }

    /// <summary>Reads the query of a list.</summary>
    /// <param name="query">The query.</param>
    /// <param name="catalog">Knows the services.</param>
    /// <param name="zone">The district's zone.</param>
    /// <param name="now">The instant that the default span ends at.</param>
    /// <exception cref="Open311FaultException">Lists every fault.</exception>
    public static RequestFilter Read(QueryParameters query, IIncidentCatalog catalog, TimeZoneInfo zone, DateTimeOffset now)
    {
        var faults = new List<Open311Fault>();
        var numbers = query.List("service_request_id");
        if (numbers.Count > MostIds)
        {
            faults.Add(Open311Fault.BadCall("TooManyIds", MostIds));
        }

        var types = query.List("service_code");
        faults.AddRange(types.Where(code => catalog.Type(code) is null)
            .Select(code => Open311Fault.BadCall("FilterServiceUnknown", Open311Fault.Quote(code))));
        var statuses = query.List("status").Select(s => s.ToUpperInvariant()).Distinct().ToList();
        if (statuses.Any(s => s is not ("OPEN" or "CLOSED")))
        {
            faults.Add(Open311Fault.BadCall("FilterStatusWrong"));
        }

        var start = Date(query, "start_date", zone, faults);
        var end = Date(query, "end_date", zone, faults);
        var (from, until) = Span(start, end, now, faults);
        return faults.Count > 0
            ? throw new Open311FaultException(faults)
            : new RequestFilter { Numbers = numbers, Types = types, From = from, Until = until, Open = statuses.Count == 1 ? statuses[0] == "OPEN" : null };
    }

    // One end given: ninety days from there. None: the last ninety days.
    private static (DateTimeOffset From, DateTimeOffset Until) Span(W3cDate? start, W3cDate? end, DateTimeOffset now, List<Open311Fault> faults)
    {
        if (start is { } first && end is { } last)
        {
            if (last.From < first.From)
            {
                faults.Add(Open311Fault.BadCall("FilterDatesSwapped"));
            }
            else if (last.From - first.From > LongestSpan)
            {
                faults.Add(Open311Fault.BadCall("FilterSpanTooLong", LongestSpan.Days));
            }
        }

        return (start, end) switch
        {
            ({ } s, { } e) => (s.From, e.Until),
            ({ } s, null) => (s.From, s.From.Plus(LongestSpan)),
            (null, { } e) => (e.From.Plus(-LongestSpan), e.Until),
            // A case of this very millisecond belongs to the list.
            _ => (now - LongestSpan, now.Plus(TimeSpan.FromSeconds(1))),
        };
    }

    private static W3cDate? Date(QueryParameters query, string name, TimeZoneInfo zone, List<Open311Fault> faults)
    {
        if (query[name] is not { } text)
        {
            return null;
        }

        if (W3cDates.TryParse(text.Trim(), zone, out var date))
        {
            return date;
        }

        faults.Add(Open311Fault.BadCall("FilterDateWrong", name));
        return null;
    }
}

/// <summary>The query of a call; an empty parameter counts as absent, and one that stands twice is refused.</summary>
internal sealed class QueryParameters(IQueryCollection query)
{
    /// <summary>The value of a parameter, or null.</summary>
    /// <exception cref="Open311FaultException">It stands twice.</exception>
    public string? this[string name]
    {
        get
        {
            var values = query[name];
            return values.Count > 1
                ? throw Open311Fault.BadCall("ParameterTwice", name).ToException()
                : string.IsNullOrWhiteSpace(values.ToString()) ? null : values.ToString();
        }
    }

    /// <summary>The values of a comma list.</summary>
    /// <exception cref="Open311FaultException">The parameter stands twice.</exception>
    public IReadOnlyList<string> List(string name) =>
        [.. (this[name] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
