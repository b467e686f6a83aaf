using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>Which cases a list asks for.</summary>
internal sealed record RequestFilter
{
    /// <summary>Most ids in one call; the list never has more rows.</summary>
    public const int MostIds = 1000;

    /// <summary>Case numbers; when given, nothing else counts.</summary>
    public IReadOnlyList<string> Numbers { get; init; } = [];
    /// <summary>Type codes; none for all.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];
    /// <summary>When they were requested.</summary>
    public required DateSpan Span { get; init; }
    /// <summary>Open cases, closed cases, or null for both.</summary>
    public bool? Open { get; init; }
    /// <summary>Which part of the list.</summary>
    public required WirePage Page { get; init; }
    /// <summary>Whether each case brings its answers and what happened to it.</summary>
    public bool Extensions { get; init; }

    /// <summary>Reads the query of a list.</summary>
    /// <param name="query">The query.</param>
    /// <param name="catalog">Knows the services.</param>
    /// <param name="zone">The district's zone.</param>
    /// <param name="now">The instant that the default span ends at.</param>
    /// <exception cref="Open311FaultException">Lists every fault.</exception>
    public static RequestFilter Read(QueryParameters query, IIncidentCatalog catalog, TimeZoneInfo zone, DateTimeOffset now)
    {
        var faults = new List<Open311Fault>();
        var extensions = ReadExtensions(query, faults);
        var numbers = query.List("service_request_id");
        if (numbers.Count > MostIds)
        {
            faults.Add(Open311Fault.BadCall("TooManyIds", MostIds));
        }

        var filter = numbers.Count > 0
            // Ids override all other filters, wrong ones too.
            ? new RequestFilter { Numbers = numbers, Span = default, Page = WirePage.First, Extensions = extensions }
            : ReadList(query, catalog, zone, now, extensions, faults);
        return faults.Count == 0 ? filter : throw new Open311FaultException(faults);
    }

    /// <summary>Reads <c>extensions</c> of a call for one case.</summary>
    /// <exception cref="Open311FaultException">It is neither true nor false.</exception>
    public static bool ReadExtensions(QueryParameters query)
    {
        var faults = new List<Open311Fault>();
        var extensions = ReadExtensions(query, faults);
        return faults.Count == 0 ? extensions : throw new Open311FaultException(faults);
    }

    private static RequestFilter ReadList(
        QueryParameters query, IIncidentCatalog catalog, TimeZoneInfo zone, DateTimeOffset now, bool extensions, List<Open311Fault> faults)
    {
        var types = query.List("service_code");
        faults.AddRange(types.Where(code => catalog.Type(code) is null)
            .Select(code => Open311Fault.BadCall("FilterServiceUnknown", Open311Fault.Quote(code))));
        var statuses = query.List("status").Select(s => s.ToUpperInvariant()).Distinct().ToList();
        if (statuses.Any(s => s is not ("OPEN" or "CLOSED")))
        {
            faults.Add(Open311Fault.BadCall("FilterStatusWrong"));
        }

        return new RequestFilter
        {
            Types = types,
            Span = DateSpan.Read(query, DateSpan.Longest, zone, now, faults),
            Open = statuses.Count == 1 ? statuses[0] == "OPEN" : null,
            Page = WirePage.Read(query, faults),
            Extensions = extensions,
        };
    }

    private static bool ReadExtensions(QueryParameters query, List<Open311Fault> faults)
    {
        const string parameter = "extensions";
        switch (query[parameter]?.Trim().ToUpperInvariant())
        {
            case null or "FALSE":
                return false;
            case "TRUE":
                return true;
            default:
                faults.Add(Open311Fault.BadCall("TrueOrFalse", parameter));
                return false;
        }
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
            string?[] values = [.. query[name].Where(value => !string.IsNullOrWhiteSpace(value))];
            return values.Length > 1 ? throw Open311Fault.BadCall("ParameterTwice", name).ToException() : values.FirstOrDefault();
        }
    }

    /// <summary>The values of a comma list.</summary>
    /// <exception cref="Open311FaultException">The parameter stands twice.</exception>
    public IReadOnlyList<string> List(string name) =>
        [.. (this[name] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
