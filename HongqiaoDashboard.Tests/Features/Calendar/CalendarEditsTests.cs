using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using CsCheck;
using HongqiaoDashboard.Features.Calendar;
using HongqiaoDashboard.Features.Calendar.Domain;
using HongqiaoDashboard.Tests.TestKit;

namespace HongqiaoDashboard.Tests.Features.Calendar;

/// <summary>What an administrator may make of the calendar, and what a file may bring.</summary>
public sealed class CalendarEditsTests
{
    private static readonly CalendarDocument Shipped = WorkingCalendarTests.Shipped;

    [Fact]
    public void Day_SetToAnythingAndBack_LeavesTheDocumentAsItWas() =>
        Gen.Select(Gen.Int[0, 4017], Gen.Enum<DayKind>()).Sample((offset, kind) =>
        {
            var date = new DateOnly(2018, 1, 1).AddDays(offset);
            var before = Shipped.Day(date);
            var changed = Shipped.With(date, kind, "试");
            Assert.Equal(kind, changed.Day(date).Kind());
            Assert.Equal(Shipped.IsPublished(date.Year), changed.IsPublished(date.Year));
            Assert.All(CalendarEdits.DaysChanged(Shipped, changed), change => Assert.Equal(date, change.Date));

            var back = changed.With(date, before.Kind(), before?.Name ?? "");
            Assert.Empty(CalendarEdits.DaysChanged(Shipped, back));
            Assert.Equal(Shipped.Years.Select(year => year.Year), back.Years.Select(year => year.Year));
        });

    [Fact]
    public void Year_WithExpectedDays_StaysProvisionalUntilItIsPublished()
    {
        var expected = Shipped.With(new DateOnly(2027, 1, 1), DayKind.Off, "元旦");
        Assert.True(new WorkingCalendar("", expected).IsProvisional(2027));
        var published = expected.With(2027, isPublished: true);
        Assert.False(new WorkingCalendar("", published).IsProvisional(2027));
        Assert.Equal([new YearChange(2027, true)], CalendarEdits.YearsChanged(expected, published));
        Assert.Equal("元旦", published.Day(new DateOnly(2027, 1, 1))!.Name);
    }

    [Fact]
    public void Table_ThatShips_SaysWhatItSaid()
    {
        Assert.Empty(CalendarFaults.Of(Shipped));
        Assert.Equal(320, Shipped.Years.Sum(year => year.Days.Count));
        Assert.Equal(Enumerable.Range(2018, 9), Shipped.Years.Select(year => year.Year));
    }

    [Fact]
    public void Table_WithFaults_NamesEachAndTakesNothing()
    {
        var table = HolidayTable.Examine("date,kind,name\r\n2027-01-01,off,元旦\r\n2027-13-01,off,元旦\r\n\r\n2027-01-04,work,元旦\r\n2027-01-02,free,元旦\r\n2027-01-01,off,又一次\r\n2027-01-03,off,a,b\r\n1999-01-01,off,旧");
        Assert.Empty(table.Years);
        Assert.Equal(
            [(3, "TableDate"), (5, "WeekdayWorked"), (6, "TableKind"), (7, "DayTwice"), (8, "TableCells"), (9, "DayFar")],
            table.Faults.Select(fault => (fault.Line, fault.Reason.Code)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2027-01-01,off,元旦")]
    [InlineData("date,kind,name")]
    [InlineData("date,kind,name\n\n,,\n")]
    public void Table_WithoutHeaderOrDays_IsRefused(string text) => Assert.Single(HolidayTable.Examine(text).Faults);

    // As a spreadsheet saves it: a mark at the beginning, quotes, spaces, the third column left out.
    [Fact]
    public void Table_FromASpreadsheet_IsRead()
    {
        var table = HolidayTable.Examine("\uFEFF\"date\", \"kind\", \"name\"\r\n\"2027-01-02\" , \"off\" , \"元旦\"\r\n2027-01-01,off\r\n2027-01-03,work,元旦\r\n");
        Assert.Empty(table.Faults);
        var year = Assert.Single(table.Years);
        Assert.Equal(
            [new SpecialDay(new DateOnly(2027, 1, 1), false, ""), new SpecialDay(new DateOnly(2027, 1, 2), false, "元旦"), new SpecialDay(new DateOnly(2027, 1, 3), true, "元旦")],
            year.Days);
    }

    [Theory]
    [InlineData("HoursMissing")]
    [InlineData("HoursReversed", 12, 8)]
    [InlineData("HoursReversed", 8, 8)]
    [InlineData("HoursOverlap", 8, 12, 11, 18)]
    [InlineData("HoursOverlap", 14, 18, 8, 12)]
    [InlineData("HoursOverlap", 14, 0, 20, 21)]
    public void Hours_ThatCannotBeWorked_AreFaults(string code, params int[] edges) =>
        Assert.Equal(code, Assert.Single(CalendarFaults.Of(Shipped with { Hours = [.. edges.Chunk(2).Select(edge => new WorkingPeriod(new(edge[0], 0), new(edge[1], 0)))] })).Code);

    [Fact]
    public void Hours_OfTheWholeDayOrSideBySide_AreNone()
    {
        Assert.Empty(CalendarFaults.Of(Shipped with { Hours = [new(new(0, 0), new(0, 0))] }));
        Assert.Empty(CalendarFaults.Of(Shipped with { Hours = [new(new(8, 0), new(12, 0)), new(new(12, 0), new(18, 0))] }));
    }

    [Fact]
    public void Document_WithDaysOutOfPlace_HasFaults()
    {
        var day = new SpecialDay(new DateOnly(2027, 1, 1), false, new string('长', CalendarFaults.LongestName + 1));
        var codes = CalendarFaults.Of(Shipped with { Years = [new CalendarYear(2026, [day, day]), new CalendarYear(2026, [])] }).Select(fault => fault.Code);
        Assert.Equal(["YearTwice", "DayInAnotherYear", "NameLong", "DayInAnotherYear", "NameLong", "DayTwice"], codes);
    }

    // A fault without a sentence would be shown as its code.
    [Fact]
    public void Faults_OfTheCalendar_HaveSentences()
    {
        var texts = new ResourceManager(typeof(CalendarTexts));
        var codes = Directory.EnumerateFiles(Repository.File("HongqiaoDashboard", "Features", "Calendar", "Domain"), "*.cs")
            .SelectMany(path => Regex.Matches(File.ReadAllText(path), "new\\(\"([A-Z][A-Za-z0-9]+)\"").Select(match => match.Groups[1].Value))
            .Concat(["ChangedMeanwhile", "NoteMissing"]).Distinct().ToList();
        Assert.True(codes.Count > 10, string.Join(' ', codes));
        Assert.All(codes, code => Assert.NotNull(texts.GetString("Fault." + code, CultureInfo.GetCultureInfo("zh-CN"))));
    }
}
