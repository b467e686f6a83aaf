using System.Text.Json;
using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Tests.Features.Demo;

public sealed partial class DemoCasesTests
{
    private static readonly DateOnly Spring = new(2022, 4, 1);

    [Fact]
    public void Random_OfASeed_GivesTheSameNumbersForEver()
    {
        // What SplitMix64 gives for these keys; another number here is another history for every seed.
        var random = StableRandom.Of(7, "day", 1);
        Assert.Equal([0.39968540656139262, 0.67755823014816452, 0.4713001475342683], [random.Unit(), random.Unit(), random.Unit()]);
        Assert.NotEqual(StableRandom.Of(7, "day", 1).Unit(), StableRandom.Of(8, "day", 1).Unit());
    }

    [Fact]
    public async Task Day_AskedAgainOrAlone_IsTheSameToTheByte()
    {
        await using var house = new DemoHouse();
        var all = Days(house.Cases(7), Spring, 60);

        Assert.Equal(all, Days(house.Cases(7), Spring, 60));
        Assert.Equal(all[37], Days(house.Cases(7), Spring.AddDays(37), 1).Single());
        Assert.NotEqual(all, Days(house.Cases(8), Spring, 60));
    }

    [Fact]
    public async Task History_UntilLate2026_GrowsToADistrictsRhythm_AndStaysShortEnoughToFill()
    {
        await using var house = new DemoHouse();
        var cases = house.Cases(2018);
        var byYear = Enumerable.Range(DemoRhythm.FirstDay.DayNumber, new DateOnly(2026, 11, 24).DayNumber - DemoRhythm.FirstDay.DayNumber)
            .Select(DateOnly.FromDayNumber).GroupBy(day => day.Year, day => cases.Day(day).Count()).ToDictionary(year => year.Key, year => year.ToList());

        Assert.InRange(byYear.Values.Sum(year => year.Sum()), 18_000, 25_000);
        Assert.InRange(byYear[2026].TakeLast(60).Average(), 60, 100);
        Assert.InRange(Enumerable.Range(0, 28).Average(day => cases.Day(new DateOnly(2028, 11, 1).AddDays(day)).Count()), 75, 100);
        Assert.All(byYear.Keys.Where(year => year is > 2018 and < 2026), year => Assert.True(byYear[year].Sum() > byYear[year - 1].Sum(), $"{year}"));
    }

    [Fact]
    public async Task History_OfLateDays_LeavesCasesOpenLateAndSuspended()
    {
        await using var house = new DemoHouse();
        var cases = house.Cases(2018);
        var now = new DateTimeOffset(2026, 11, 24, 2, 0, 0, TimeSpan.Zero);
        var open = Enumerable.Range(-150, 151).SelectMany(day => cases.Day(new DateOnly(2026, 11, 24).AddDays(day))).Where(made => made.ReportedAt <= now)
            .Select(made => (Age: now - made.ReportedAt, made.Type.Severity, Last: made.Steps.TakeWhile(step => step.At <= now).LastOrDefault().Kind))
            .Where(made => made.Last is not (IncidentEventKind.Closed or IncidentEventKind.Rejected)).ToList();

        Assert.InRange(open.Count, 80, 220);
        Assert.InRange(open.Count(made => made.Last == IncidentEventKind.Suspended), 5, 60);
        Assert.InRange(open.Count(made => made is { Severity: IncidentSeverity.Ordinary, Last: IncidentEventKind.CheckedIn or IncidentEventKind.HandlingStarted } && made.Age.TotalHours > 2), 5, 80);
        Assert.Contains(open, made => made.Age.TotalHours < 3);
    }

    [Fact]
    public async Task Cases_OfAYear_NameNoPersonNumberOrHome_AndSensitiveVisitsNoPlace()
    {
        await using var house = new DemoHouse();
        var catalog = house.Get<IIncidentCatalog>();
        var texts = 0;
        for (var day = new DateOnly(2025, 1, 1); day.Year == 2025; day = day.AddDays(1))
        {
            foreach (var made in house.Cases(7).Day(day))
            {
                foreach (var text in made.Steps.Select(step => step.Text).Append(made.Description).Append(made.Address).OfType<string>())
                {
                    Assert.Equal(text, PersonalNumbers.Mask(text));
                    Assert.DoesNotMatch(Telling(), text);
                    texts++;
                }

                Assert.True(catalog.Category(made.Type.Category)!.CountsOnly ? made.Address is null && made.Type.Name.EndsWith("走访", StringComparison.Ordinal)
                    || made.Type.Code is "0205" or "0206" : made.Description.Length > 0, made.Id);
            }
        }

        Assert.True(texts > 5_000);
    }

    [Fact]
    public async Task Hour_AtASpeed_BringsSoManyTimesAsMany_AndNoneThatNeedsPhotographs()
    {
        await using var house = new DemoHouse();
        var cases = house.Cases(7);
        var start = new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero);
        var hours = Enumerable.Range(0, 24 * 28).Select(hour => start.AddHours(hour)).ToList();

        var slow = hours.Sum(hour => cases.Hour(hour, 1).Count());
        var fast = hours.Select(hour => cases.Hour(hour, 20).ToList()).ToList();

        Assert.InRange(fast.Sum(hour => hour.Count) / (double)slow, 16, 24);
        Assert.All(fast.SelectMany(hour => hour), made => Assert.Equal(0, made.Type.PhotosToResolve));
        Assert.All(fast.Zip(hours), pair => Assert.All(pair.First, made => Assert.InRange(made.ReportedAt, pair.Second, pair.Second.AddHours(1))));
        // A working day's morning against its night, by the district's clock: the first hour begins at midnight there.
        Assert.True(fast.Where((_, hour) => hour % 24 is 8 or 9).Sum(hour => hour.Count) > 8 * fast.Where((_, hour) => hour % 24 is 2 or 3).Sum(hour => hour.Count));
    }

    private static List<string> Days(DemoCases cases, DateOnly first, int days) =>
        [.. Enumerable.Range(0, days).Select(n => JsonSerializer.Serialize(cases.Day(first.AddDays(n))))];

    // House and door numbers, plates, titles after a name.
    [GeneratedRegex(@"\d|号楼|单元\d|先生|女士|某")]
    private static partial Regex Telling();
}
