using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Data;
using HongqiaoDashboard.Platform.Identity;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Campaigns.Import;

/// <summary>What a campaign has in the rows now, as far as the actor sees: read without a running server.</summary>
internal sealed class CampaignStock
{
    private readonly Dictionary<string, CampaignItem> _items = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<DateOnly, CampaignEntry>> _days = new(StringComparer.Ordinal);

    /// <summary>Reads items, and newest revisions of their days.</summary>
    /// <param name="door">The way to the rows.</param>
    /// <param name="campaign">Campaign code.</param>
    /// <param name="actor">Who asks.</param>
    public static CampaignStock Read(IReadDoor door, string campaign, Actor actor)
    {
        using var read = door.Open(Actor.System);
        read.BeginSnapshot();
        var stock = new CampaignStock();
        foreach (var row in read.Query<CampaignItemRow>().Where(item => item.Campaign == campaign).OrderBy(item => item.Version))
        {
            stock._items[row.Code] = row.ToItem();
        }

        foreach (var hidden in stock._items.Values.Where(item => !CampaignJournal.Sees(actor, item.GridCode)).Select(item => item.Code).ToList())
        {
            stock._items.Remove(hidden);
        }

        foreach (var row in read.Query<CampaignEntryRow>().Where(entry => entry.Campaign == campaign).OrderBy(entry => entry.Seq))
        {
            if (stock._items.ContainsKey(row.Item))
            {
                stock.DaysOf(row.Item)[row.Day] = row.ToEntry();
            }
        }

        return stock;
    }

    /// <summary>An item, or null for none that the actor sees.</summary>
    /// <param name="code">Its code.</param>
    public CampaignItem? Item(string code) => _items.GetValueOrDefault(code);

    /// <summary>The one item of a name, or null for none or several.</summary>
    /// <param name="name">Its name.</param>
    public CampaignItem? Named(string name) => _items.Values.Where(item => item.Name == name).Take(2).ToList() is [var only] ? only : null;

    /// <summary>The newest revision of each day of an item; never null.</summary>
    /// <param name="item">Its code.</param>
    public SortedDictionary<DateOnly, CampaignEntry> DaysOf(string item) =>
        _days.TryGetValue(item, out var days) ? days : _days[item] = [];
}
