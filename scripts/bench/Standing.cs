using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Live;
using HongqiaoDashboard.Platform.Identity;

namespace HongqiaoDashboard.Bench;

/// <summary>What a long history costs the live picture: its start, a tick, a read.</summary>
internal static class Standing
{
    private const int Reports = 64;
    private const int Reads = 100_000;

    /// <summary>Measures and prints.</summary>
    /// <param name="folder">Where the data folders are.</param>
    /// <param name="few">The baseline: folder and program.</param>
    /// <param name="many">The other one.</param>
    public static async Task RunAsync(string folder, (string Name, WebApplication App) few, (string Name, WebApplication App) many)
    {
        using var fewPicture = await StoredAsync(few.App);
        using var manyPicture = await StoredAsync(many.App);
        Console.WriteLine("  The live picture:");
        var starts = await Rounds.MeasureAsync(
            ("start to first picture, few (baseline)", () => StartAsync(Path.Combine(folder, few.Name))),
            ("start to first picture, many", () => StartAsync(Path.Combine(folder, many.Name))));
        Rounds.Print(starts, time => $"{time.TotalMilliseconds,12:N0} ms", Rounds.OfTime, "of the baseline's time");

        var ticks = await Rounds.MeasureAsync(
            ($"tick with {Reports} reports, few (baseline)", () => ReportAsync(few.App), () => Tick(few.App)),
            ($"tick with {Reports} reports, many", () => ReportAsync(many.App), () => Tick(many.App)));
        Rounds.Print(ticks, time => $"{time.TotalMicroseconds,12:N0} µs", Rounds.OfTime, "of the baseline's time");

        var reads = await Rounds.MeasureAsync(
            ("read of all figures, few (baseline)", () => Read(fewPicture)),
            ("read of all figures, many", () => Read(manyPicture)));
        Rounds.Print(reads, time => $"{time.TotalNanoseconds / Reads,12:N0} ns", Rounds.OfTime, "of the baseline's time");
    }

    private static async Task<ISituationSubscription> StoredAsync(WebApplication app)
    {
        var picture = await House.PictureAsync(app);
        var projection = app.Services.GetRequiredService<SituationProjection>();
        projection.Step();
        await projection.Stored;
        return picture;
    }

    private static async Task StartAsync(string data)
    {
        await using var app = House.Compose(data);
        using var picture = await House.PictureAsync(app);
    }

    private static async Task ReportAsync(WebApplication app)
    {
        var desk = app.Services.GetRequiredService<IIncidentDesk>();
        var places = House.Places(app);
        await Task.WhenAll(Enumerable.Range(0, Reports).Select(n =>
            desk.ReportAsync(new ReportIncident { Type = "0401", Point = places[n * 7], Description = "bench", Source = "bench" }, Actor.System)));
    }

    private static Task Tick(WebApplication app)
    {
        app.Services.GetRequiredService<SituationProjection>().Step();
        return Task.CompletedTask;
    }

    private static Task<long> Read(ISituationSubscription picture)
    {
        var sum = 0L;
        for (var n = 0; n < Reads; n++)
        {
            foreach (var kpi in picture.Current.Kpis)
            {
                sum += kpi.Denominator ?? 0;
            }
        }

        return Task.FromResult(sum);
    }
}
