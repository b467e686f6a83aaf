using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>Steps by which a configuration is changed on its page. Each keeps what refers to what: nothing is left that names a stage that has gone.</summary>
internal static class CampaignEdits
{
    /// <summary>A document with a campaign at a place.</summary>
    public static CampaignDocument With(this CampaignDocument document, int place, CampaignDefinition campaign) => new(Renewed(document.Campaigns, place, campaign));

    /// <summary>A document without the campaign at a place.</summary>
    public static CampaignDocument Without(this CampaignDocument document, int place) => new(Left(document.Campaigns, place));

    /// <summary>A document with another campaign at its end.</summary>
    /// <param name="document">The document.</param>
    /// <param name="copied">The campaign that it is a copy of; null for an empty form.</param>
    /// <param name="today">The day on which it begins unless somebody says otherwise.</param>
    public static CampaignDocument WithAnother(this CampaignDocument document, CampaignDefinition? copied, DateOnly today)
    {
        var code = Free("campaign", document.Campaigns.Select(campaign => campaign.Code));
        // A plan and its days are of one campaign only.
        var next = copied is not null
            ? copied with { Code = code, Name = "", NameEn = "", Start = today, Target = today.AddYears(1), Plan = [] }
            : new CampaignDefinition
            {
                Code = code, Name = "", NameEn = "", Start = today, Target = today.AddYears(1), ItemWord = new("", ""),
                Stages = [new("done", new("", ""))], DoneStage = "done", Measures = [new("items", new("", ""), new("", ""), ["done"])],
            };
        return new([.. document.Campaigns, next]);
    }

    /// <summary>With another stage behind the last one, at which every measure is counted.</summary>
    public static CampaignDefinition WithAnotherStage(this CampaignDefinition campaign)
    {
        var code = Free("stage", campaign.Stages.Select(stage => stage.Code));
        return campaign with
        {
            Stages = [.. campaign.Stages, new(code, new("", ""))],
            Measures = [.. campaign.Measures.Select(measure => measure with { Stages = [.. measure.Stages, code] })],
        };
    }

    /// <summary>With a stage as it is now; what named it by its old code names it by the new one.</summary>
    public static CampaignDefinition WithStage(this CampaignDefinition campaign, int place, CampaignStage stage)
    {
        var was = campaign.Stages[place].Code;
        // A code that another stage has too means that one as well until it is changed again; nothing is renamed with it.
        var named = was != stage.Code && campaign.Stages.Count(other => other.Code == was) == 1 && campaign.Stages.All(other => other.Code != stage.Code);
        string Now(string code) => named && code == was ? stage.Code : code;
        return campaign with
        {
            Stages = Renewed(campaign.Stages, place, stage), DoneStage = Now(campaign.DoneStage),
            Measures = [.. campaign.Measures.Select(measure => measure with { Stages = [.. measure.Stages.Select(Now)] })],
        };
    }

    /// <summary>Without a stage; no measure is counted at it any more, and the last stage left is done where it was.</summary>
    public static CampaignDefinition WithoutStage(this CampaignDefinition campaign, int place)
    {
        var code = campaign.Stages[place].Code;
        var stages = Left(campaign.Stages, place);
        if (stages.Any(stage => stage.Code == code))
        {
            return campaign with { Stages = stages };
        }

        var done = campaign.DoneStage == code ? stages.LastOrDefault()?.Code ?? code : campaign.DoneStage;
        return (campaign with
        {
            Stages = stages, Measures = [.. campaign.Measures.Select(measure => measure with { Stages = [.. measure.Stages.Where(stage => stage != code)] })],
        }).WithDone(done);
    }

    /// <summary>With a stage moved up or down; beyond the ends it stays.</summary>
    public static CampaignDefinition WithStageMoved(this CampaignDefinition campaign, int place, int by)
    {
        if (place + by < 0 || place + by >= campaign.Stages.Count)
        {
            return campaign;
        }

        var stages = campaign.Stages.ToList();
        stages.RemoveAt(place);
        stages.Insert(place + by, campaign.Stages[place]);
        return campaign with { Stages = stages };
    }

    /// <summary>With another done stage, at which every measure is counted from then on.</summary>
    public static CampaignDefinition WithDone(this CampaignDefinition campaign, string code) => campaign with
    {
        DoneStage = code,
        Measures = [.. campaign.Measures.Select(measure => measure.Stages.Contains(code) || campaign.StageIndex(code) < 0 ? measure : measure with { Stages = [.. measure.Stages, code] })],
    };

    /// <summary>With another measure, counted at every stage.</summary>
    public static CampaignDefinition WithAnotherMeasure(this CampaignDefinition campaign) => campaign with
    {
        Measures = [.. campaign.Measures, new(Free("measure", campaign.Measures.Select(measure => measure.Code)), new("", ""), new("", ""), [.. campaign.Stages.Select(stage => stage.Code).Distinct()])],
    };

    /// <summary>With a measure as it is now.</summary>
    public static CampaignDefinition WithMeasure(this CampaignDefinition campaign, int place, CampaignMeasure measure) => campaign with { Measures = Renewed(campaign.Measures, place, measure) };

    /// <summary>Without a measure.</summary>
    public static CampaignDefinition WithoutMeasure(this CampaignDefinition campaign, int place) => campaign with { Measures = Left(campaign.Measures, place) };

    /// <summary>With a measure counted at a stage, or no longer.</summary>
    public static CampaignDefinition WithCounted(this CampaignDefinition campaign, int place, string stage, bool counted)
    {
        var measure = campaign.Measures[place];
        var stages = measure.Stages.Where(code => code != stage);
        return campaign.WithMeasure(place, measure with { Stages = [.. counted ? stages.Append(stage) : stages] });
    }

    /// <summary>With another point of the plan, a month behind the last one.</summary>
    public static CampaignDefinition WithAnotherMilestone(this CampaignDefinition campaign) => campaign with
    {
        Plan = [.. campaign.Plan, campaign.Plan is [.., var last] ? new(last.By.AddMonths(1), last.Amount) : new(campaign.Start.AddMonths(1), 0)],
    };

    /// <summary>With a point of the plan as it is now.</summary>
    public static CampaignDefinition WithMilestone(this CampaignDefinition campaign, int place, CampaignMilestone milestone) => campaign with { Plan = Renewed(campaign.Plan, place, milestone) };

    /// <summary>Without a point of the plan.</summary>
    public static CampaignDefinition WithoutMilestone(this CampaignDefinition campaign, int place) => campaign with { Plan = Left(campaign.Plan, place) };

    /// <summary>With a case type among those of the relapse rule, or no longer.</summary>
    public static CampaignDefinition WithRelapseType(this CampaignDefinition campaign, string type, bool counts) => campaign.Relapse is not { } rule ? campaign : campaign with
    {
        Relapse = rule with { Types = [.. counts ? rule.Types.Append(type).Distinct() : rule.Types.Where(code => code != type)] },
    };

    private static string Free(string stem, IEnumerable<string> taken)
    {
        var known = taken.ToHashSet(StringComparer.Ordinal);
        return Enumerable.Range(1, known.Count + 1).Select(n => string.Create(CultureInfo.InvariantCulture, $"{stem}-{n}")).First(code => !known.Contains(code));
    }

    private static TPart[] Renewed<TPart>(IReadOnlyList<TPart> list, int place, TPart value) => [.. list.Select((one, index) => index == place ? value : one)];

    private static TPart[] Left<TPart>(IReadOnlyList<TPart> list, int place) => [.. list.Where((_, index) => index != place)];
}
