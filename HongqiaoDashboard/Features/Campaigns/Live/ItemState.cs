using System.Collections.Immutable;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Features.Campaigns.Live;

/// <summary>All that is known of an item. Immutable, so that pictures share it.</summary>
internal sealed record ItemState
{
    /// <summary>The item, newest version.</summary>
    public required CampaignItem Item { get; init; }

    /// <summary>Its days in order, newest revisions.</summary>
    public ImmutableArray<CampaignEntry> Entries { get; init; } = [];

    /// <summary>Numbers of the cases that stand in its way.</summary>
    public ImmutableSortedSet<string> Blockers { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Its photographs, in the order in which they came.</summary>
    public ImmutableArray<CampaignPhoto> Photos { get; init; } = [];

    /// <summary>What is watched for.</summary>
    public RelapseWatch? Watch { get; init; }

    /// <summary>Cases that say that it begins again, by number.</summary>
    public ImmutableDictionary<string, Relapse> Relapses { get; init; } = ImmutableDictionary<string, Relapse>.Empty;

    /// <summary>How it stands today.</summary>
    public required ItemStanding Standing { get; init; }

    /// <summary>A standing with the cases.</summary>
    /// <param name="standing">What the days add up to.</param>
    /// <param name="isOpen">Whether a case is open.</param>
    /// <param name="within">Which relapses belong.</param>
    public ItemStanding WithCases(ItemStanding standing, Func<string, bool> isOpen, Func<Relapse, bool> within)
    {
        var relapses = Relapses.Values.Where(within).OrderByDescending(relapse => relapse.ReportedAt).ThenByDescending(relapse => relapse.Number, StringComparer.Ordinal).ToImmutableArray();
        return standing with
        {
            Blockers = [.. Blockers.Select(number => new LinkedCase(number, isOpen(number)))],
            Photos = Photos,
            Relapses = relapses,
            Flag = RelapseWatch.FlagOf(relapses),
        };
    }

    /// <summary>With revisions of days taken in.</summary>
    /// <param name="revisions">Any, in any order.</param>
    public ItemState With(IEnumerable<CampaignEntry> revisions)
    {
        var days = Entries.ToDictionary(entry => entry.Day);
        foreach (var revision in revisions)
        {
            if (!days.TryGetValue(revision.Day, out var known) || known.Revision < revision.Revision)
            {
                days[revision.Day] = revision;
            }
        }

        return this with { Entries = [.. days.Values.OrderBy(entry => entry.Day)] };
    }

    /// <summary>When the day on which it was done was entered.</summary>
    /// <param name="standing">How it stands.</param>
    public DateTimeOffset? DoneAt(ItemStanding standing) => Entries.FirstOrDefault(entry => entry.Day == standing.DoneDay)?.At;
}
