using System.Linq.Expressions;
using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Contracts;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Situation.Data;

/// <summary>
/// Compares the projection, loaded from its stored tallies and carried on through the log, with counts made by SQL over
/// the rows at the same instant.
/// </summary>
/// <param name="read">A session of an actor without bounds that began a snapshot.</param>
/// <param name="edition">The grids in force.</param>
/// <param name="asOf">The instant of the comparison.</param>
internal sealed class SituationCheck(ReadSession read, GridEdition edition, DateTimeOffset asOf)
{
    private static readonly int[] CountedLengths = ScopeTable.CodeLengths[..^1];

    /// <summary>How many grids were compared.</summary>
    public int Grids { get; private set; }

    /// <summary>Every figure and every cell that differs, in words; none when all agree.</summary>
    public IEnumerable<string> Differences()
    {
        var loader = new SituationLoader(read);
        var (model, _) = loader.Load(edition.TimeZone);
        loader.LoadDays(model, model.Advance(asOf));
        var counted = Counts();
        var codes = edition.Units.Select(unit => unit.Code).Concat(counted.Values.SelectMany(c => c.Keys)).ToHashSet();
        Grids = codes.Count;
        return codes.Order(StringComparer.Ordinal).SelectMany(code => Compare(model, code, counted)).Concat(new DetailsCheck(read, edition, asOf).Differences(model));
    }

    private static IEnumerable<string> Compare(SituationModel model, string code, Dictionary<Counted, Dictionary<string, long>> counted)
    {
        long Count(string key, string period, bool whole = false) => counted[new Counted(key, period, whole)].GetValueOrDefault(code);

        var cell = model.Cell(code);
        var rows = new SituationCell(code, (int)Count("open", "now"), (int)Count("reported", "today"), (int)Count("overdue", "now"));
        if (cell != rows)
        {
            yield return $"{code}: the picture has {cell.Open} open, {cell.Today} today, {cell.Overdue} overdue; the rows have {rows.Open}, {rows.Today}, {rows.Overdue}.";
        }

        if (ScopeTable.IsBasic(code))
        {
            // The day counts of a basic grid are made from its rows when somebody looks, so there is nothing stored to compare.
            yield break;
        }

        foreach (var figure in model.Figures(code))
        {
            var numerator = Count(figure.Key, figure.Period);
            var denominator = figure.Denominator is null ? (long?)null : Count(figure.Key, figure.Period, whole: true);
            if (figure.Numerator != numerator || figure.Denominator != denominator)
            {
                yield return $"{code}: {figure.Key} {figure.Period} is {figure.Numerator}/{figure.Denominator} in the tallies but {numerator}/{denominator} in the rows.";
            }
        }
    }

    private Dictionary<Counted, Dictionary<string, long>> Counts()
    {
        var counts = new Dictionary<Counted, Dictionary<string, long>>
        {
            [new Counted("open", "now", false)] = ByGrid(KpiCases.Open),
            [new Counted("overdue", "now", false)] = ByGrid(KpiCases.Overdue(asOf)),
        };
        foreach (var period in Periods.At(asOf, edition.TimeZone))
        {
            foreach (var formula in KpiFormulas.All)
            {
                var (numerator, denominator) = KpiCases.Of(formula.Key, period)
                    ?? throw new InvalidOperationException($"The figure '{formula.Key}' has no rule over the rows.");
                counts[new Counted(formula.Key, period.Name, false)] = ByGrid(numerator);
                if (denominator is not null)
                {
                    counts[new Counted(formula.Key, period.Name, true)] = ByGrid(denominator);
                }
            }
        }

        return counts;
    }

    // Counted by SQL at the lowest tier, added up for the tiers above by the prefixes of the code.
    private Dictionary<string, long> ByGrid(Expression<Func<Incident, bool>> cases)
    {
        var basic = read.Query<Incident>().Where(cases).GroupBy(i => i.GridCode)
            .Select(g => new { Code = g.Key, Count = g.LongCount() }).ToList();
        var counts = basic.ToDictionary(b => b.Code, b => b.Count);
        foreach (var length in CountedLengths)
        {
            foreach (var tier in basic.Where(b => b.Code.Length > length).GroupBy(b => b.Code[..length]))
            {
                counts[tier.Key] = tier.Sum(b => b.Count);
            }
        }

        return counts;
    }

    private readonly record struct Counted(string Key, string Period, bool Whole);
}
