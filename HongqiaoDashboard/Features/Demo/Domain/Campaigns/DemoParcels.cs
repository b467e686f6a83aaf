using System.Globalization;
using HongqiaoDashboard.Features.Campaigns.Contracts;

namespace HongqiaoDashboard.Features.Demo.Domain.Campaigns;

/// <summary>
/// Relocation by made-up parcels: their sums are the published ones to the last household and square metre, on the day that
/// they are made for. All days before it depend on the seed and on that day alone.
/// </summary>
internal static class DemoParcels
{
    /// <summary>Makes items and days.</summary>
    /// <param name="seed">Seed of the demo.</param>
    /// <param name="plan">What is to come out.</param>
    /// <param name="sites">Where things lie.</param>
    /// <param name="days">Makes the entries; the last ones are of the day before its own.</param>
    public static IEnumerable<(CampaignItem Item, IReadOnlyList<CampaignEntry> Entries)> Make(int seed, RelocationPlan plan, DemoSites sites, DemoDays days)
    {
        var random = StableRandom.Of(seed, "parcels", 0);
        var count = plan.Finished + plan.Unfinished;
        // The sprint's parcel comes first; its households are given, its area is like the others'.
        var weights = Enumerable.Range(0, count).Select(i => (0.45 + (1.6 * random.Unit())) * (i < plan.Finished ? 1 : 0.6)).ToList();
        var rests = Enumerable.Range(0, count).Select(i => i < plan.Finished ? 0 : 0.7 + (0.6 * random.Unit())).ToList();
        long[] done = [plan.Sprint.Households, .. Shares.Of(plan.Done[plan.Leading] - plan.Sprint.Households, weights)];
        long[] left = [0, .. Shares.Of(plan.Total[plan.Leading] - plan.Done[plan.Leading], rests)];
        var roomy = done.Select(_ => 0.85 + (0.3 * random.Unit())).ToList();
        var amounts = plan.Total.Keys.ToDictionary(
            measure => measure,
            measure => measure == plan.Leading ? (Done: done, Left: left) : (
                Done: Shares.Of(plan.Done[measure], [.. done.Select((households, i) => households * roomy[i])]),
                Left: Shares.Of(plan.Total[measure] - plan.Done[measure], [.. left.Select((households, i) => households * roomy[i])])));

        for (var i = 0; i <= count; i++)
        {
            var site = i == 0 ? sites.AtStreet(plan.Sprint.Street, 0) : sites.At(i);
            var course = CourseOf(seed, plan, i, days.Today);
            var (from, to) = course.Span;
            var parcel = amounts.ToDictionary(pair => pair.Key, pair => (Done: pair.Value.Done[i], All: pair.Value.Done[i] + pair.Value.Left[i]));
            var item = new CampaignItem
            {
                Code = "P" + i.ToString("00", CultureInfo.InvariantCulture),
                Name = i == 0 ? plan.Sprint.Name : plan.ItemName.Replace(DemoCampaignFile.PlaceMark, site.Name, StringComparison.Ordinal),
                GridCode = site.GridCode,
                Point = site.Point,
                Outline = sites.Outline(i, site.Point, parcel.Where(pair => pair.Key != plan.Leading).Sum(pair => pair.Value.All)),
                Lead = plan.Lead,
                Helpers = plan.Helpers,
                PlannedFrom = from,
                PlannedTo = i <= plan.Finished ? to.AddDays(random.Below(21) - 10) : to,
                Totals = parcel.ToDictionary(pair => pair.Key, pair => pair.Value.All),
                Source = DemoCases.Source,
            };
            yield return (item, [.. Days(item.Code, i == 0 ? plan.Sprint.Stages : plan.Stages, course, parcel, days)]);
        }
    }

    private static Course CourseOf(int seed, RelocationPlan plan, int number, DateOnly today)
    {
        var random = StableRandom.Of(seed, "course", number);
        if (number == 0)
        {
            return Course.Make(random, plan.Sprint.From, plan.Sprint.Days, 0.3);
        }

        if (number > plan.Finished)
        {
            // Still under way: it began some months ago, and goes on for as long again.
            var since = today.AddDays(-150 - random.Below(60));
            return Course.Make(random, since, 380 + random.Below(60), 0.02);
        }

        var days = 80 + random.Below(90);
        var last = today.DayNumber - 70 - days;
        var from = plan.From.DayNumber + ((long)(last - plan.From.DayNumber) * (number - 1) / Math.Max(1, plan.Finished - 1));
        return Course.Make(random, DateOnly.FromDayNumber((int)from), days, 0.2);
    }

    // Every stage follows the same course, earlier ones sooner, so that no more can have reached one than the one before. What is
    // done by the day before today is given, and the course is stretched to it.
    private static IEnumerable<CampaignEntry> Days(
        string item, IReadOnlyList<StageShift> stages, Course course, Dictionary<string, (long Done, long All)> amounts, DemoDays days)
    {
        var (from, to) = course.Span;
        var part = course.At(days.Yesterday);
        var reached = new Dictionary<(string, string), long>();
        var last = to.AddDays(stages.Max(stage => stage.Shift));
        for (var day = from.AddDays(stages.Min(stage => stage.Shift)); day <= last && day <= days.Yesterday; day = day.AddDays(1))
        {
            var moved = new List<StageAmount>();
            foreach (var (stage, measure, shift) in stages.SelectMany(stage => stage.Measures, (stage, measure) => (stage.Stage, measure, stage.Shift)))
            {
                var (done, all) = amounts[measure];
                var until = Math.Min(all, (long)(done * (course.At(day.AddDays(-shift)) / part)));
                var amount = until - reached.GetValueOrDefault((stage, measure));
                if (amount > 0)
                {
                    moved.Add(new StageAmount(stage, measure, amount));
                    reached[(stage, measure)] = until;
                }
            }

            if (moved.Count > 0)
            {
                yield return days.Entry(item, day, moved);
            }
        }
    }
}
