using System.Text.RegularExpressions;
using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>Where something is in a document.</summary>
/// <param name="Campaign">Campaign code.</param>
/// <param name="Stage">Stage code; null for the campaign itself or a measure.</param>
/// <param name="Measure">Measure code; null for the campaign itself or a stage.</param>
public sealed record CampaignPlace(string Campaign, string? Stage = null, string? Measure = null);

/// <summary>Something that keeps a document from being published.</summary>
/// <param name="Place">Where.</param>
/// <param name="Reason">Why.</param>
public sealed record CampaignFault(CampaignPlace Place, Refusal Reason);

/// <summary>What the campaigns' configuration must be, and what it must keep of the one before: entries refer to its codes.</summary>
internal static partial class CampaignFaults
{
    /// <summary>Longest name, unit or other word.</summary>
    public const int LongestName = 60;

    /// <summary>Most campaigns, stages or measures; each is shown on pages and boards.</summary>
    public const int Most = 24;

    /// <summary>Furthest that a relapse may lie from its item, metres.</summary>
    public const int MostMetres = 5_000;

    /// <summary>Longest watch for relapses, days.</summary>
    public const int MostDays = 3_650;

    /// <summary>All faults of a document by itself.</summary>
    /// <param name="document">The document.</param>
    /// <param name="knowsType">Whether a code is a type of case.</param>
    public static IEnumerable<CampaignFault> Of(CampaignDocument document, Func<string, bool> knowsType)
    {
        foreach (var code in Twice(document.Campaigns.Select(campaign => campaign.Code)))
        {
            yield return new(new(code), new("CampaignTwice", code));
        }

        if (document.Campaigns.Count > Most)
        {
            yield return new(new(""), new("CampaignTooMany", Most));
        }

        foreach (var fault in document.Campaigns.SelectMany(campaign => Of(campaign, knowsType)))
        {
            yield return fault;
        }
    }

    /// <summary>All faults of a document as the successor of another one.</summary>
    /// <param name="document">The document.</param>
    /// <param name="before">The one before it.</param>
    /// <param name="uses">What is kept of each campaign of the one before, by code; one that is missing keeps nothing.</param>
    /// <param name="knowsType">Whether a code is a type of case.</param>
    public static IEnumerable<CampaignFault> OfSuccessor(
        CampaignDocument document, CampaignDocument before, IReadOnlyDictionary<string, CampaignUse> uses, Func<string, bool> knowsType)
    {
        foreach (var was in before.Campaigns)
        {
            if (!uses.TryGetValue(was.Code, out var use) || use.Items == 0)
            {
                continue;
            }

            foreach (var fault in document.Find(was.Code) is { } now ? OfSuccessor(now, was, use) : [new(new(was.Code), new("CampaignInUse", use.Items))])
            {
                yield return fault;
            }
        }

        foreach (var fault in Of(document, knowsType))
        {
            yield return fault;
        }
    }

    private static IEnumerable<CampaignFault> OfSuccessor(CampaignDefinition now, CampaignDefinition was, CampaignUse use)
    {
        if (use.FirstDay is { } first && now.Start > first)
        {
            yield return new(new(now.Code), new("CampaignStartAfterEntry", first));
        }

        if (now.WholeItems && !use.OnlyWhole)
        {
            yield return new(new(now.Code), new("CampaignNotWhole"));
        }

        foreach (var measure in was.Measures)
        {
            var place = new CampaignPlace(now.Code, Measure: measure.Code);
            // Nothing reaches a stage that has not reached those before it, so the used stages are the first ones.
            var used = was.StagesOf(measure).Select(stage => stage.Code).TakeWhile(stage => use.Reached.Contains((stage, measure.Code))).ToList();
            if (now.Measure(measure.Code) is not { } kept)
            {
                if (used.Count > 0 || use.Totals.Contains(measure.Code))
                {
                    yield return new(place, new("CampaignMeasureInUse"));
                }
            }
            else if (!now.StagesOf(kept).Select(stage => stage.Code).Take(used.Count).SequenceEqual(used))
            {
                yield return new(place with { Stage = used[^1] }, new("CampaignStagesInUse", string.Join(", ", used)));
            }
        }
    }

    private static IEnumerable<CampaignFault> Of(CampaignDefinition campaign, Func<string, bool> knowsType)
    {
        var place = new CampaignPlace(campaign.Code);
        foreach (var fault in Coded(place, campaign.Code)
            .Concat(Worded(place, new CampaignWord(campaign.Name, campaign.NameEn)))
            .Concat(Worded(place, campaign.ItemWord)))
        {
            yield return fault;
        }

        if (campaign.Start.Year < 1950 || campaign.Target.Year > 2199)
        {
            yield return new(place, new("CampaignYears", 1950, 2199));
        }

        if (campaign.Target <= campaign.Start)
        {
            yield return new(place, new("CampaignTargetBeforeStart"));
        }

        foreach (var fault in StagesOf(campaign).Concat(MeasuresOf(campaign)).Concat(PlanOf(campaign)).Concat(RelapseOf(campaign, knowsType)))
        {
            yield return fault;
        }
    }

