using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Kernel;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>
/// The rules of an item's days: by the end of every day, what has reached a stage is at most what has reached the stage
/// before at which it is counted, and at most the item has in all.
/// </summary>
internal static class CampaignLedger
{
    /// <summary>Longest remark on a day.</summary>
    public const int LongestNote = 500;

    /// <summary>What somebody names for a day, in order and without zeros.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="amounts">What they name.</param>
    /// <exception cref="RefusedException"><c>AmountNegative</c>, <c>StageUnknown</c>, <c>MeasureNotCounted</c>, <c>AmountTwice</c>.</exception>
    public static IReadOnlyList<StageAmount> Normal(CampaignDefinition definition, IReadOnlyList<StageAmount> amounts)
    {
        foreach (var amount in amounts)
        {
            var stage = definition.Stage(amount.Stage) ?? throw new RefusedException("StageUnknown", amount.Stage);
            var measure = definition.Measure(amount.Measure);
            if (measure is null || !measure.Stages.Contains(stage.Code))
            {
                throw new RefusedException("MeasureNotCounted", measure?.Name ?? (object)amount.Measure, stage.Name);
            }

            if (amount.Amount < 0)
            {
                throw new RefusedException("AmountNegative", stage.Name, amount.Amount);
            }

            if (amounts.Count(other => (other.Stage, other.Measure) == (amount.Stage, amount.Measure)) > 1)
            {
                throw new RefusedException("AmountTwice", stage.Name, measure.Name);
            }
        }

        return
        [
            .. from measure in definition.Measures
               from stage in definition.StagesOf(measure)
               from amount in amounts
               where amount.Amount > 0 && amount.Stage == stage.Code && amount.Measure == measure.Code
               select amount,
        ];
    }

    /// <summary>Why an item's days cannot be so, or null: the first day that breaks a rule, and on it the first stage.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="item">The item.</param>
    /// <param name="days">Its days in order, each once.</param>
    /// <returns><c>MoreThanTotal</c> or <c>MoreThanStageBefore</c> with item, day, stage, amount, most and unit; the second names the stage before as well.</returns>
    public static Refusal? Judge(CampaignDefinition definition, CampaignItem item, IEnumerable<(DateOnly Day, IReadOnlyList<StageAmount> Amounts)> days)
    {
        var columns = definition.Measures.Select(measure => new Column(measure, [.. definition.StagesOf(measure)], item.Total(measure.Code))).ToList();
        foreach (var (day, amounts) in days)
        {
            foreach (var column in columns)
            {
                if (column.Add(amounts) is { } broken)
                {
                    return broken.Before is { } before
                        ? new Refusal("MoreThanStageBefore", item.Name, day, broken.Stage.Name, broken.Amount, broken.Most, column.Measure.Unit, before.Name)
                        : new Refusal("MoreThanTotal", item.Name, day, broken.Stage.Name, broken.Amount, broken.Most, column.Measure.Unit);
                }
            }
        }

        return null;
    }

    private sealed record Broken(CampaignStage Stage, decimal Amount, long Most, CampaignStage? Before);

    /// <summary>A measure's stages as days go by.</summary>
    private sealed class Column(CampaignMeasure measure, CampaignStage[] stages, long total)
    {
        // Wide enough that no sum of what somebody types runs over.
        private readonly decimal[] _reached = new decimal[stages.Length];

        public CampaignMeasure Measure => measure;

        public Broken? Add(IReadOnlyList<StageAmount> amounts)
        {
            foreach (var amount in amounts)
            {
                if (amount.Measure == measure.Code && Array.FindIndex(stages, stage => stage.Code == amount.Stage) is >= 0 and var place)
                {
                    _reached[place] += amount.Amount;
                }
            }

            for (var i = 0; i < stages.Length; i++)
            {
                var most = i == 0 ? total : (long)_reached[i - 1];
                if (_reached[i] > most)
                {
                    return new Broken(stages[i], _reached[i], most, i == 0 ? null : stages[i - 1]);
                }
            }

            return null;
        }
    }
}
