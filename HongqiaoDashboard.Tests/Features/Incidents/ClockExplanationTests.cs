using CsCheck;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Domain;
using HongqiaoDashboard.Platform.Hosting;

namespace HongqiaoDashboard.Tests.Features.Incidents;

public sealed class ClockExplanationTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");
    private static readonly WorkingCalendar Calendar = new(
        "calendar@1", new CalendarDocument(CalendarDocument.UsualHours, HolidayTable.Read(File.ReadLines(ReferenceData.File("reference", "holidays-cn.csv")))));

    private static readonly DateTimeOffset Start = new(2024, 9, 27, 9, 30, 0, TimeSpan.FromHours(8));

    [Fact]
    public void Spans_OfAnyClock_LeadFromItsStartToItsDueTimeWithoutAGap() =>
        Gen.Select(Gen.Enum<PromiseUnit>(), Gen.Int[1, 30], Gen.Select(Gen.Int[1, 2000], Gen.Int[1, 2000]).Array[0, 5]).Sample(
            (unit, amount, pauses) =>
            {
                var clock = Clock(new Promise(amount, unit), Pauses(pauses));

                var spans = ClockExplanation.Of(clock, clock.Resolve, e => e.ResolveBy, Calendar, Zone);

                Assert.Equal(Start, spans[0].Span.From);
                Assert.Equal(CaseClocks.Count(clock, Calendar, Zone).ResolveBy, spans[^1].Span.To);
                Assert.All(spans.Zip(spans.Skip(1)), pair => Assert.Equal(pair.First.Span.To, pair.Second.Span.From));
                var counted = spans.Where(span => span.Kind == ClockSpanKind.Counted).Aggregate(TimeSpan.Zero, (sum, span) => sum + span.Span.Length);
                Assert.Equal(unit == PromiseUnit.WorkingDays ? TimeSpan.FromDays(amount) : TimeSpan.FromHours(amount), counted + (unit == PromiseUnit.WorkingDays ? TimeSpan.FromMilliseconds(1) : TimeSpan.Zero));
            });

    [Fact]
    public void Spans_AfterAnExtension_TellTheNamedTimeAndWhatStoppedAfterIt()
    {
        var named = Start.AddDays(12);
        var before = new TimeInterval(Start.AddHours(1), Start.AddHours(2));
        var after = new TimeInterval(Start.AddDays(11), Start.AddDays(11).AddHours(3));
        var clock = Clock(new Promise(5, PromiseUnit.ClockHours), [before, after]) with { Extensions = [new CaseExtension(Start.AddHours(3), named, named)] };

        var spans = ClockExplanation.Of(clock, clock.Resolve, e => e.ResolveBy, Calendar, Zone);

        Assert.Equal(
            [
                new(ClockSpanKind.Counted, new TimeInterval(Start, Start.AddHours(1))),
                new(ClockSpanKind.Stopped, before),
                new(ClockSpanKind.Counted, new TimeInterval(Start.AddHours(2), Start.AddHours(3))),
                new(ClockSpanKind.Named, new TimeInterval(Start.AddHours(3), named)),
                new ClockSpan(ClockSpanKind.Stopped, after),
            ],
            spans);
        Assert.Equal(named.AddHours(3), CaseClocks.Count(clock, Calendar, Zone).ResolveBy);
    }

    [Fact]
    public void Stages_OfACase_RunFromOneStepToTheNextByTheirOwnPromises()
    {
        var hour = new Promise(1, PromiseUnit.ClockHours);
        var rule = new PromiseRule { Resolve = hour, Close = hour, Accept = hour, Dispatch = new Promise(2, PromiseUnit.WorkingHours), Verify = hour };
        var incident = new Incident
        {
            Id = 1, Number = "HQ20240927-000001", Version = 2, State = IncidentState.Accepted, Category = "04", Type = "0401", Severity = IncidentSeverity.Ordinary,
            GridCode = "120106001001001", Latitude = 39, Longitude = 117, Description = "", Source = "desk", ReportedAt = Start, AcceptedAt = Start.AddHours(2),
            ResolveBy = Start, CloseBy = Start, Policy = "promise@1", UpdatedAt = Start, LastSeq = 2,
        };

        var stages = StageTimes.Of(incident, rule, Clock(hour, []), Calendar, Zone);

        Assert.Equal([IncidentEventKind.Accepted, IncidentEventKind.Dispatched, IncidentEventKind.Verified], stages.Select(stage => stage.Kind));
        Assert.Equal((Start.AddHours(1), Start.AddHours(2)), (stages[0].Due!.Value, stages[0].Done!.Value));
        // Accepted at 11:30: half an hour before noon, the rest after two.
        Assert.Equal(new DateTimeOffset(2024, 9, 27, 15, 30, 0, TimeSpan.FromHours(8)), stages[1].Due);
        Assert.Equal((null, null), ((object?)stages[2].From, (object?)stages[2].Due));
    }

    private static CaseClock Clock(Promise promise, IReadOnlyList<TimeInterval> pauses) =>
        new() { Start = Start, Resolve = promise, Close = promise, Calendar = "calendar@1", Pauses = pauses };

    private static List<TimeInterval> Pauses((int After, int Length)[] steps)
    {
        var (pauses, at) = (new List<TimeInterval>(), Start);
        foreach (var (after, length) in steps)
        {
            pauses.Add(new TimeInterval(at.AddMinutes(after), at.AddMinutes(after + length)));
            at = pauses[^1].To;
        }

        return pauses;
    }
}
