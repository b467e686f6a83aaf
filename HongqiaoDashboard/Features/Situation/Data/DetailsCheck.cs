using HongqiaoDashboard.Features.Grids.Contracts;
using HongqiaoDashboard.Features.Incidents.Contracts;
using HongqiaoDashboard.Features.Situation.Domain;
using HongqiaoDashboard.Kernel;
using HongqiaoDashboard.Platform.Persistence;

namespace HongqiaoDashboard.Features.Situation.Data;

/// <summary>Compares what boards show beside the picture with counts over the rows: reports by hour, and open cases by category.</summary>
/// <param name="read">A session of an actor without bounds that began a snapshot.</param>
/// <param name="edition">The grids in force.</param>
/// <param name="asOf">The instant of the comparison.</param>
internal sealed class DetailsCheck(ReadSession read, GridEdition edition, DateTimeOffset asOf)
{
    /// <summary>Every curve and every category that differs, in words.</summary>
    /// <param name="model">The model, loaded and run to the same instant.</param>
    public IEnumerable<string> Differences(SituationModel model)
    {
        var hours = Hours();
        var categories = Categories();
        var whole = model.Scopes.Id(edition.Root.Code);
        foreach (var code in edition.Units.Select(unit => unit.Code).Union(hours.Keys).Union(categories.Keys).Order(StringComparer.Ordinal).ToArray())
        {
            var scope = model.Scopes.Id(code);
            var (shown, rows) = (model.Hours.Read(scope, whole).Today, hours.GetValueOrDefault(code, new int[24]));
            if (!shown.SequenceEqual(rows))
            {
                yield return $"{code}: by hour the picture has {string.Join(' ', shown)}; the rows have {string.Join(' ', rows)}.";
            }

            var (listed, counted) = (model.Open.Categories(scope).ToArray(), categories.GetValueOrDefault(code, []));
            if (!listed.SequenceEqual(counted))
            {
                yield return $"{code}: by category the picture has {string.Join(' ', listed)}; the rows have {string.Join(' ', counted)}.";
            }
        }
    }

    private Dictionary<string, int[]> Hours()
    {
        var (zone, day) = (edition.TimeZone, edition.TimeZone.DayOf(asOf));
        var (from, before) = (zone.StartOf(day), zone.StartOf(day.AddDays(1)));
        return read.Query<Incident>().Where(i => i.ReportedAt >= from && i.ReportedAt < before).Select(i => new { i.GridCode, i.ReportedAt }).AsEnumerable()
            .SelectMany(i => Tiers(i.GridCode).Select(code => (Code: code, zone.At(i.ReportedAt).Hour)))
            .GroupBy(i => i.Code)
            .ToDictionary(tier => tier.Key, tier => tier.Aggregate(new int[24], (row, i) =>
            {
                row[i.Hour]++;
                return row;
            }));
    }

    private Dictionary<string, (string Category, int Open, int Overdue)[]> Categories()
    {
        var overdue = read.Query<Incident>().Where(KpiCases.Overdue(asOf)).GroupBy(i => new { i.GridCode, i.Category })
            .Select(g => new { g.Key.GridCode, g.Key.Category, Count = g.Count() }).ToList();
        return read.Query<Incident>().Where(KpiCases.Open).GroupBy(i => new { i.GridCode, i.Category })
            .Select(g => new { g.Key.GridCode, g.Key.Category, Count = g.Count() }).ToList()
            .SelectMany(g => Tiers(g.GridCode).Select(code => (Code: code, g.Category, Open: g.Count, Overdue: 0)))
            .Concat(overdue.SelectMany(g => Tiers(g.GridCode).Select(code => (Code: code, g.Category, Open: 0, Overdue: g.Count))))
            .GroupBy(c => c.Code)
            .ToDictionary(tier => tier.Key, tier => tier.GroupBy(c => c.Category).OrderBy(c => c.Key, StringComparer.Ordinal)
                .Select(c => (c.Key, c.Sum(n => n.Open), c.Sum(n => n.Overdue))).ToArray());
    }

    private static IEnumerable<string> Tiers(string gridCode) =>
        ScopeTable.CodeLengths.Where(length => length <= gridCode.Length).Select(length => gridCode[..length]);
}
