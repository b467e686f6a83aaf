namespace HongqiaoDashboard.Features.Intake.Open311;

/// <summary>The span of time that a list asks for.</summary>
/// <param name="From">Its first instant.</param>
/// <param name="Until">The first instant after it.</param>
internal readonly record struct DateSpan(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Longest span that a list covers.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    /// <summary>
    /// Reads <c>start_date</c> and <c>end_date</c>. Only the first: the longest span from there. Only the second: the usual
    /// one up to there. None: the usual one up to now.
    /// </summary>
    /// <param name="query">The query.</param>
    /// <param name="usual">Span that is meant without dates.</param>
    /// <param name="zone">The district's zone.</param>
    /// <param name="now">The instant that the usual span ends at.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static DateSpan Read(QueryParameters query, TimeSpan usual, TimeZoneInfo zone, DateTimeOffset now, List<Open311Fault> faults)
    {
        var start = Date(query, "start_date", zone, faults);
        var end = Date(query, "end_date", zone, faults);
        if (start is { } first && end is { } last)
        {
            if (last.From < first.From)
            {
                faults.Add(Open311Fault.BadCall("FilterDatesSwapped"));
            }
            else if (last.From - first.From > Longest)
            {
                faults.Add(Open311Fault.BadCall("FilterSpanTooLong", Longest.Days));
            }
        }

        return (start, end) switch
        {
            ({ } s, { } e) => new DateSpan(s.From, e.Until),
            ({ } s, null) => new DateSpan(s.From, s.From.Plus(Longest)),
            (null, { } e) => new DateSpan(e.From.Plus(-usual), e.Until),
            // What is of this very millisecond belongs to it.
            _ => new DateSpan(now - usual, now.Plus(TimeSpan.FromSeconds(1))),
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
