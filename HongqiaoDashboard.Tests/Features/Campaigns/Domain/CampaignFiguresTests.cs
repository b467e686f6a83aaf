using CsCheck;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Domain;

public sealed class CampaignFiguresTests
{
    private static readonly DateOnly Start = FigureSamples.Start;
    private static readonly Gen<long[]> Days = Gen.Frequency((2, Gen.Const(0L)), (3, Gen.Long[1, 60])).Array[0, 200];

    [Fact]
    public void Days_FromTheStart_HaveNoGapAndAddUp()
    {
        var amounts = new Dictionary<DateOnly, long> { [Start.AddDays(2)] = 5, [Start.AddDays(4)] = 7, [Start.AddDays(6)] = 100 };
        var days = CampaignFigures.Of(FigureSamples.Definition(10), 50, amounts, Start.AddDays(5)).Days;
        Assert.Equal([0, 0, 5, 0, 7, 0], days.Select(day => day.Amount));
        Assert.Equal([0, 0, 5, 5, 12, 12], days.Select(day => day.Done));
        Assert.Equal([5, 10, 15, 20, 25, 30], days.Select(day => day.Planned));
        Assert.Equal(Start, days[0].Day);
        amounts[Start.AddDays(-3)] = 1;
        Assert.Equal(Start.AddDays(-3), CampaignFigures.Of(FigureSamples.Definition(10), 50, amounts, Start).Days[0].Day);
        Assert.Empty(CampaignFigures.Of(FigureSamples.Definition(10), 50, new Dictionary<DateOnly, long>(), Start.AddDays(-1)).Days);
    }

    [Fact]
    public void Pace_OfTheLastDays_LeavesOutTheDayThatIsNotOver()
    {
        var amounts = FigureSamples.Amounts([.. Enumerable.Repeat(1L, 14), .. Enumerable.Repeat(2L, 7), .. Enumerable.Repeat(4L, 7), 100]);
        var pace = CampaignFigures.Of(FigureSamples.Definition(100), 400, amounts, Start.AddDays(28)).Pace;
        Assert.Equal((4, 2, 2, 244 / 71.0), (pace.Last7, pace.Before7, pace.Last28, pace.Needed!.Value));
        Assert.Equal(10, pace.Ahead);
    }

    [Theory]
    [InlineData(20, 9, 200, 0)]
    [InlineData(9, 19, 200, -16)]
    [InlineData(200, 9, 200, 90)]
    [InlineData(0, 120, 200, -121)]
    [InlineData(0, 9, 0, null)]
    public void Ahead_OfThePlan_IsTheDayItWantsThisForAgainstToday(long doneOnDayNine, int day, long total, int? ahead)
    {
        // Two a day over a hundred days; at the end of the tenth day twenty are wanted.
        var amounts = new Dictionary<DateOnly, long> { [Start.AddDays(9)] = doneOnDayNine };
        Assert.Equal(ahead, CampaignFigures.Of(FigureSamples.Definition(100), total, amounts, Start.AddDays(day)).Pace.Ahead);
    }

    [Fact]
    public void Forecast_WithNothingLeftOrNothingMovingOrTooLittlePast_IsNone()
    {
        Assert.Null(Ask(Enumerable.Repeat(10L, 60), 600).Forecast);
        Assert.Null(Ask(Enumerable.Repeat(0L, 60), 600).Forecast);
        Assert.Null(Ask([.. Enumerable.Repeat(10L, 60), .. Enumerable.Repeat(0L, 56)], 800).Forecast);
        Assert.Null(Ask(Enumerable.Repeat(10L, 13), 600).Forecast);
        Assert.NotNull(Ask(Enumerable.Repeat(10L, 14), 600).Forecast);
        Assert.Null(Ask([], 600).BackTest);
    }

    [Fact]
    public void Forecast_OfTheSameEachDay_IsThatDayExactlyAndSaysSo()
    {
        var (_, pace, forecast, test) = Ask(Enumerable.Repeat(10L, 400), 4300);
        Assert.Equal(10, pace.Last28);
        // 300 are left at the end of the day before; ten of the thirty days that they take is the day itself.
        var last = Start.AddDays(400 + 29);
        Assert.Equal((last, last, last, 300L, 56), (forecast!.Earliest, forecast.Middle, forecast.Latest, forecast.Remaining, forecast.Window));
        Assert.Equal(new CampaignBackTest(52, 52, 0.8, 0, 28), test);
    }

