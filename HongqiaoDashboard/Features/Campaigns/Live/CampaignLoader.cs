using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Features.Campaigns.Domain;
using HongqiaoDashboard.Features.Campaigns.Photos;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Campaigns.Live;

/// <summary>Brings a model up to one state of the database.</summary>
/// <param name="read">A session of an actor without bounds that began a snapshot.</param>
internal sealed class CampaignLoader(ReadSession read)
{
    private const int PageLength = 2_000;
    private const int CasesAtOnce = 500;

    /// <summary>Takes in the campaigns' log after what the model has.</summary>
    /// <param name="model">The model.</param>
    public void Follow(CampaignModel model)
    {
        var seq = model.Seq;
        var items = read.Query<CampaignItemRow>().Where(i => i.Seq > seq).OrderBy(i => i.Seq).ToList();
        var entries = read.Query<CampaignEntryRow>().Where(e => e.Seq > seq).OrderBy(e => e.Seq).ToList();
        var links = read.Query<CampaignLinkRow>().Where(l => l.Seq > seq).OrderBy(l => l.Seq).ToList();
        var photos = read.Query<CampaignPhotoRow>().Where(p => p.Seq > seq).OrderBy(p => p.Seq).ToList();
        foreach (var item in items)
        {
            model.Put(item.Campaign, item.ToItem());
        }

        foreach (var days in entries.GroupBy(e => (e.Campaign, e.Item)))
        {
            model.Put(days.Key.Campaign, days.Key.Item, days.Select(day => day.ToEntry()));
        }

        foreach (var link in links)
        {
            model.Link(link.Campaign, link.Item, link.Number, link.Blocks);
        }

        foreach (var photo in photos)
        {
            model.Show(photo.Campaign, photo.Item, photo.ToPhoto(), photo.Kept);
        }

        model.Seq = new[] { seq, items.LastOrDefault()?.Seq ?? 0, entries.LastOrDefault()?.Seq ?? 0, links.LastOrDefault()?.Seq ?? 0, photos.LastOrDefault()?.Seq ?? 0 }.Max();
        foreach (var numbers in model.UnknownCases.Chunk(CasesAtOnce))
        {
            var states = read.Query<Incident>().Where(i => numbers.Contains(i.Number)).Select(i => new { i.Number, i.State }).ToDictionary(i => i.Number, i => i.State);
            foreach (var number in numbers)
            {
                model.Know(number, states.TryGetValue(number, out var state) && state.IsOpen());
            }
        }
    }

    /// <summary>Takes in the cases' log after what the model has; a model without a place in it begins at its end.</summary>
    /// <param name="model">The model.</param>
    public void FollowCases(CampaignModel model)
    {
        while (true)
        {
            var seq = model.CaseSeq;
            var page = read.Query<IncidentEvent>().Where(e => e.Seq > seq).OrderBy(e => e.Seq).Take(PageLength).Select(e => new { e.Seq, e.After }).ToList();
            foreach (var entry in page)
            {
                model.Apply(entry.After);
                model.CaseSeq = entry.Seq;
            }

            if (page.Count < PageLength)
            {
                return;
            }
        }
    }

    /// <summary>The end of the cases' log.</summary>
    public long LastCaseSeq() => read.Query<IncidentEvent>().Max(e => (long?)e.Seq) ?? 0;

    /// <summary>Cases that a watch may be about: its types and times, in a box around its point.</summary>
    /// <param name="watch">The watch.</param>
    public IEnumerable<IncidentFacts> CasesOf(RelapseWatch watch)
    {
        var (high, wide) = watch.Point.Reach(watch.Rule.Metres);
        var (south, north) = (watch.Point.Latitude - high, watch.Point.Latitude + high);
        var (west, east) = (watch.Point.Longitude - wide, watch.Point.Longitude + wide);
        return watch.Rule.Types.SelectMany(type => read.Query<Incident>()
            .Where(i => i.Type == type && i.ReportedAt >= watch.From && i.ReportedAt < watch.Before
                && i.Latitude >= south && i.Latitude <= north && i.Longitude >= west && i.Longitude <= east)
            .AsEnumerable().Select(i => i.ToFacts()));
    }
}
