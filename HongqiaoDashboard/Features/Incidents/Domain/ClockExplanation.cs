using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;

namespace HongqiaoDashboard.Features.Incidents.Domain;

/// <summary>What a span of time was for a promise.</summary>
internal enum ClockSpanKind
{
    /// <summary>It was counted.</summary>
    Counted,
    /// <summary>The case was suspended.</summary>
    Stopped,
    /// <summary>Night, weekend or holiday: it does not count for such a promise.</summary>
    Skipped,
    /// <summary>From an extension until the time that it named.</summary>
    Named,
}

/// <summary>A span in the explanation of a due time.</summary>
/// <param name="Kind">What it was.</param>
/// <param name="Span">When.</param>
internal sealed record ClockSpan(ClockSpanKind Kind, TimeInterval Span);

/// <summary>Tells span by span how a due time came about, from the start of the clock to the due time without a gap.</summary>
internal static class ClockExplanation
{
    /// <summary>The spans of one promise of a clock, in order.</summary>
    /// <param name="clock">The clock.</param>
    /// <param name="promise">One of its two promises.</param>
    /// <param name="named">What an extension says of it.</param>
    /// <param name="calendar">The clock's edition of the calendar.</param>
    /// <param name="zone">The zone whose days count.</param>
    public static IReadOnlyList<ClockSpan> Of(
        CaseClock clock, Promise promise, Func<CaseExtension, DateTimeOffset> named, IPromiseClock calendar, TimeZoneInfo zone)
    {
        var counted = calendar.Explain(clock.Start, promise, clock.Pauses, zone);
        if (clock.Extensions is not [.., var last])
        {
            return Spans(clock.Start, counted.Due, counted.Counted, clock.Pauses);
        }

        var spans = Spans(clock.Start, last.At < counted.Due ? last.At : counted.Due, counted.Counted, clock.Pauses);
        spans.Add(new ClockSpan(ClockSpanKind.Named, new TimeInterval(last.At, named(last))));
        spans.AddRange(clock.Pauses.Where(pause => pause.From >= last.At && pause.From < named(last)).Select(pause => new ClockSpan(ClockSpanKind.Stopped, pause)));
        return spans;
    }

    private static List<ClockSpan> Spans(DateTimeOffset from, DateTimeOffset to, IReadOnlyList<TimeInterval> counted, IReadOnlyList<TimeInterval> pauses)
    {
        var known = counted.Select(span => new ClockSpan(ClockSpanKind.Counted, span))
            .Concat(pauses.Select(span => new ClockSpan(ClockSpanKind.Stopped, span))).OrderBy(span => span.Span.From);
        var spans = new List<ClockSpan>();
        foreach (var (kind, span) in known)
        {
            if (span.From >= to)
            {
                break;
            }

            if (span.From > from)
            {
                spans.Add(new ClockSpan(ClockSpanKind.Skipped, new TimeInterval(from, span.From)));
            }

            from = span.To < to ? span.To : to;
            spans.Add(new ClockSpan(kind, span with { To = from }));
        }

        if (from < to)
        {
            spans.Add(new ClockSpan(ClockSpanKind.Skipped, new TimeInterval(from, to)));
        }

        return spans;
    }
}
