using MessagePack;

namespace HongqiaoDashboard.Features.Situation.Contracts;

/// <summary>
/// The way from one snapshot of a scope to a later one: changed members only, whole ones (not fields of them), and what
/// is gone. It fits a client that has exactly <see cref="FromVersion"/> of this <see cref="Epoch"/>.
/// </summary>
[MessagePackObject]
public sealed record SituationDelta
{
    /// <summary>As in the snapshot.</summary>
    [Key("epoch")] public required string Epoch { get; init; }
    /// <summary>The version that this builds on.</summary>
    [Key("fromVersion")] public required long FromVersion { get; init; }
    /// <summary>The version that it leads to.</summary>
    [Key("version")] public required long Version { get; init; }
    /// <summary>The instant that the picture shows.</summary>
    [Key("asOf")] public required DateTimeOffset AsOf { get; init; }
    /// <summary>Changed figures, by key and period.</summary>
    [Key("kpis")] public required IReadOnlyList<SituationKpi> Kpis { get; init; }
    /// <summary>Changed grids, by code.</summary>
    [Key("heat")] public required IReadOnlyList<SituationCell> Heat { get; init; }
    /// <summary>New and changed cards, by number; the list is ordered by time of report, newest first.</summary>
    [Key("stream")] public required IReadOnlyList<SituationCard> Stream { get; init; }
    /// <summary>New and changed cards, by number; the list is ordered by due time, latest first.</summary>
    [Key("breaches")] public required IReadOnlyList<SituationCard> Breaches { get; init; }
    /// <summary>Changed campaigns, by code.</summary>
    [Key("campaigns")] public required IReadOnlyList<SituationCampaign> Campaigns { get; init; }
    /// <summary>What is gone from the lists.</summary>
    [Key("removed")] public required SituationRemoved Removed { get; init; }

    /// <summary>Whether nothing at all has changed.</summary>
    [IgnoreMember, System.Text.Json.Serialization.JsonIgnore]
    public bool IsEmpty =>
        Kpis.Count == 0 && Heat.Count == 0 && Stream.Count == 0 && Breaches.Count == 0 && Campaigns.Count == 0
        && Removed.Stream.Count == 0 && Removed.Breaches.Count == 0 && Removed.Campaigns.Count == 0;

    /// <summary>The way from an earlier snapshot to a later one of the same scope and epoch.</summary>
    /// <param name="from">What somebody has.</param>
    /// <param name="to">What is newest.</param>
    public static SituationDelta Between(SituationSnapshot from, SituationSnapshot to)
    {
        var (kpis, _) = Compare(from.Kpis, to.Kpis, kpi => (kpi.Key, kpi.Period));
        var (heat, _) = Compare(from.Heat, to.Heat, cell => cell.Code);
        var (stream, streamGone) = Compare(from.Stream, to.Stream, card => card.Number);
        var (breaches, breachesGone) = Compare(from.Breaches, to.Breaches, card => card.Number);
        var (campaigns, campaignsGone) = Compare(from.Campaigns, to.Campaigns, campaign => campaign.Code);
        return new SituationDelta
        {
            Epoch = to.Epoch, FromVersion = from.Version, Version = to.Version, AsOf = to.AsOf,
            Kpis = kpis, Heat = heat, Stream = stream, Breaches = breaches, Campaigns = campaigns,
            Removed = new SituationRemoved(streamGone, breachesGone, campaignsGone),
        };
    }

    private static (IReadOnlyList<T> Changed, IReadOnlyList<TKey> Gone) Compare<T, TKey>(IReadOnlyList<T> from, IReadOnlyList<T> to, Func<T, TKey> key)
        where T : class
        where TKey : notnull
    {
        if (ReferenceEquals(from, to))
        {
            return ([], []);
        }

        // Cells and figures keep their places, and most of them are the very same: no table of names is needed then.
        if (InPlace(from, to, key) is { } differing)
        {
            return (differing, []);
        }

        var before = from.ToDictionary(key);
        var changed = new List<T>();
        foreach (var item in to)
        {
            if (!before.Remove(key(item), out var old) || (!ReferenceEquals(old, item) && !old.Equals(item)))
            {
                changed.Add(item);
            }
        }

        return (changed, [.. before.Keys]);
    }

    private static List<T>? InPlace<T, TKey>(IReadOnlyList<T> from, IReadOnlyList<T> to, Func<T, TKey> key)
        where T : class
        where TKey : notnull
    {
        if (from.Count != to.Count)
        {
            return null;
        }

        var changed = new List<T>();
        for (var i = 0; i < to.Count; i++)
        {
            var (old, item) = (from[i], to[i]);
            if (ReferenceEquals(old, item))
            {
                continue;
            }

            if (!key(old).Equals(key(item)))
            {
                return null;
            }

            if (!old.Equals(item))
            {
                changed.Add(item);
            }
        }

        return changed;
    }
}
