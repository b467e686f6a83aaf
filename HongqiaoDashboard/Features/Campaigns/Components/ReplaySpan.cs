using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Components;

/// <summary>What moved on in a span of days, day by day, of the leading measure: for a replay.</summary>
internal sealed class ReplaySpan
{
    private readonly Dictionary<(DateOnly Day, string Stage), long> _amounts = [];

    /// <summary>Sums up.</summary>
    /// <param name="definition">The campaign.</param>
    /// <param name="entries">Newest revision of each day of the items that are meant.</param>
    /// <param name="from">First day.</param>
    /// <param name="to">Last day, not before the first.</param>
    public ReplaySpan(CampaignDefinition definition, IEnumerable<CampaignEntry> entries, DateOnly from, DateOnly to)
    {
        (From, To) = (from, to < from ? from : to);
        foreach (var entry in entries.Where(entry => entry.Day >= From && entry.Day <= To))
        {
            foreach (var amount in entry.Amounts.Where(amount => amount.Measure == definition.Leading.Code))
            {
                _amounts[(entry.Day, amount.Stage)] = _amounts.GetValueOrDefault((entry.Day, amount.Stage)) + amount.Amount;
            }
        }

        Sums = [.. definition.Stages.Where(stage => definition.Leading.Stages.Contains(stage.Code)).Select(stage => (stage, _amounts.Where(pair => pair.Key.Stage == stage.Code).Sum(pair => pair.Value)))];
        // What the sprint was about is the stage that most went through; of equals the later one.
        Main = Sums.Aggregate((best, next) => next.Sum >= best.Sum ? next : best).Stage;
        Most = Days.Select(day => On(day, Main.Code)).Max();
    }

    /// <summary>First day.</summary>
    public DateOnly From { get; }

    /// <summary>Last day.</summary>
    public DateOnly To { get; }

    /// <summary>How many days.</summary>
    public int Length => To.DayNumber - From.DayNumber + 1;

    /// <summary>The days.</summary>
    public IEnumerable<DateOnly> Days => Enumerable.Range(0, Length).Select(From.AddDays);

    /// <summary>What reached each stage in the span.</summary>
    public IReadOnlyList<(CampaignStage Stage, long Sum)> Sums { get; }

    /// <summary>The stage that most went through.</summary>
    public CampaignStage Main { get; }

    /// <summary>The most on one day of that stage.</summary>
    public long Most { get; }

    /// <summary>What reached a stage on a day.</summary>
    public long On(DateOnly day, string stage) => _amounts.GetValueOrDefault((day, stage));

    /// <summary>What reached a stage from the first day to the end of a day.</summary>
    public long Until(DateOnly day, string stage) => _amounts.Where(pair => pair.Key.Stage == stage && pair.Key.Day <= day).Sum(pair => pair.Value);
}
