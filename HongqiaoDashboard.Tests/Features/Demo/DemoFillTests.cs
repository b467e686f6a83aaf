using System.Globalization;
using HongqiaoDashboard.Features.Demo;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Incidents.Data;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.Features.Demo;

public sealed class DemoFillTests
{
    private const string Rows =
        "SELECT ExternalId, Number, State, Type, Severity, GridCode, Latitude, Longitude, Address, Description, Department, ReportedAt, ResolvedAt, ClosedAt, ResolveBy, CloseBy, StatusNotes, Version FROM Incidents";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Fill_SameSeedAndTime_IsTheSameToTheByte_AndAnotherSeedIsNot()
    {
        await using var one = new DemoHouse();
        await using var two = new DemoHouse();
        await using var other = new DemoHouse(seed: 8);
        foreach (var house in (DemoHouse[])[one, two, other])
        {
            await house.RunAsync();
        }

        Assert.Equal(Text(one, $"{Rows} ORDER BY Id"), Text(two, $"{Rows} ORDER BY Id"));
        const string log = "SELECT * FROM IncidentEvents ORDER BY Seq";
        Assert.Equal(Text(one, log), Text(two, log));
        Assert.NotEqual(Text(one, $"{Rows} ORDER BY Id"), Text(other, $"{Rows} ORDER BY Id"));
    }

    [Fact]
    public async Task Fill_WeeksLater_TellsWhatWasOverInTheSameWords()
    {
        await using var early = new DemoHouse();
        await using var late = new DemoHouse(now: DemoHouse.Now.AddDays(40));
        await early.RunAsync();
        await late.RunAsync();

        var over = Text(early, $"{Rows} WHERE State IN (8, 9)");
        // The number counts the cases of a day; those of the last days may have had to wait for photographs.
        over = [.. over.Where(row => !row.Contains("|HQ201809", StringComparison.Ordinal))];
        Assert.True(over.Count > 150);
        Assert.Empty(over.Except(Text(late, Rows)));
        Assert.Empty(Text(early, "SELECT ExternalId FROM Incidents").Except(Text(late, "SELECT ExternalId FROM Incidents")));
    }

    [Fact]
    public async Task Fill_UntilMid2021_IsPlausibleInEveryCount_AndCheckFindsNothing()
    {
        await using var house = new DemoHouse(now: new DateTimeOffset(2021, 6, 30, 3, 0, 0, TimeSpan.Zero));
        await house.RunAsync();
        using var database = house.Open();

        double Share(string part, string whole = "1") =>
            Convert.ToDouble(database.Query($"SELECT 100.0 * SUM({part}) / SUM({whole}) FROM Incidents").Single()[0], CultureInfo.InvariantCulture);

        Assert.InRange(database.Scalar<long>("SELECT COUNT(*) FROM Incidents"), 1_800, 3_200);
        Assert.InRange(Share("ClosedAt IS NOT NULL", "AcceptedAt IS NOT NULL"), 99.2, 99.95);
        Assert.InRange(Share("ResolvedAt <= ResolveBy", "ResolvedAt IS NOT NULL"), 88, 98);
        Assert.InRange(Share("ClosedAt <= CloseBy", "ClosedAt IS NOT NULL"), 86, 98);
        Assert.InRange(Share("Reworks > 0"), 1.5, 6);
        Assert.InRange(Share("Extensions > 0"), 0.7, 4);
        Assert.InRange(Share("Id IN (SELECT IncidentId FROM IncidentEvents WHERE Kind = 12)"), 0.7, 4);
        Assert.InRange(Share("State = 9"), 1, 5);
        Assert.InRange(Share("Severity = 2"), 3, 12);
        Assert.Equal(11, database.Scalar<long>("SELECT COUNT(DISTINCT Category) FROM Incidents"));

        // Rhythm of day, week and year, by the district's clock, and hot spots.
        const string local = "ReportedAt / 1000 + 28800, 'unixepoch'";
        Assert.True(Share($"strftime('%H', {local}) IN ('08', '09', '14', '15')") > 10 * Share($"strftime('%H', {local}) < '04'"));
        Assert.InRange(Share($"strftime('%w', {local}) IN ('0', '6')"), 15, 25);
        Assert.True(Share($"Type = '1002' AND strftime('%m', {local}) IN ('11', '12', '01', '02', '03')") > 20 * Share($"Type = '1002' AND strftime('%m', {local}) IN ('05', '06', '07', '08', '09')"));
        Assert.InRange(database.Scalar<double>("SELECT 1.0 * SUM(c) / (SELECT COUNT(*) FROM Incidents) FROM (SELECT COUNT(*) AS c FROM Incidents GROUP BY GridCode ORDER BY c DESC LIMIT 104)"), 0.3, 0.8);

        Assert.Empty(house.Differences());
    }

    [Fact]
    public async Task Fill_OfAFolderThatBeganWithSomebodysCase_AddsNothingAndMarksNothing()
    {
        await using var house = new DemoHouse(speed: 1_000);
        await ReportAsync(house);

        await house.LiveAsync(TimeSpan.FromHours(3), TimeSpan.FromHours(1));

        Assert.Equal(1, Count(house));
        Assert.Null(house.Get<DemoNotice>().Text);
    }

