using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>Something that one configuration says differently from another.</summary>
/// <param name="Campaign">The campaign as it is, or was where it has gone.</param>
/// <param name="What">What differs: a member of the campaign, or what became of the campaign, a stage, a measure or the plan.</param>
/// <param name="Before">What it was; the name of what has gone; null for nothing.</param>
/// <param name="After">What it is; the name of what is new; null for nothing.</param>
/// <param name="Of">Name of the stage or measure that it is about; null for the campaign itself.</param>
internal sealed record CampaignChange(CampaignDefinition Campaign, string What, object? Before = null, object? After = null, object? Of = null);

/// <summary>What changes between two configurations, each thing once.</summary>
internal static class CampaignChanges
{
    /// <summary>All changes, campaign by campaign.</summary>
    /// <param name="before">The one.</param>
    /// <param name="after">The other.</param>
    public static IEnumerable<CampaignChange> Between(CampaignDocument before, CampaignDocument after)
    {
        // By their codes: one that gets another code is another one.
        var (was, now) = (Keyed(before.Campaigns, campaign => campaign.Code), Keyed(after.Campaigns, campaign => campaign.Code));
        foreach (var gone in was.Where(one => !now.ContainsKey(one.Key)))
        {
            yield return new(gone.Value, "Removed");
        }

        foreach (var (code, campaign) in now)
        {
            foreach (var change in was.TryGetValue(code, out var old) ? Between(old, campaign) : [new CampaignChange(campaign, "Added")])
            {
                yield return change;
            }
        }

        if (!was.Keys.Where(now.ContainsKey).SequenceEqual(now.Keys.Where(was.ContainsKey)))
        {
            yield return new(after.Campaigns[0], "Order");
        }
    }

    private static IEnumerable<CampaignChange> Between(CampaignDefinition was, CampaignDefinition now)
    {
        (string What, object? Before, object? After)[] members =
        [
            ("Name", was.Name, now.Name), ("NameEn", was.NameEn, now.NameEn), ("Start", was.Start, now.Start), ("Target", was.Target, now.Target),
            ("ItemWord", Both(was.ItemWord), Both(now.ItemWord)), ("DoneStage", was.DoneStage, now.DoneStage),
            ("Photographs", was.Photographs, now.Photographs), ("WholeItems", was.WholeItems, now.WholeItems),
            ("Plan", Said(was.Plan), Said(now.Plan)), ("Relapse", was.Relapse is { } old ? Said(old) : null, now.Relapse is { } rule ? Said(rule) : null),
        ];
        return members.Where(member => !Equals(member.Before, member.After)).Select(member => new CampaignChange(now, member.What, member.Before, member.After))
            .Concat(Stages(was, now)).Concat(Measures(was, now));
    }

    private static IEnumerable<CampaignChange> Stages(CampaignDefinition was, CampaignDefinition now)
    {
        var (old, left) = (Keyed(was.Stages, stage => stage.Code), Keyed(now.Stages, stage => stage.Code));
        foreach (var gone in old.Where(one => !left.ContainsKey(one.Key)))
        {
            yield return new(now, "StageRemoved", gone.Value.Name);
        }

        foreach (var (code, stage) in left)
        {
            if (!old.TryGetValue(code, out var known))
            {
                yield return new(now, "StageAdded", After: stage.Name);
            }
            else if (known.Name != stage.Name)
            {
                yield return new(now, "StageName", Both(known.Name), Both(stage.Name), code);
            }
        }

        if (!old.Keys.Where(left.ContainsKey).SequenceEqual(left.Keys.Where(old.ContainsKey)))
        {
            yield return new(now, "StageOrder", Listed(was.Stages.Select(stage => stage.Name)), Listed(now.Stages.Select(stage => stage.Name)));
        }
    }

    private static IEnumerable<CampaignChange> Measures(CampaignDefinition was, CampaignDefinition now)
    {
        var (old, left) = (Keyed(was.Measures, measure => measure.Code), Keyed(now.Measures, measure => measure.Code));
        foreach (var gone in old.Where(one => !left.ContainsKey(one.Key)))
        {
            yield return new(now, "MeasureRemoved", gone.Value.Name);
        }

        foreach (var (code, measure) in left)
        {
            if (!old.TryGetValue(code, out var known))
            {
                yield return new(now, "MeasureAdded", After: measure.Name);
                continue;
            }

            if (known.Name != measure.Name)
            {
                yield return new(now, "MeasureName", Both(known.Name), Both(measure.Name), code);
            }

            if (known.Unit != measure.Unit)
            {
                yield return new(now, "MeasureUnit", Both(known.Unit), Both(measure.Unit), measure.Name);
            }

            var (at, then) = (now.StagesOf(measure).Select(stage => stage.Code).Order().ToList(), was.StagesOf(known).Select(stage => stage.Code).Order().ToList());
            if (!at.SequenceEqual(then))
            {
                yield return new(now, "MeasureStages", Listed(was.StagesOf(known).Select(stage => stage.Name)), Listed(now.StagesOf(measure).Select(stage => stage.Name)), measure.Name);
            }
        }

        if (was.Measures.Count > 0 && now.Measures.Count > 0 && was.Leading.Code != now.Leading.Code)
        {
            yield return new(now, "MeasureLeads", was.Leading.Name, now.Leading.Name);
        }
    }

    private static string Both(CampaignWord word) => $"{word.Zh} / {word.En}";

    private static string Listed(IEnumerable<CampaignWord> words) => string.Join(" → ", words.Select(word => word.Here));

    private static string? Said(IReadOnlyList<CampaignMilestone> plan) => plan.Count == 0 ? null : string.Join("; ", plan.Select(point => $"{point.By:yyyy-MM-dd} {point.Amount:N0}"));

    private static string Said(RelapseRule rule) => $"{string.Join(", ", rule.Types)} · {rule.Metres} m · {rule.Days} d";

    // While somebody types, two may have one code for a moment; that is a fault of its own.
    private static Dictionary<string, TPart> Keyed<TPart>(IEnumerable<TPart> list, Func<TPart, string> code) => list.GroupBy(code).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
}
