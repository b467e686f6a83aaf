using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Campaigns.Domain;

/// <summary>
/// What the plan wants of the leading measure: straight lines from nothing before the first day through the milestones to all of
/// it at the end of the target day.
/// </summary>
internal sealed class CampaignPlan
{
    private readonly List<(DateOnly By, double Amount)> _points = [];

    /// <summary>Draws the lines.</summary>
    /// <param name="definition">Start, target and milestones.</param>
    /// <param name="total">In all; milestones beyond it count as all of it.</param>
    public CampaignPlan(CampaignDefinition definition, long total)
    {
        _points.Add((definition.Start.AddDays(-1), 0));
        foreach (var milestone in definition.Plan)
        {
            Add(milestone.By, Math.Min(milestone.Amount, total), before: definition.Target);
        }

        Add(definition.Target, total, before: DateOnly.MaxValue);
    }

    /// <summary>Wanted by the end of a day; nothing before the start, all of it after the target day.</summary>
    /// <param name="day">The day.</param>
    public double At(DateOnly day)
    {
        var (by, amount) = _points[0];
        foreach (var (nextBy, next) in _points)
        {
            if (day < nextBy)
            {
                return day <= by ? amount : amount + (next - amount) * (day.DayNumber - by.DayNumber) / (nextBy.DayNumber - by.DayNumber);
            }

            (by, amount) = (nextBy, next);
        }

        return amount;
    }

    /// <summary>The last day by whose end the plan wants no more than an amount; the target day when the amount is all of it.</summary>
    /// <param name="amount">The amount.</param>
    public DateOnly LastDayFor(long amount)
    {
        var (from, to) = (_points[0].By, _points[^1].By);
        if (At(to) <= amount)
        {
            return to;
        }

        while (to.DayNumber - from.DayNumber > 1)
        {
            var middle = DateOnly.FromDayNumber((from.DayNumber + to.DayNumber) / 2);
            (from, to) = At(middle) <= amount ? (middle, to) : (from, middle);
        }

        return from;
    }

    // A plan never takes back what it wanted.
    private void Add(DateOnly by, long amount, DateOnly before)
    {
        if (by > _points[^1].By && by < before)
        {
            _points.Add((by, Math.Max(amount, _points[^1].Amount)));
        }
    }
}