    [Fact]
    public async Task Demo_SwitchedOff_AddsNothing_AndStillMarksAFolderOfTheDemo()
    {
        await using var off = new DemoHouse(enabled: false);
        await off.RunAsync();
        Assert.Equal(0, Count(off));
        Assert.Null(off.Get<DemoNotice>().Text);

        await using var house = new DemoHouse();
        await house.RunAsync();
        var (count, notice) = (Count(house), house.Get<DemoNotice>());
        notice.IsShown = false;
        house.Get<Microsoft.Extensions.Options.IOptions<DemoOptions>>().Value.Enabled = false;
        await house.Again().RunAsync(Cancellation);
        Assert.Equal((count, true), (Count(house), notice.Text is not null));
    }

    [Fact]
    public async Task Fill_CutShort_GoesOnToTheSameCases()
    {
        await using var whole = new DemoHouse(now: DemoHouse.Now.AddYears(2));
        await whole.RunAsync();
        using var stop = new CancellationTokenSource();
        await using var cut = new DemoHouse(now: DemoHouse.Now.AddYears(2), configure: services => services.AddSingleton<IIncidentHistory>(provider =>
            new Watched(ActivatorUtilities.CreateInstance<IncidentHistory>(provider), call => { if (call == 3) { stop.Cancel(); } })));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cut.Demo.RunAsync(stop.Token));
        Assert.InRange(Count(cut), 250, Count(whole) - 250);
        await cut.Again().RunAsync(Cancellation);

        Assert.Equal(Text(whole, $"{Rows} ORDER BY ExternalId"), Text(cut, $"{Rows} ORDER BY ExternalId"));
    }

    [Fact]
    public async Task Fill_WhileTheStorageTakesNothing_WaitsAndThenFills()
    {
        var fails = true;
        await using var house = new DemoHouse(configure: services => services.AddSingleton<IIncidentHistory>(provider =>
            new Watched(ActivatorUtilities.CreateInstance<IncidentHistory>(provider), _ => { if (fails) { throw new StorageUnavailableException("full", new IOException()); } })));

        await Assert.ThrowsAsync<StorageUnavailableException>(house.RunAsync);
        // The host's own start is not ended by it either.
        await house.Demo.StartAsync(Cancellation);
        await house.Demo.StopAsync(Cancellation);
        Assert.Equal(0, Count(house));

        fails = false;
        await house.RunAsync();
        Assert.True(Count(house) > 150);
    }

    [Fact]
    public async Task Seed_OfAFolder_IsTheOneThatItBeganWith()
    {
        await using var house = new DemoHouse(seed: 7);
        await house.RunAsync();
        house.Get<Microsoft.Extensions.Options.IOptions<DemoOptions>>().Value.Seed = 99;
        house.Clock.Advance(TimeSpan.FromDays(20));

        await house.Again().RunAsync(Cancellation);

        Assert.Empty(Text(house, "SELECT ExternalId FROM Incidents WHERE ExternalId NOT LIKE 'demo:7:%'"));
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(10_001)]
    [InlineData(double.NaN)]
    public void Options_WithASpeedThatCannotBe_AreRefusedInWords(double speed)
    {
        var result = new DemoOptions.Validator().Validate(null, new DemoOptions { Speed = speed });

        Assert.Contains("Demo:Speed must be from 0", result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_SwitchTheDemoOn_InDevelopmentOnly()
    {
        Assert.False(Settings("appsettings.json").Enabled);
        Assert.True(Settings("appsettings.json", "appsettings.Development.json").Enabled);

        static DemoOptions Settings(params string[] files) =>
            files.Aggregate(new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory), (builder, file) => (ConfigurationBuilder)builder.AddJsonFile(file))
                .Build().GetSection(DemoOptions.Section).Get<DemoOptions>() ?? new DemoOptions();
    }

    internal static Task<ReportReceipt> ReportAsync(DemoHouse house)
    {
        var grids = house.Get<HongqiaoDashboard.Features.Grids.Contracts.IGridDirectory>().Current;
        return house.Get<IIncidentDesk>().ReportAsync(
            new ReportIncident { Type = "0401", Point = grids.Units[^1].Centre, Source = "desk", Description = "真实上报" }, TestDatabase.Operator, Cancellation);
    }

    internal static long Count(DemoHouse house)
    {
        using var database = house.Open();
        return database.Scalar<long>("SELECT COUNT(*) FROM Incidents");
    }

    internal static List<string> Text(DemoHouse house, string sql)
    {
        using var database = house.Open();
        return database.Query(sql).ConvertAll(row => string.Join('|', row.Select(value => Convert.ToString(value, CultureInfo.InvariantCulture))));
    }

    private sealed class Watched(IIncidentHistory inner, Action<int> storing) : IIncidentHistory
    {
        private int _calls;

        public HistoricFault? Judge(HistoricCase historic, out HistoricDraft? draft) => inner.Judge(historic, out draft);

        public IReadOnlySet<string> Known(IReadOnlyCollection<string> externalIds) => inner.Known(externalIds);

        public Task<IReadOnlyList<bool>> StoreAsync(IReadOnlyList<HistoricDraft> drafts, Actor actor, CancellationToken cancellation = default)
        {
            storing(++_calls);
            return inner.StoreAsync(drafts, actor, cancellation);
        }
    }
}