    private static IEnumerable<CampaignFault> StagesOf(CampaignDefinition campaign)
    {
        var place = new CampaignPlace(campaign.Code);
        if (campaign.Stages.Count is 0 or > Most)
        {
            yield return new(place, new("CampaignStageCount", Most));
        }

        foreach (var code in Twice(campaign.Stages.Select(stage => stage.Code)))
        {
            yield return new(place with { Stage = code }, new("CampaignTwice", code));
        }

        foreach (var fault in campaign.Stages.SelectMany(stage => Coded(place with { Stage = stage.Code }, stage.Code).Concat(Worded(place with { Stage = stage.Code }, stage.Name))))
        {
            yield return fault;
        }

        if (campaign.StageIndex(campaign.DoneStage) < 0)
        {
            yield return new(place, new("CampaignDoneStage", campaign.DoneStage));
        }
    }

    private static IEnumerable<CampaignFault> MeasuresOf(CampaignDefinition campaign)
    {
        var place = new CampaignPlace(campaign.Code);
        if (campaign.Measures.Count is 0 or > Most)
        {
            yield return new(place, new("CampaignMeasureCount", Most));
        }

        foreach (var code in Twice(campaign.Measures.Select(measure => measure.Code)))
        {
            yield return new(place with { Measure = code }, new("CampaignTwice", code));
        }

        foreach (var measure in campaign.Measures)
        {
            var here = place with { Measure = measure.Code };
            foreach (var fault in Coded(here, measure.Code).Concat(Worded(here, measure.Name)).Concat(Worded(here, measure.Unit)))
            {
                yield return fault;
            }

            foreach (var stage in measure.Stages.Where(stage => campaign.StageIndex(stage) < 0))
            {
                yield return new(here with { Stage = stage }, new("CampaignStageUnknown", stage));
            }

            foreach (var stage in Twice(measure.Stages))
            {
                yield return new(here with { Stage = stage }, new("CampaignTwice", stage));
            }

            if (!measure.Stages.Contains(campaign.DoneStage))
            {
                yield return new(here, new("CampaignNotCountedDone", campaign.DoneStage));
            }
        }
    }

    private static IEnumerable<CampaignFault> PlanOf(CampaignDefinition campaign)
    {
        var place = new CampaignPlace(campaign.Code);
        var (day, amount) = (campaign.Start, 0L);
        foreach (var point in campaign.Plan)
        {
            if (point.By <= day || point.By >= campaign.Target)
            {
                yield return new(place, new("CampaignPlanDays", point.By));
            }

            if (point.Amount < amount)
            {
                yield return new(place, new("CampaignPlanFalls", point.By));
            }

            (day, amount) = (point.By, point.Amount);
        }
    }

    private static IEnumerable<CampaignFault> RelapseOf(CampaignDefinition campaign, Func<string, bool> knowsType)
    {
        var place = new CampaignPlace(campaign.Code);
        if (campaign.Relapse is not { } rule)
        {
            yield break;
        }

        if (rule.Types.Count == 0)
        {
            yield return new(place, new("CampaignRelapseNothing"));
        }

        foreach (var type in rule.Types.Where(type => !knowsType(type)))
        {
            yield return new(place, new("CampaignTypeUnknown", type));
        }

        if (rule.Metres is < 1 or > MostMetres || rule.Days is < 1 or > MostDays)
        {
            yield return new(place, new("CampaignRelapseReach", MostMetres, MostDays));
        }
    }

    private static IEnumerable<CampaignFault> Coded(CampaignPlace place, string code)
    {
        if (!Code().IsMatch(code))
        {
            yield return new(place, new("CampaignCode", code));
        }
    }

    private static IEnumerable<CampaignFault> Worded(CampaignPlace place, CampaignWord word)
    {
        if (string.IsNullOrWhiteSpace(word.Zh) || string.IsNullOrWhiteSpace(word.En))
        {
            yield return new(place, new("CampaignNameMissing"));
        }

        if (Math.Max(word.Zh?.Length ?? 0, word.En?.Length ?? 0) > LongestName)
        {
            yield return new(place, new("CampaignTooLong", LongestName));
        }
    }

    private static IEnumerable<string> Twice(IEnumerable<string> codes) => codes.GroupBy(code => code).Where(group => group.Count() > 1).Select(group => group.Key);

    // What stands in addresses and on the wire without being escaped; a dot parts campaign and measure there.
    [GeneratedRegex(@"^[a-z0-9][a-z0-9\-]{0,31}\z")]
    private static partial Regex Code();
}
