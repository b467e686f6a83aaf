using HongqiaoDashboard.Features.Campaigns;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Situation;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;
using HongqiaoDashboard.Tests.Features.Grids;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace HongqiaoDashboard.Tests.TestKit;

/// <summary>Campaign items and their days, put into a data folder before the program starts on it.</summary>
internal static class CampaignPlanting
{
    private static readonly GridUnit[] Places = [.. GridSamples.Shipped.Units.Where(unit => unit.Tier == GridTier.Basic)];

    /// <summary>Puts items and days into a folder, through the desk.</summary>
    /// <param name="dataDirectory">The folder.</param>
    /// <param name="campaigns">What to put into which campaign.</param>
    public static async Task PlantAsync(string dataDirectory, params (string Campaign, CampaignItem[] Items, CampaignEntry[] Entries)[] campaigns)
    {
        var builder = PlatformHost.Compose(dataDirectory);
        builder.AddSituation();
        builder.AddCampaigns();
        await using var app = builder.Build();
        using (DatabaseStartup.Open(app.Services))
        {
            foreach (var (campaign, items, entries) in campaigns)
            {
                await app.Services.GetRequiredService<ICampaignDesk>().TakeAsync(campaign, items, entries, Actor.System, TestContext.Current.CancellationToken);
            }
        }

        SqliteConnection.ClearAllPools();
    }

    /// <summary>What lets the program read such a folder.</summary>
    public static string Key => $"Data:MasterKey={PlatformHost.MasterKey}";

    /// <summary>A parcel with a square outline somewhere in the district.</summary>
    /// <param name="n">Its number.</param>
    /// <param name="name">Its name.</param>
    /// <param name="households">In all.</param>
    public static CampaignItem Parcel(int n, string name, long households)
    {
        var place = Places[n * 97 % Places.Length];
        var (at, half) = (place.Centre, 0.0006 + households % 7 * 0.0001);
        return new CampaignItem
        {
            Code = $"P{n:000}", Name = name, GridCode = place.Code, Point = at, Source = "import",
            Outline = [new(at.Latitude - half, at.Longitude - half), new(at.Latitude - half, at.Longitude + half), new(at.Latitude + half, at.Longitude + half * 1.2), new(at.Latitude + half * 0.8, at.Longitude - half)],
            Totals = new Dictionary<string, long> { ["households"] = households, ["area"] = households * 22 },
        };
    }

    /// <summary>A market.</summary>
    /// <param name="n">Its number.</param>
    /// <param name="name">Its name.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="from">Planned first day.</param>
    /// <param name="to">Planned last day.</param>
    public static CampaignItem Market(int n, string name, string kind, DateOnly from, DateOnly to)
    {
        var place = Places[n * 61 % Places.Length];
        return new CampaignItem
        {
            Code = $"M{n:000}", Name = name, Kind = kind, GridCode = place.Code, Point = place.Centre, Source = "import", PlannedFrom = from, PlannedTo = to,
            Totals = new Dictionary<string, long> { ["markets"] = 1 },
        };
    }

    /// <summary>A day of an item.</summary>
    public static CampaignEntry Day(string item, DateOnly day, params StageAmount[] amounts) => new()
    {
        Item = item, Day = day, Revision = 1, Amounts = amounts, At = new DateTimeOffset(day.ToDateTime(new TimeOnly(10, 0)), TimeSpan.Zero), ActorName = "街道录入", Source = "import",
    };
}
