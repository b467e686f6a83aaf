using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Pages;
using HongqiaoDashboard.Ui.Map;
using Microsoft.Extensions.Localization;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>How far an item is, as a class of colour and in words.</summary>
internal static class CampaignShades
{
    // As many as a ramp has colours.
    private const int MostClasses = 6;

    /// <summary>The classes of a campaign's map, the least first.</summary>
    public static IReadOnlyList<MapClass> Classes(CampaignDefinition definition, IStringLocalizer<CampaignPageTexts> text) => definition.WholeItems
        ? [.. definition.Stages.Take(definition.StageIndex(definition.DoneStage) + 1).TakeLast(MostClasses).Select(stage => new MapClass(definition.StageIndex(stage.Code) + 1, stage.Name.Here))]
        : [new(double.Epsilon, text["ShareBelow", 20]), new(20, "20–39 %"), new(40, "40–59 %"), new(60, "60–79 %"), new(80, "80–99 %"), new(100, "100 %")];

    /// <summary>The value of an item in these classes.</summary>
    public static double Value(CampaignDefinition definition, ItemStanding standing)
    {
        if (!definition.WholeItems)
        {
            return PageWords.Share(standing.ReachedAt(definition.DoneStage, definition.Leading.Code), standing.Item.Total(definition.Leading.Code)) ?? 0;
        }

        return standing.Stage is { } stage ? Math.Min(definition.StageIndex(stage), definition.StageIndex(definition.DoneStage)) + 1 : 0;
    }

    /// <summary>What a pointer on an item reads: a line each for its measures, what blocks it, and its flag.</summary>
    public static string Figures(CampaignDefinition definition, ItemStanding standing, IStringLocalizer<CampaignPageTexts> text)
    {
        var lines = definition.WholeItems
            ? [standing.Stage is { } stage ? PageWords.Stage(definition, stage) : text["NotBegun"].Value]
            : definition.Measures.Where(measure => standing.Item.Total(measure.Code) > 0).Select(measure => text["FigureLine", measure.Name.Here,
                PageWords.Count(standing.ReachedAt(definition.DoneStage, measure.Code)), PageWords.Amount(standing.Item.Total(measure.Code), measure),
                PageWords.ShareText(standing.ReachedAt(definition.DoneStage, measure.Code), standing.Item.Total(measure.Code))].Value).ToList();
        if (standing.DoneDay is { } done)
        {
            lines.Add(text["DoneOn", PageWords.Day(done)]);
        }

        if (standing.Blockers.Count(blocker => blocker.IsOpen) is > 0 and var open)
        {
            lines.Add(text["BlockedBy", open]);
        }

        if (standing.Flag == RelapseFlag.Raised)
        {
            lines.Add(text["FlagRaised", standing.Relapses.Count(relapse => relapse.IsOpen)]);
        }

        return string.Join('\n', lines);
    }
}
