using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>What is replayed.</summary>
/// <param name="Item">Item code; null for the whole campaign.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day.</param>
public sealed record ReplayChoice(string? Item, DateOnly From, DateOnly To)
{
    /// <summary>All days on which something happened: of an item, or of the whole campaign until now.</summary>
    /// <param name="now">The campaign as it stands.</param>
    /// <param name="item">Item code; null for all, and so for one that is not there.</param>
    public static ReplayChoice Of(CampaignPicture now, string? item)
    {
        var standing = now.Items.FirstOrDefault(standing => standing.Item.Code == item);
        var (first, last) = standing is null
            ? (now.Definition.Start < now.Day ? now.Definition.Start : now.Day, now.Items.Select(one => one.LastDay).Max() ?? now.Day)
            : (standing.FirstDay ?? now.Day, standing.LastDay ?? now.Day);
        return new ReplayChoice(standing?.Item.Code, first, last < first ? first : last);
    }

    /// <summary>The same with other ends, where they are given; ends before the start and after today are cut.</summary>
    public ReplayChoice Within(CampaignPicture now, DateOnly? from, DateOnly? to)
    {
        var first = Bounded(from ?? From, now);
        var last = Bounded(to ?? To, now);
        return this with { From = first, To = last < first ? first : last };
    }

    private static DateOnly Bounded(DateOnly day, CampaignPicture now)
    {
        var earliest = now.Definition.Start < now.Day ? now.Definition.Start : now.Day;
        return day < earliest ? earliest : day > now.Day ? now.Day : day;
    }
}
