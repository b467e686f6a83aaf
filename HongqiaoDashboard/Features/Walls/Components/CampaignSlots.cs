using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Walls.Components;

/// <summary>
/// Which campaigns a board shows at a time: one of those that count amounts in the large part, one of those whose items are
/// done or not beside it, the others as compact tiles. What does not fit takes turns.
/// </summary>
/// <param name="Main">In the large part.</param>
/// <param name="Side">Beside it; the same one where there is no other.</param>
/// <param name="Rest">As compact tiles.</param>
/// <param name="Turns">Whether the next stop shows others.</param>
internal sealed record CampaignSlots(CampaignPicture Main, CampaignPicture Side, IReadOnlyList<CampaignPicture> Rest, bool Turns)
{
    // As many as stand beside each other on the smallest board.
    private const int MostTiles = 4;

    private static readonly TimeSpan Stop = TimeSpan.FromSeconds(30);

    /// <summary>The stop that an instant belongs to: boards side by side show the same.</summary>
    /// <param name="now">The server's clock.</param>
    public static long StopAt(DateTimeOffset now) => now.UtcTicks / Stop.Ticks;

    /// <summary>What is shown at a stop; null without any campaign.</summary>
    /// <param name="pictures">All campaigns.</param>
    /// <param name="stop">The stop.</param>
    public static CampaignSlots? Of(IReadOnlyList<CampaignPicture> pictures, long stop)
    {
        if (pictures.Count == 0)
        {
            return null;
        }

        // A campaign that has no items yet is a tile, unless there is nothing else.
        var filled = Those(pictures, picture => picture.Items.Count > 0, pictures);
        var large = Those(filled, picture => !picture.Definition.WholeItems, filled);
        var main = large[(int)(stop % large.Count)];
        var others = filled.Where(picture => !ReferenceEquals(picture, main)).ToList();
        var beside = Those(others, picture => picture.Definition.WholeItems, others.Count > 0 ? others : [main]);
        var side = beside[(int)(stop % beside.Count)];
        var rest = pictures.Where(picture => !ReferenceEquals(picture, main) && !ReferenceEquals(picture, side)).ToList();
        var pages = Math.Max(1, (rest.Count + MostTiles - 1) / MostTiles);
        return new CampaignSlots(main, side, [.. rest.Skip((int)(stop % pages) * MostTiles).Take(MostTiles)], large.Count > 1 || beside.Count > 1 || pages > 1);
    }

    private static IReadOnlyList<CampaignPicture> Those(IReadOnlyList<CampaignPicture> pictures, Func<CampaignPicture, bool> wanted, IReadOnlyList<CampaignPicture> otherwise) =>
        pictures.Where(wanted).ToList() is { Count: > 0 } found ? found : otherwise;
}
