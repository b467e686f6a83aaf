using System.Globalization;

namespace HongqiaoDashboard.Features.Campaigns.Contracts;

/// <summary>The time axis of a Gantt chart: from the first thing planned or done to the last, with marks at round days.</summary>
/// <param name="First">First day.</param>
/// <param name="Last">Last day.</param>
internal sealed record GanttScale(DateOnly First, DateOnly Last)
{
    private const int MostTicks = 10;
    private static readonly int[] Months = [1, 2, 3, 6, 12, 24];

    private int Days => Last.DayNumber - First.DayNumber + 1;

    /// <summary>The axis that shows the spans of all items.</summary>
    /// <param name="picture">The campaign.</param>
    public static GanttScale Of(CampaignPicture picture)
    {
        var days = picture.Items.SelectMany(standing => new[] { standing.Item.PlannedFrom, standing.Item.PlannedTo, standing.FirstDay, standing.DoneDay ?? standing.LastDay })
            .OfType<DateOnly>().DefaultIfEmpty(picture.Day).ToList();
        // Today is on it unless the campaign is long over, when it would press all of it into a corner.
        var (first, last) = (days.Min(), days.Max());
        var near = picture.Day > last && picture.Day.DayNumber - last.DayNumber <= Math.Max(14, (last.DayNumber - first.DayNumber) / 4);
        return new GanttScale(first, near ? picture.Day : last);
    }

    /// <summary>The items that have a span. What is not done comes first: a long campaign has a long past.</summary>
    /// <param name="picture">The campaign.</param>
    public static IReadOnlyList<ItemStanding> Rows(CampaignPicture picture) =>
    [
        .. picture.Items.Where(HasSpan).OrderBy(standing => standing.DoneDay is not null).ThenBy(standing => standing.Item.PlannedFrom ?? standing.FirstDay)
            .ThenBy(standing => standing.Item.PlannedTo).ThenBy(standing => standing.Item.Code, StringComparer.Ordinal),
    ];

    /// <summary>Whether an item was planned for a span of days, or has begun.</summary>
    /// <param name="standing">The item.</param>
    public static bool HasSpan(ItemStanding standing) => (standing.Item.PlannedFrom is not null && standing.Item.PlannedTo is not null) || standing.FirstDay is not null;

    /// <summary>Where a day begins, in per cent of the axis.</summary>
    public string At(DateOnly day) => Percent(day.DayNumber - First.DayNumber);

    /// <summary>How long a span of days is, both ends included, in per cent of the axis.</summary>
    public string Width(DateOnly from, DateOnly to) => Percent(Math.Max(1, to.DayNumber - from.DayNumber + 1));

    /// <summary>Whether a day lies on it.</summary>
    public bool Holds(DateOnly day) => day >= First && day <= Last;

    /// <summary>The marks: weeks, fortnights, or months, as many as can be read.</summary>
    public IReadOnlyList<DateOnly> Ticks()
    {
        foreach (var step in (int[])[7, 14])
        {
            if (Days / step < MostTicks)
            {
                return [.. Enumerable.Range(0, Days / step + 1).Select(i => First.AddDays(i * step)).Where(Holds)];
            }
        }

        var months = Months.First(step => Days / 30 / step < MostTicks || step == Months[^1]);
        var month = new DateOnly(First.Year, First.Month, 1);
        var ticks = new List<DateOnly>();
        for (month = month < First ? month.AddMonths(1) : month; month <= Last; month = month.AddMonths(months))
        {
            ticks.Add(month);
        }

        return ticks;
    }

    /// <summary>What a mark is called.</summary>
    public string Name(DateOnly tick) => tick.ToString(Days / 14 < MostTicks ? "MM-dd" : "yyyy-MM", CultureInfo.InvariantCulture);

    private string Percent(int days) => string.Create(CultureInfo.InvariantCulture, $"{days * 100.0 / Days:0.###}%");
}
