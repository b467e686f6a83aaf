using HongqiaoDashboard.Features.Campaigns.Contracts;
using HongqiaoDashboard.Features.Campaigns.Domain;

namespace HongqiaoDashboard.Tests.Features.Campaigns.Domain;

/// <summary>Histories that somebody could have had.</summary>
internal static class FigureSamples
{
    public static readonly DateOnly Start = new(2024, 1, 1);

    public static CampaignDefinition Definition(int days, params CampaignMilestone[] plan) => new()
    {
        Code = "relocation",
        Name = "棚户区改造",
        NameEn = "Relocation",
        Start = Start,
        Target = Start.AddDays(days - 1),
        ItemWord = new("地块", "Parcel"),
        Stages = [new("agreed", new("签约", "Agreed")), new("vacated", new("腾空", "Vacated"))],
        DoneStage = "vacated",
        Measures = [new("households", new("户数", "Households"), new("户", "households"), ["agreed", "vacated"])],
        Plan = plan,
    };

    public static Dictionary<DateOnly, long> Amounts(IEnumerable<long> days) =>
        days.Select((amount, i) => (Day: Start.AddDays(i), amount)).ToDictionary(pair => pair.Day, pair => pair.amount);

    public static CampaignCurve Curve(IReadOnlyList<long> days) => new(Start, Amounts(days), Start.AddDays(days.Count));

    /// <summary>Days of a kind of history, the same for the same seed.</summary>
    public static long[] History(string kind, int seed, int length)
    {
        var random = new Random(seed);
        double[] rhythm = [1, 1, 1, 1, 1, 0.4, 0.1];
        var level = 0.0;
        return [.. Enumerable.Range(0, length).Select(Day)];

        long Day(int day)
        {
            level += 0.02 * Normal(random);
            return kind switch
            {
                "steady" => Count(random, 10 * rhythm[day % 7]),
                "lumpy" => random.NextDouble() < 0.08 ? 20 + Count(random, 60) : 0,
                "restless" => Count(random, 10 * rhythm[day % 7] * Math.Exp(0.8 * Normal(random))),
                "drifting" => Count(random, 10 * rhythm[day % 7] * Math.Exp(level)),
                "slowing" => Count(random, 40 * rhythm[day % 7] * Math.Exp(-day / 400.0)),
                "quickening" => Count(random, 5 * rhythm[day % 7] * Math.Exp(day / 400.0)),
                _ => throw new ArgumentException(kind, nameof(kind)),
            };
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    // A count with this mean: as many steps as fit before a product of chances falls below its bound.
    private static long Count(Random random, double mean)
    {
        var (bound, product, count) = (Math.Exp(-mean), random.NextDouble(), 0L);
        while (product > bound)
        {
            product *= random.NextDouble();
            count++;
        }

        return count;
    }
}
