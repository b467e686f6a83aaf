using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Demo.Domain;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Demo.Live;

/// <summary>
/// Puts the made-up campaigns into a folder once. They stay as they are: made to agree with the published sums to the last
/// household, they would no longer do so a day later.
/// </summary>
internal sealed class DemoCampaignFill(ICampaignDesk desk, ICampaignPhotos photos, IIncidentReader cases, TimeProvider clock, ILogger<DemoCampaignFill> log)
{
    private const int Blockers = 3;
    private const int Photographed = 3;
    private const string Markets = "markets";

    private readonly List<(string Campaign, CampaignItem Item)> _unfinished = [];

    /// <summary>Stores each campaign whose first item was never there.</summary>
    /// <param name="made">Makes them.</param>
    /// <param name="cancellation">Ends it between two campaigns.</param>
    /// <exception cref="StorageUnavailableException">The rest was not stored; call again later.</exception>
    public async Task RunAsync(DemoCases made, CancellationToken cancellation)
    {
        foreach (var campaign in made.Campaigns(made.Zone.DayOf(clock.GetUtcNow())))
        {
            if ((await desk.HistoryAsync(campaign.Code, campaign.Items[0].Item.Code, Actor.System, cancellation)).Count > 0)
            {
                continue;
            }

            try
            {
                await desk.TakeAsync(campaign.Code, [.. campaign.Items.Select(i => i.Item)], [.. campaign.Items.SelectMany(i => i.Entries)], DemoFill.Actor, cancellation);
                _unfinished.AddRange(campaign.Items.Where(i => i.Item.PlannedTo >= made.Zone.DayOf(clock.GetUtcNow())).Select(i => (campaign.Code, i.Item)));
                await PhotographAsync(made.Seed, campaign, cancellation);
                log.LogInformation("Demo: campaign {Campaign} with {Items} items and {Entries} days was stored", campaign.Code, campaign.Items.Count, campaign.Items.Sum(i => i.Entries.Count));
            }
            catch (RefusedException e)
            {
                // Somebody has set the campaign up otherwise, or it begins later than its made-up days.
                log.LogInformation("Demo: campaign {Campaign} stays as it is: {Reason}", campaign.Code, e.Message);
            }
        }
    }

    /// <summary>Lets some open cases stand in the way of what is not finished, once the history is there.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task LinkAsync(CancellationToken cancellation)
    {
        foreach (var (campaign, item) in _unfinished.Take(Blockers))
        {
            var query = new IncidentQuery { OpenOnly = true, GridCode = item.GridCode[..9], PageSize = 1 };
            if ((await cases.SearchAsync(query, DemoFill.Actor, cancellation)).Items is [var first, ..])
            {
                await desk.LinkAsync(campaign, item.Code, first.Number, blocks: true, DemoFill.Actor, cancellation);
            }
        }

        _unfinished.Clear();
    }

    // Drawn, not taken, and marked as such in the picture; through the door that photographs come in by.
    private async Task PhotographAsync(int seed, DemoCampaign campaign, CancellationToken cancellation)
    {
        foreach (var (item, entries) in campaign.Items.Where(_ => campaign.Code == Markets).Take(Photographed))
        {
            foreach (var moment in Enum.GetValues<PhotoMoment>().Where(moment => moment == PhotoMoment.Before || entries.Count > 2))
            {
                var picture = DemoStreetScene.Draw(seed, item.Code, stalls: moment == PhotoMoment.Before);
                await photos.AddAsync(campaign.Code, item.Code, moment, new MemoryStream(picture), entries.Count == 0 ? null : entries[moment == PhotoMoment.Before ? 0 : ^1].Day, DemoFill.Actor, cancellation);
            }
        }
    }
}
