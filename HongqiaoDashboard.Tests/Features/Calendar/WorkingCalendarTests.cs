using System.Diagnostics;
using System.Globalization;
using HongqiaoDashboard.Features.Calendar.Contracts;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Calendar;

/// <summary>What people would work out on paper from the published schedules.</summary>
public sealed class WorkingCalendarTests
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    internal static CalendarDocument Shipped { get; } =
        new(CalendarDocument.UsualHours, HolidayTable.Read(File.ReadLines(Repository.File("data", "reference", "holidays-cn.csv"))));

    private static WorkingCalendar Calendar { get; } = new("calendar@1", Shipped);

    [Theory]
    [InlineData("2024-05-06T10:00", "2h", "2024-05-06T12:00")]
    [InlineData("2024-05-06T23:30", "2h", "2024-05-07T01:30")]
    // A week with nothing in it, and the day of the start never counts.
    [InlineData("2024-05-13T00:00", "5wd", "2024-05-20T23:59:59.999")]
    [InlineData("2024-05-13T23:59:59.999", "5wd", "2024-05-20T23:59:59.999")]
    [InlineData("2024-05-11T12:00", "1wd", "2024-05-13T23:59:59.999")]
    // Labour Day 2024: off from the 1st to the 5th, worked on Saturday the 11th and, before it, on Sunday the 28th of April.
    [InlineData("2024-04-26T09:00", "2wd", "2024-04-29T23:59:59.999")]
    [InlineData("2024-04-30T09:00", "5wd", "2024-05-10T23:59:59.999")]
    [InlineData("2024-04-30T09:00", "6wd", "2024-05-11T23:59:59.999")]
    [InlineData("2024-04-30T17:00", "2wh", "2024-05-06T09:00")]
    // Used up at the very end of a period is due there, not when the next one begins.
    [InlineData("2024-05-13T08:00", "4wh", "2024-05-13T12:00")]
    [InlineData("2024-05-13T12:30", "8wh", "2024-05-14T12:00")]
    [InlineData("2024-05-13T09:00:00.250", "4wh", "2024-05-13T15:00:00.250")]
    // New Year's Eve to the first working day of a year: 1 January is a holiday.
    [InlineData("2025-12-31T10:00", "1wd", "2026-01-04T23:59:59.999")]
    public void Due_OfAPromise_IsWhatTheScheduleSays(string start, string promise, string due) => Assert.Equal(At(due), Calendar.Due(At(start), Parse(promise), Zone));

    [Theory]
    // Friday to Monday: a promise in working hours loses what was worked, not the weekend.
    [InlineData("2024-05-17T15:00", "8wh", "2024-05-17T17:00", "2024-05-20T09:00", "2024-05-20T17:00", "2024-05-20T15:00")]
    [InlineData("2024-05-17T15:00", "2wd", "2024-05-18T00:00", "2024-05-20T00:00", "2024-05-21T23:59:59.999", "2024-05-21T23:59:59.999")]
    // From noon to noon across a weekend: half of the Monday is taken, and the Friday does not run.
    [InlineData("2024-05-17T09:00", "2wd", "2024-05-17T12:00", "2024-05-20T12:00", "2024-05-22T11:59:59.999", "2024-05-21T23:59:59.999")]
    // Over a make-up Saturday: it is time like any other.
    [InlineData("2024-05-09T09:00", "3wd", "2024-05-11T00:00", "2024-05-12T00:00", "2024-05-14T23:59:59.999", "2024-05-13T23:59:59.999")]
    public void Due_WithAPause_MovesByCountableTimeOnly(string start, string promise, string from, string to, string due, string without)
    {
        var pause = new TimeInterval(At(from), At(to));
        Assert.Equal(At(without), Calendar.Due(At(start), Parse(promise), Zone));
        Assert.Equal(At(due), Calendar.Explain(At(start), Parse(promise), [pause], Zone).Due);
    }

    [Fact]
    public void Explanation_OverAWeekend_NamesWhatWasCounted()
    {
        var due = Calendar.Explain(At("2024-05-17T15:00"), Parse("6wh"), [new(At("2024-05-17T16:00"), At("2024-05-17T16:30"))], Zone);
        Assert.Equal(
            [("2024-05-17T15:00", "2024-05-17T16:00"), ("2024-05-17T16:30", "2024-05-17T18:00"), ("2024-05-20T08:00", "2024-05-20T11:30")],
            due.Counted.Select(interval => (Wall(interval.From), Wall(interval.To))));
    }

    [Fact]
    public void Schedule_NotPublished_IsProvisional()
    {
        Assert.All(Enumerable.Range(2018, 9), year => Assert.False(Calendar.IsProvisional(year)));
        Assert.True(Calendar.IsProvisional(2017));
        Assert.True(Calendar.IsProvisional(2027));
        var expected = new WorkingCalendar("calendar@2", Shipped with
        {
            Years = [.. Shipped.Years, new CalendarYear(2027, [new SpecialDay(new DateOnly(2027, 1, 1), false, "元旦")]) { IsProvisional = true }],
        });
        Assert.True(expected.IsProvisional(2027));
        Assert.False(expected.IsWorkingDay(new DateOnly(2027, 1, 1)));
    }

    [Theory]
    [InlineData(PromiseUnit.ClockHours)]
    [InlineData(PromiseUnit.WorkingDays)]
    [InlineData(PromiseUnit.WorkingHours)]
    public void Counting_AtTheEdgesOfTime_Ends(PromiseUnit unit)
    {
        var promise = new Promise(10_000, unit);
        foreach (var start in (DateTimeOffset[])[DateTimeOffset.MaxValue, DateTimeOffset.MaxValue.AddDays(-400), DateTimeOffset.MinValue])
        {
            var due = Calendar.Explain(start, promise, [new(start, DateTimeOffset.MaxValue)], Zone).Due;
            Assert.Equal(WorkingCalendar.Horizon, due);
            Assert.True(Calendar.Due(start, promise, Zone) <= WorkingCalendar.Horizon);
            Assert.True(Calendar.Postpone(start, unit, new(start.AddTicks(start == DateTimeOffset.MinValue ? 0 : -1), DateTimeOffset.MaxValue), Zone) >= DateTimeOffset.MinValue);
        }
    }

    // A pause of thousands of years is stepped over, not walked through.
    [Fact]
    public void Counting_TheLongestPromises_IsQuick()
    {
        var watch = Stopwatch.StartNew();
        foreach (var unit in Enum.GetValues<PromiseUnit>())
        {
            Calendar.Explain(At("2024-05-06T10:00"), new Promise(10_000, unit), [new(At("2024-05-07T00:00"), At("9000-01-01T00:00"))], Zone);
        }

        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    private static Promise Parse(string text) => Promise.TryParse(text, out var promise) ? promise : throw new FormatException(text);

    private static DateTimeOffset At(string wall) => DateTimeOffset.Parse(wall + "+08:00", CultureInfo.InvariantCulture).ToUniversalTime();

    private static string Wall(DateTimeOffset instant) => instant.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
