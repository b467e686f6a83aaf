using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Domain;

/// <summary>Whether the range keeps what it promises, on histories whose future is known.</summary>
public sealed class ForecastTrialsTests
{
    private const int Seeds = 40;

    [Theory]
    [InlineData("steady")]
    [InlineData("lumpy")]
    [InlineData("restless")]
    [InlineData("drifting")]
    [InlineData("slowing")]
    [InlineData("quickening")]
    public void Range_OverManyHistories_HoldsTheTruthAsOftenAsStated(string kind)
    {
        var (near, far, trials, within) = (0, 0, 0, 0);
        for (var seed = 0; seed < Seeds; seed++)
        {
            const int Known = 420;
            var days = FigureSamples.History(kind, seed, Known + 150);
            var curve = FigureSamples.Curve(days[..Known]);
            var made = ForecastTrials.Newest(ForecastTrials.Of(curve));
            var test = ForecastTrials.Judge(made)!;
            trials += test.Trials;
            within += test.Within;
            near += IsWithin(days, Known, 28, made);
            far += IsWithin(days, Known, 150, made);
        }

        // Overlapping trials of forty histories: a deviation of 4 points at most; forty single ranges: of 6.3 points, twice taken.
        Assert.InRange((double)within / trials, CampaignForecaster.Stated - 0.04, 1);
        Assert.InRange((double)near / Seeds, CampaignForecaster.Stated - 0.126, 1);
        Assert.InRange((double)far / Seeds, CampaignForecaster.Stated - 0.126, 1);
    }

    [Fact]
    public void Range_OfASteadyHistory_IsNotWidenedToSayNothing()
    {
        var trials = Enumerable.Range(0, Seeds).SelectMany(seed => ForecastTrials.Of(FigureSamples.Curve(FigureSamples.History("steady", seed, 420)))).ToList();
        var widths = trials.Select(trial => trial.Widened.Late!.Value - trial.Widened.Early!.Value).Order().ToList();
        Assert.InRange(widths[widths.Count / 2], 3, 10);
    }

    [Fact]
    public void Trial_OfTheFuture_TeachesNothing()
    {
        // A history that stops being regular: what was said before must not know it.
        long[] regular = [.. Enumerable.Repeat(10L, 300)];
        long[] broken = [.. regular, .. FigureSamples.History("lumpy", 1, 120)];
        var before = ForecastTrials.Of(FigureSamples.Curve(regular));
        var after = ForecastTrials.Of(FigureSamples.Curve(broken)).Where(trial => trial.Origin + ForecastTrials.Ahead <= 300 && (300 - trial.Origin) % 7 == 0);
        Assert.All(after, trial => Assert.Contains(before, known => known.Said == trial.Said));
        Assert.All(before, trial => Assert.Equal((28, true, 0), (trial.Truth, trial.IsWithin, trial.Error)));
    }

    [Fact]
    public void Range_ThatMissed_WidensThoseAfterIt()
    {
        long[] halved = [.. Enumerable.Repeat(20L, 200), .. Enumerable.Repeat(10L, 200)];
        var trials = ForecastTrials.Of(FigureSamples.Curve(halved));
        var missed = trials.First(trial => trial.Truth > trial.Said.Late);
        Assert.DoesNotContain(trials.Where(trial => trial.Origin < missed.Origin + ForecastTrials.Ahead && trial.Origin > 150), trial => trial.Widened.Late > trial.Said.Late);
        Assert.Contains(trials, trial => trial.Origin >= missed.Origin + ForecastTrials.Ahead && trial.Widened.Late > trial.Said.Late);
    }

    [Fact]
    public void Trials_OfWeeksWithoutWork_AskNothing()
    {
        long[] idle = [.. Enumerable.Repeat(5L, 100), .. Enumerable.Repeat(0L, 200)];
        var trials = ForecastTrials.Of(FigureSamples.Curve(idle));
        Assert.All(trials, trial => Assert.True(trial.Origin < 100));
        Assert.Null(ForecastTrials.Judge([]));
    }

    private static int IsWithin(long[] days, int known, int ahead, List<ForecastTrial> trials)
    {
        var amount = days.Skip(known).Take(ahead).Sum();
        if (amount == 0 || WeeklyBootstrap.Ask(days.AsSpan(0, known), amount, 0, CampaignForecaster.Horizon) is not { } said)
        {
            return 1;
        }

        var (truth, left) = (0, amount);
        while (left > 0)
        {
            left -= days[known + truth++];
        }

        var reach = RangeWidening.Of(trials).Of(said, CampaignForecaster.Horizon);
        return reach.Early <= truth && (reach.Late is not { } late || late >= truth) ? 1 : 0;
    }
}
