using System.Collections.Immutable;
using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>What an item's days add up to.</summary>
internal static class CampaignStandings
{
    /// <summary>An item as its days leave it, without cases.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="item">The item.</param>
    /// <param name="entries">Its days in order, newest revisions.</param>
    /// <param name="day">The last day that counts.</param>
    public static ItemStanding Of(CampaignDefinition definition, CampaignItem item, ImmutableArray<CampaignEntry> entries, DateOnly day)
    {
        var places = Places(definition);
        var reached = new long[places.Count];
        DateOnly? first = null, last = null, done = null;
        foreach (var entry in entries)
        {
            if (entry.Day > day)
            {
                break;
            }

            if (entry.Amounts.Count == 0)
            {
                continue;
            }

            foreach (var amount in entry.Amounts)
            {
                if (places.TryGetValue((amount.Stage, amount.Measure), out var place))
                {
                    reached[place] += amount.Amount;
                }
            }

            (first, last) = (first ?? entry.Day, entry.Day);
            done ??= Whole(definition, item, definition.DoneStage, places, reached) ? entry.Day : null;
        }

        return new ItemStanding
        {
            Item = item,
            Reached = Amounts(places, reached),
            Stage = definition.Stages.TakeWhile(stage => Whole(definition, item, stage.Code, places, reached)).LastOrDefault()?.Code,
            FirstDay = first,
            LastDay = last,
            DoneDay = done,
            WatchedUntil = definition.Relapse is { } rule ? done?.AddDays(rule.Days) : null,
        };
    }

    /// <summary>What all items together have reached.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="standings">The items.</param>
    public static IReadOnlyList<StageAmount> Sum(CampaignDefinition definition, IEnumerable<ItemStanding> standings)
    {
        var places = Places(definition);
        var reached = new long[places.Count];
        foreach (var standing in standings)
        {
            for (var i = 0; i < reached.Length; i++)
            {
                reached[i] += standing.Reached[i].Amount;
            }
        }

        return Amounts(places, reached);
    }

    /// <summary>The leading measure at the done stage by days.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="entries">Days of any items, newest revisions.</param>
    public static Dictionary<DateOnly, long> Done(CampaignDefinition definition, IEnumerable<CampaignEntry> entries)
    {
        var days = new Dictionary<DateOnly, long>();
        foreach (var entry in entries)
        {
            foreach (var amount in entry.Amounts)
            {
                if (amount.Stage == definition.DoneStage && amount.Measure == definition.Leading.Code)
                {
                    days[entry.Day] = days.GetValueOrDefault(entry.Day) + amount.Amount;
                }
            }
        }

        return days;
    }

    // In the order of stages and, within one, of measures: the same for every item, so that sums go place by place.
    private static Dictionary<(string Stage, string Measure), int> Places(CampaignDefinition definition)
    {
        var places = new Dictionary<(string, string), int>();
        foreach (var stage in definition.Stages)
        {
            foreach (var measure in definition.Measures)
            {
                if (measure.Stages.Contains(stage.Code))
                {
                    places[(stage.Code, measure.Code)] = places.Count;
                }
            }
        }

        return places;
    }

    private static ImmutableArray<StageAmount> Amounts(Dictionary<(string Stage, string Measure), int> places, long[] reached) =>
        [.. places.OrderBy(place => place.Value).Select(place => new StageAmount(place.Key.Stage, place.Key.Measure, reached[place.Value]))];

    // All that is counted at the stage has reached it; an item of which nothing is counted has not.
    private static bool Whole(CampaignDefinition definition, CampaignItem item, string stage, Dictionary<(string, string), int> places, long[] reached)
    {
        var any = false;
        foreach (var measure in definition.Measures)
        {
            if (item.Total(measure.Code) is > 0 and var total && places.TryGetValue((stage, measure.Code), out var place))
            {
                if (reached[place] < total)
                {
                    return false;
                }

                any = true;
            }
        }

        return any;
    }
}
