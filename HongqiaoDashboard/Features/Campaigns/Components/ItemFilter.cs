using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>What the table of items can be ordered by.</summary>
internal enum ItemOrder
{
    /// <summary>Code.</summary>
    Code,
    /// <summary>Street, then code.</summary>
    Street,
    /// <summary>Share done of the leading measure, or the stage where each item is one thing.</summary>
    Progress,
    /// <summary>What is left of the leading measure.</summary>
    Left,
    /// <summary>The day on which all of it was done.</summary>
    DoneDay,
    /// <summary>Open cases in its way, then the flag.</summary>
    Trouble,
    /// <summary>Day of the last entry.</summary>
    LastDay,
}

/// <summary>What somebody wants to see of the items.</summary>
internal enum ItemState
{
    /// <summary>All.</summary>
    All,
    /// <summary>Not done.</summary>
    Open,
    /// <summary>Done.</summary>
    Done,
    /// <summary>With an open case in its way.</summary>
    Blocked,
    /// <summary>With a flag that is up.</summary>
    Flagged,
}

/// <summary>Choice and order of the items in the table. Empty texts mean all.</summary>
internal sealed record ItemFilter
{
    /// <summary>Part of code or name.</summary>
    public string Words { get; init; } = "";

    /// <summary>Code of the street.</summary>
    public string Street { get; init; } = "";

    /// <summary>Kind within the campaign.</summary>
    public string Kind { get; init; } = "";

    /// <summary>How it stands.</summary>
    public ItemState State { get; init; }

    /// <summary>Order.</summary>
    public ItemOrder Order { get; init; }

    /// <summary>Whether the largest comes first.</summary>
    public bool Descending { get; init; }

    /// <summary>The items that are wanted, in their order.</summary>
    /// <param name="picture">The campaign.</param>
    public IReadOnlyList<ItemStanding> Of(CampaignPicture picture)
    {
        var definition = picture.Definition;
        var wanted = picture.Items.Where(Wanted);
        var ordered = Order switch
        {
            ItemOrder.Street => By(wanted, standing => PageWords.StreetCode(standing.Item)),
            ItemOrder.Progress => By(wanted, standing => CampaignShades.Value(definition, standing)),
            ItemOrder.Left => By(wanted, standing => standing.Item.Total(definition.Leading.Code) - standing.ReachedAt(definition.DoneStage, definition.Leading.Code)),
            ItemOrder.DoneDay => By(wanted, standing => standing.DoneDay?.DayNumber ?? 0),
            ItemOrder.Trouble => By(wanted, standing => standing.Blockers.Count(blocker => blocker.IsOpen) * 10 + (int)standing.Flag),
            ItemOrder.LastDay => By(wanted, standing => standing.LastDay?.DayNumber ?? 0),
            _ => By(wanted, standing => standing.Item.Code),
        };
        return [.. ordered.ThenBy(standing => standing.Item.Code, StringComparer.Ordinal)];
    }

    private IOrderedEnumerable<ItemStanding> By<T>(IEnumerable<ItemStanding> items, Func<ItemStanding, T> key) => Descending ? items.OrderByDescending(key) : items.OrderBy(key);

    private bool Wanted(ItemStanding standing) =>
        (Words.Length == 0 || standing.Item.Name.Contains(Words, StringComparison.OrdinalIgnoreCase) || standing.Item.Code.Contains(Words, StringComparison.OrdinalIgnoreCase))
        && (Street.Length == 0 || PageWords.StreetCode(standing.Item) == Street)
        && (Kind.Length == 0 || standing.Item.Kind == Kind)
        && State switch
        {
            ItemState.Open => standing.DoneDay is null,
            ItemState.Done => standing.DoneDay is not null,
            ItemState.Blocked => standing.Blockers.Any(blocker => blocker.IsOpen),
            ItemState.Flagged => standing.Flag == RelapseFlag.Raised,
            _ => true,
        };
}