    [Fact]
    public void Forecast_BeyondTheHorizon_SaysNotInSight()
    {
        var forecast = Ask(Enumerable.Repeat(1L, 400), 100_000).Forecast!;
        Assert.Equal((null, null, null), (forecast.Earliest, forecast.Middle, forecast.Latest));
        Assert.Equal(Start.AddDays(400 + CampaignForecaster.Horizon - 1), forecast.Horizon);
    }

    [Fact]
    public void Forecast_WhileTheDayIsEntered_NeverComesLater()
    {
        var days = FigureSamples.History("steady", 3, 300);
        var before = Ask([.. days], days.Sum() + 200).Forecast!;
        var after = Ask([.. days], days.Sum() + 200, today: 40).Forecast!;
        Assert.Equal(160, after.Remaining);
        Assert.True(after.Earliest <= before.Earliest && after.Middle < before.Middle && after.Latest <= before.Latest);
    }

    [Fact]
    public void Figures_AfterALaterDay_StayWhatTheyWere()
    {
        // What is entered for later days is not known on the day that is shown.
        var days = FigureSamples.History("restless", 5, 400);
        var known = FigureSamples.Amounts(days.Take(300));
        var all = FigureSamples.Amounts(days);
        var day = Start.AddDays(299);
        var (first, second) = (CampaignFigures.Of(FigureSamples.Definition(500), 9000, known, day), CampaignFigures.Of(FigureSamples.Definition(500), 9000, all, day));
        Assert.Equal(first.Days, second.Days);
        Assert.Equal((first.Pace, first.Forecast, first.BackTest), (second.Pace, second.Forecast, second.BackTest));
    }

    [Fact]
    public void Correction_OfLastWeek_ChangesTotalsPaceAndForecast()
    {
        var amounts = FigureSamples.Amounts(FigureSamples.History("steady", 8, 300));
        var day = Start.AddDays(300);
        var before = CampaignFigures.Of(FigureSamples.Definition(500), 4000, amounts, day);
        amounts[day.AddDays(-5)] += 70;
        var after = CampaignFigures.Of(FigureSamples.Definition(500), 4000, amounts, day);
        Assert.Equal(before.Days[^1].Done + 70, after.Days[^1].Done);
        Assert.Equal(before.Days[^7], after.Days[^7]);
        Assert.Equal(before.Pace.Last7 + 10, after.Pace.Last7, 9);
        Assert.Equal(before.Pace.Before7, after.Pace.Before7);
        Assert.Equal(before.Forecast!.Remaining - 70, after.Forecast!.Remaining);
        Assert.True(after.Forecast.Middle < before.Forecast.Middle);
        Assert.NotEqual(before.BackTest, after.BackTest);
    }

    [Fact]
    public void Figures_AskedTwice_AreTheSame() =>
        Gen.Select(Days, Gen.Long[1, 9000]).Sample((days, total) =>
        {
            var (first, second) = (Ask(days, total), Ask(days, total));
            Assert.Equal((first.Pace, first.Forecast, first.BackTest), (second.Pace, second.Forecast, second.BackTest));
        }, iter: 40);

    [Fact]
    public void Forecast_OfMore_IsNeverEarlier() =>
        Gen.Select(Days, Gen.Long[1, 4000], Gen.Long[1, 2000]).Sample((days, left, more) =>
        {
            var done = days.Sum();
            var (less, much) = (Ask(days, done + left).Forecast, Ask(days, done + left + more).Forecast);
            Assert.Equal(less is null, much is null);
            Assert.True(IsInOrder(less?.Earliest, much?.Earliest) && IsInOrder(less?.Middle, much?.Middle) && IsInOrder(less?.Latest, much?.Latest));
            Assert.True(IsInOrder(less?.Earliest, less?.Middle) && IsInOrder(less?.Middle, less?.Latest));
        }, iter: 150);

    private static (IReadOnlyList<CampaignDay> Days, CampaignPace Pace, CampaignForecast? Forecast, CampaignBackTest? BackTest) Ask(
        IEnumerable<long> over, long total, long today = 0)
    {
        var amounts = FigureSamples.Amounts(over.Append(today));
        return CampaignFigures.Of(FigureSamples.Definition(500), total, amounts, Start.AddDays(amounts.Count - 1));
    }

    // A day that is not in sight is after each one that is.
    private static bool IsInOrder(DateOnly? first, DateOnly? second) => second is null || first <= second;
}
