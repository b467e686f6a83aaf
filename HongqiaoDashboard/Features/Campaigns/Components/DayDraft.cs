using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>What somebody types for a day of an item, with the revision that they saw. It is not judged here: that is the desk's.</summary>
internal sealed class DayDraft
{
    private readonly Dictionary<(string Stage, string Measure), string> _typed = [];

    /// <summary>Begins with what a day has.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="day">The day.</param>
    /// <param name="seen">Its newest revision; null for none.</param>
    public DayDraft(CampaignDefinition definition, DateOnly day, CampaignEntry? seen)
    {
        (Definition, Day) = (definition, day);
        Take(seen);
    }

    /// <summary>The campaign.</summary>
    public CampaignDefinition Definition { get; }

    /// <summary>The day.</summary>
    public DateOnly Day { get; }

    /// <summary>The revision that was seen; 0 for none.</summary>
    public int BasedOn { get; set; }

    /// <summary>Remark.</summary>
    public string Note { get; private set; } = "";

    /// <summary>For items that are one thing: the stage that was reached on the day; empty for none.</summary>
    public string Stage { get; private set; } = "";

    /// <summary>Whether something was typed since.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>What stands in a field.</summary>
    public string this[string stage, string measure]
    {
        get => _typed.GetValueOrDefault((stage, measure), "");
        set => (_typed[(stage, measure)], IsTouched) = (value, true);
    }

    /// <summary>Takes over what a day has; what was typed is gone.</summary>
    /// <param name="seen">The revision; null for none.</param>
    public void Take(CampaignEntry? seen)
    {
        _typed.Clear();
        foreach (var amount in seen?.Amounts ?? [])
        {
            _typed[(amount.Stage, amount.Measure)] = amount.Amount.ToString(CultureInfo.InvariantCulture);
        }

        (BasedOn, Note, IsTouched) = (seen?.Revision ?? 0, seen?.Note ?? "", false);
        Stage = Definition.Stages.LastOrDefault(stage => seen?.Amounts.Any(amount => amount.Stage == stage.Code) == true)?.Code ?? "";
    }

    /// <summary>Writes the remark.</summary>
    public void Remark(string note) => (Note, IsTouched) = (note, true);

    /// <summary>Chooses the stage that was reached.</summary>
    public void Reach(string stage) => (Stage, IsTouched) = (stage, true);

    /// <summary>The day as it is typed.</summary>
    /// <param name="item">The item.</param>
    /// <param name="others">The item's other days, which count for a stage that was reached before.</param>
    /// <param name="amounts">What is typed, zeros left out.</param>
    /// <returns>The first field that is no whole number; null when all are.</returns>
    public (string Stage, string Measure)? Read(CampaignItem item, IEnumerable<CampaignEntry> others, out IReadOnlyList<StageAmount> amounts)
    {
        var read = new List<StageAmount>();
        amounts = read;
        if (Definition.WholeItems)
        {
            read.AddRange(UpTo(Stage, item, [.. others.Where(entry => entry.Day != Day).SelectMany(entry => entry.Amounts)]));
            return null;
        }

        foreach (var ((stage, measure), typed) in _typed)
        {
            if (string.IsNullOrWhiteSpace(typed))
            {
                continue;
            }

            if (!long.TryParse(typed.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var amount))
            {
                return (stage, measure);
            }

            if (amount != 0)
            {
                read.Add(new StageAmount(stage, measure, amount));
            }
        }

        return null;
    }

    // Whoever reaches a stage has passed the ones before it: what no other day says of those is this day's.
    private IEnumerable<StageAmount> UpTo(string stage, CampaignItem item, IReadOnlyList<StageAmount> elsewhere) =>
        from passed in Definition.Stages.Take(Definition.StageIndex(stage) + 1)
        from measure in Definition.Measures
        where measure.Stages.Contains(passed.Code)
        let missing = item.Total(measure.Code) - elsewhere.Where(amount => amount.Stage == passed.Code && amount.Measure == measure.Code).Sum(amount => amount.Amount)
        where missing > 0
        select new StageAmount(passed.Code, measure.Code, missing);
}
